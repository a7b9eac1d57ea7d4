import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { evidenceBody, type EvidenceBody, evidenceView, id, safeguardsView } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { CurrentWork, LOCATION, type WorkRequest } from '@sekisho/service';
import { EvidenceService } from './evidence.service.js';

/** What offices put on record, a second person confirms, and a case still lacks. */
@ApiTags('safeguards')
@Controller('v1')
export class EvidenceController {
  constructor(private readonly evidence: EvidenceService) {}

  @Post('incidents/:incidentId/evidence')
  @Permit('evidence:record')
  @ApiResponse({
    status: 201,
    description: 'On record; it carries nothing before it is confirmed.',
    standardSchema: evidenceView,
    headers: LOCATION,
  })
  add(
    @CurrentWork() request: WorkRequest,
    @Param('incidentId', { schema: id }) incidentId: string,
    @Body({ schema: evidenceBody }) body: EvidenceBody,
  ) {
    return this.evidence.add(request, incidentId, body);
  }

  @Post('incidents/:incidentId/evidence/:evidenceId/confirmation')
  @HttpCode(201)
  @Permit('evidence:confirm')
  @ApiResponse({ status: 201, description: 'Confirmed by a second person.', standardSchema: evidenceView })
  confirm(
    @CurrentWork() request: WorkRequest,
    @Param('incidentId', { schema: id }) incidentId: string,
    @Param('evidenceId', { schema: id }) evidenceId: string,
  ) {
    return this.evidence.confirm(request, evidenceId, incidentId);
  }

  @Post('evidence/:evidenceId/confirmation')
  @HttpCode(201)
  @Permit('evidence:confirm')
  @ApiResponse({ status: 201, description: 'Confirmed by a second person.', standardSchema: evidenceView })
  confirmById(@CurrentWork() request: WorkRequest, @Param('evidenceId', { schema: id }) evidenceId: string) {
    return this.evidence.confirm(request, evidenceId);
  }

  @Get('incidents/:incidentId/safeguards')
  @Permit('safeguard:read')
  @ApiResponse({
    status: 200,
    description: 'What is there, what is missing, who can supply it.',
    standardSchema: safeguardsView,
  })
  safeguards(@CurrentPrincipal() principal: Principal, @Param('incidentId', { schema: id }) incidentId: string) {
    return this.evidence.safeguards(principal, incidentId);
  }
}
