import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, organisationChange, organisationChangePage, rejectionBody, type RejectionBody } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentWork, type PageQuery, pageQuery, type WorkRequest } from '@sekisho/service';
import { OrganisationsService } from './organisations.service.js';

/** Entries of the register that were proposed, and what another person makes of them. */
@ApiTags('organisations')
@ApiBearerAuth()
@Controller('v1/organisation-changes')
export class OrganisationChangesController {
  constructor(private readonly organisations: OrganisationsService) {}

  @Get()
  @Permit('organisation:list')
  @ApiResponse({
    status: 200,
    description: 'Proposals that are not decided on, the oldest first.',
    standardSchema: organisationChangePage,
  })
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.organisations.openChanges(principal, query);
  }

  @Get(':id')
  @Permit('organisation:list')
  @ApiResponse({ status: 200, description: 'One proposal.', standardSchema: organisationChange })
  find(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) changeId: string) {
    return this.organisations.change(principal, changeId);
  }

  @Post(':id/confirmation')
  @HttpCode(201)
  @Permit('organisation:confirm')
  @ApiResponse({
    status: 201,
    description: 'Confirmed by another person than the one who proposed it, and in force.',
    standardSchema: organisationChange,
  })
  confirm(@CurrentWork() request: WorkRequest, @Param('id', { schema: id }) changeId: string) {
    return this.organisations.decide(request, changeId, { outcome: 'CONFIRMED', reason: null });
  }

  @Post(':id/rejection')
  @HttpCode(201)
  @Permit('organisation:confirm')
  @ApiResponse({
    status: 201,
    description: 'It does not come into force. Whoever proposed it may take it back so.',
    standardSchema: organisationChange,
  })
  reject(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) changeId: string,
    @Body({ schema: rejectionBody }) { reason }: RejectionBody,
  ) {
    return this.organisations.decide(request, changeId, { outcome: 'REJECTED', reason });
  }
}
