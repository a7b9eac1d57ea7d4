import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  newOrganisationBody,
  type NewOrganisationBody,
  organisationChange,
  organisationChangeBody,
  type OrganisationChangeBody,
  organisationPage,
  organisationView,
  text,
} from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentWork, LOCATION, type PageQuery, pageQuery, type WorkRequest } from '@sekisho/service';
import { OrganisationsService } from './organisations.service.js';

const organisationId = text(100);

/** The organisations that may report, as registered. */
@ApiTags('organisations')
@ApiBearerAuth()
@Controller('v1/organisations')
export class OrganisationsController {
  constructor(private readonly organisations: OrganisationsService) {}

  @Get()
  @Permit('organisation:list')
  @ApiResponse({ status: 200, description: 'The entries in force, by id.', standardSchema: organisationPage })
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: pageQuery }) query: PageQuery) {
    return this.organisations.list(principal, query);
  }

  @Get(':id')
  @Permit('organisation:read')
  @ApiResponse({
    status: 200,
    description: 'The entry in force. Partners see their own alone; operators and analysts any, with its history.',
    standardSchema: organisationView,
  })
  find(@CurrentPrincipal() principal: Principal, @Param('id', { schema: organisationId }) id: string) {
    return this.organisations.find(principal, id);
  }

  @Post()
  @HttpCode(201)
  @Permit('organisation:propose')
  @ApiResponse({
    status: 201,
    description: 'Proposed; the register has it once another person confirms it.',
    standardSchema: organisationChange,
    headers: LOCATION,
  })
  proposeNew(@CurrentWork() request: WorkRequest, @Body({ schema: newOrganisationBody }) body: NewOrganisationBody) {
    return this.organisations.proposeNew(request, body);
  }

  @Post(':id/changes')
  @HttpCode(201)
  @Permit('organisation:propose')
  @ApiResponse({
    status: 201,
    description: 'Proposed; the entry changes once another person confirms it.',
    standardSchema: organisationChange,
    headers: LOCATION,
  })
  proposeChange(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: organisationId }) id: string,
    @Body({ schema: organisationChangeBody }) body: OrganisationChangeBody,
  ) {
    return this.organisations.proposeChange(request, id, body);
  }
}
