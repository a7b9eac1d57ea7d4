import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  determinationPage,
  id,
  incidentPage,
  incidentView,
  type Language,
  withQuery,
  type WithQuery,
} from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentLanguage, CurrentWork, ETAG, type WorkRequest } from '@sekisho/service';
import {
  historyQuery,
  type HistoryQuery,
  incidentsQuery,
  type IncidentsQuery,
  IncidentsService,
} from './incidents.service.js';

/** What is on record of incidents. */
@ApiTags('incidents')
@Controller('v1/incidents')
export class IncidentsController {
  constructor(private readonly incidents: IncidentsService) {}

  @Get()
  @Permit('incident:read')
  @ApiResponse({
    status: 200,
    description: 'Newest first, each with what it waits for in one line.',
    standardSchema: incidentPage,
  })
  list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: incidentsQuery }) query: IncidentsQuery,
    @CurrentLanguage() language: Language,
  ) {
    return this.incidents.list(principal, query, language);
  }

  @Get(':id')
  @Permit('incident:read')
  @ApiResponse({
    status: 200,
    description: 'The case as it stands. Who reads it is on record.',
    standardSchema: incidentView,
    headers: ETAG,
  })
  show(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) incidentId: string,
    @Query({ schema: withQuery }) query: WithQuery,
  ) {
    return this.incidents.show(request, incidentId, query);
  }

  @Get(':id/determinations')
  @Permit('incident:read')
  @ApiResponse({
    status: 200,
    description:
      'Every answer so far, newest first. With `knownAt` the one that was on record then; with `validAt` what its facts are answered under the guideline in force then. An answer of the same guideline is given as it was stored, with an equal digest.',
    standardSchema: determinationPage,
  })
  history(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) incidentId: string,
    @Query({ schema: historyQuery }) query: HistoryQuery,
  ) {
    return this.incidents.history(request, incidentId, query);
  }
}
