import { Controller, Get, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { confirmationStanding, standingQuery, type StandingQuery } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { StandingService } from './standing.service.js';

/** Asked by tasking just before it issues an order: events alone would let an order race a revocation. */
@ApiTags('standing')
@Controller('v1/standing')
export class StandingController {
  constructor(private readonly standing: StandingService) {}

  @Get()
  @Permit('standing:read')
  @ApiResponse({ status: 200, description: 'Does the confirmation stand now?', standardSchema: confirmationStanding })
  ask(@CurrentPrincipal() principal: Principal, @Query({ schema: standingQuery }) query: StandingQuery) {
    return this.standing.ask(principal, query);
  }
}
