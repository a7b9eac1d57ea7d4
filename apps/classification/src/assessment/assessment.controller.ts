import { Body, Controller, Headers, Param, Post, Put } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  claimBody,
  type ClaimBody,
  claimRecorded,
  confirmationBody,
  type ConfirmationBody,
  id,
  incidentConfirmed,
  scope,
  type ScopeBody,
  scopeProposed,
} from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, ETAG, LOCATION, type WorkRequest } from '@sekisho/service';
import { AssessmentService } from './assessment.service.js';

/** What analysts do with an incident: assess facts, propose the measure, stand for both as a second person. */
@ApiTags('assessment')
@Controller('v1/incidents')
export class AssessmentController {
  constructor(private readonly assessment: AssessmentService) {}

  @Post(':id/claims')
  @Permit('claim:record')
  @ApiResponse({
    status: 201,
    description: 'On record, with the new answer.',
    standardSchema: claimRecorded,
    headers: { ...LOCATION, ...ETAG },
  })
  recordClaim(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: claimBody }) body: ClaimBody,
  ) {
    return this.assessment.recordClaim(request, incidentId, body);
  }

  @Put(':id/scope')
  @Permit('scope:propose')
  @ApiHeader({ name: 'If-Match', required: false, description: 'The ETag of the incident as it was read.' })
  @ApiResponse({
    status: 200,
    description: 'The next version of the scope.',
    standardSchema: scopeProposed,
    headers: { ...LOCATION, ...ETAG },
  })
  @ApiResponse({
    status: 201,
    description: 'The first version of the scope.',
    standardSchema: scopeProposed,
    headers: { ...LOCATION, ...ETAG },
  })
  proposeScope(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: scope }) body: ScopeBody,
    @Headers('if-match') ifMatch: string | undefined,
  ) {
    return this.assessment.proposeScope(request, incidentId, body, ifMatch);
  }

  @Post(':id/confirmation')
  @Permit('determination:confirm')
  @ApiResponse({
    status: 201,
    description: 'A second person stands for it.',
    standardSchema: incidentConfirmed,
    headers: { ...LOCATION, ...ETAG },
  })
  confirm(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: confirmationBody }) body: ConfirmationBody,
  ) {
    return this.assessment.confirm(request, incidentId, body);
  }
}
