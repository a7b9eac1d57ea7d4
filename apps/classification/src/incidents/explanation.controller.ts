import { Controller, Get, Param } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { id } from '@sekisho/contracts';
import { DOCUMENT_CONTENT, MEDIA_TYPES, type MediaType } from '@sekisho/documents';
import { Permit } from '@sekisho/identity';
import { AcceptedType, CurrentWork, LANGUAGE, type WorkRequest } from '@sekisho/service';
import { ExplanationService } from './explanation.service.js';

/** What was determined, for people. */
@ApiTags('incidents')
@Controller('v1/incidents')
export class ExplanationController {
  constructor(private readonly explanations: ExplanationService) {}

  @Get(':id/explanation')
  @Permit('incident:read')
  @ApiResponse({
    status: 200,
    description:
      'The present determination in words: every provision with its source, its answer and why. Who reads it is on record.',
    content: DOCUMENT_CONTENT,
    headers: LANGUAGE,
  })
  explain(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) incidentId: string,
    @AcceptedType(MEDIA_TYPES) type: MediaType,
  ) {
    return this.explanations.explain(request, incidentId, type);
  }
}
