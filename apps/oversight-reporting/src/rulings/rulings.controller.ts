import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  commissionRequestPage,
  id,
  rulingBody,
  type RulingBody,
  rulingConfirmationBody,
  type RulingConfirmationBody,
  rulingPage,
  rulingView,
} from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentWork, LOCATION, pageQuery, type WorkRequest } from '@sekisho/service';
import type { z } from 'zod';
import { RulingsService } from './rulings.service.js';

const listQuery = pageQuery.extend({ incidentId: id.optional() });
type ListQuery = z.infer<typeof listQuery>;

/** What the commission is asked, and how it rules. */
@ApiTags('commission')
@Controller('v1')
export class RulingsController {
  constructor(private readonly rulings: RulingsService) {}

  @Get('commission-requests')
  @Permit('commission-request:read')
  @ApiResponse({ status: 200, description: 'Requests, oldest first.', standardSchema: commissionRequestPage })
  requests(@CurrentPrincipal() principal: Principal, @Query({ schema: listQuery }) query: ListQuery) {
    return this.rulings.requests(principal, query);
  }

  @Post('rulings')
  @Permit('ruling:record')
  @ApiResponse({
    status: 201,
    description: 'On record; it carries nothing before it is confirmed.',
    standardSchema: rulingView,
    headers: LOCATION,
  })
  rule(@CurrentWork() request: WorkRequest, @Body({ schema: rulingBody }) body: RulingBody) {
    return this.rulings.rule(request, body);
  }

  @Post('rulings/:id/confirmation')
  @Permit('ruling:confirm')
  @ApiResponse({ status: 201, description: 'Confirmed by another member.', standardSchema: rulingView })
  confirm(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) rulingId: string,
    @Body({ schema: rulingConfirmationBody }) body: RulingConfirmationBody,
  ) {
    return this.rulings.confirm(request, rulingId, body);
  }

  @Get('rulings')
  @Permit('ruling:read')
  @ApiResponse({ status: 200, description: 'Rulings, newest first.', standardSchema: rulingPage })
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: listQuery }) query: ListQuery) {
    return this.rulings.list(principal, query);
  }

  @Get('rulings/:id')
  @Permit('ruling:read')
  @ApiResponse({ status: 200, description: 'One ruling.', standardSchema: rulingView })
  get(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) rulingId: string) {
    return this.rulings.get(principal, rulingId);
  }
}
