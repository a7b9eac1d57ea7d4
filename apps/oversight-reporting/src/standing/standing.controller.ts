import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { digest, id } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { z } from 'zod';
import { StandingService } from './standing.service.js';

const query = z.strictObject({ incidentId: id, scopeDigest: digest });

@ApiTags('standing')
@ApiBearerAuth()
@Controller('v1/standing')
export class StandingController {
  constructor(private readonly standing: StandingService) {}

  @Get()
  @Permit('standing:read')
  ask(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: query }) { incidentId, scopeDigest }: z.infer<typeof query>,
  ) {
    return this.standing.standing(principal, incidentId, scopeDigest);
  }
}
