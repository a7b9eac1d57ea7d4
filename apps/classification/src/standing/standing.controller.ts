import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { confirmationStanding, digest, id } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { z } from 'zod';
import { StandingService } from './standing.service.js';

const standingQuery = z.strictObject({ incidentId: id, scopeDigest: digest });

/** Asked by tasking just before it issues an order: events alone would let an order race a revocation. */
@ApiTags('standing')
@ApiBearerAuth()
@Controller('v1/standing')
export class StandingController {
  constructor(private readonly standing: StandingService) {}

  @Get()
  @Permit('standing:read')
  @ApiResponse({ status: 200, description: 'Does the confirmation stand now?', standardSchema: confirmationStanding })
  ask(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: standingQuery }) { incidentId, scopeDigest }: z.infer<typeof standingQuery>,
  ) {
    return this.standing.ask(principal, incidentId, scopeDigest);
  }
}
