import { Controller, Get, Param } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { id } from '@sekisho/contracts';
import { DOCUMENT_CONTENT, MEDIA_TYPES, type MediaType } from '@sekisho/documents';
import { Permit } from '@sekisho/identity';
import { AcceptedType, CurrentWork, LANGUAGE, type WorkRequest } from '@sekisho/service';
import { ExplanationService } from './explanation.service.js';

/** What stands between a case and an order, for people. */
@Controller('v1')
export class ExplanationController {
  constructor(private readonly explanations: ExplanationService) {}

  @Get('incidents/:incidentId/safeguards/explanation')
  @ApiTags('safeguards')
  @Permit('safeguard:read')
  @ApiResponse({
    status: 200,
    description:
      'What is missing, why, who can supply it and until when, in words, with the provisions that ask for it.',
    content: DOCUMENT_CONTENT,
    headers: LANGUAGE,
  })
  outstanding(
    @CurrentWork() request: WorkRequest,
    @Param('incidentId', { schema: id }) incidentId: string,
    @AcceptedType(MEDIA_TYPES) type: MediaType,
  ) {
    return this.explanations.outstanding(request, incidentId, type);
  }

  @Get('orders/:id/refusal')
  @ApiTags('orders')
  @Permit('order:read')
  @ApiResponse({
    status: 200,
    description: 'Why the latest attempt to issue the order was refused, in words; 404 where it was not.',
    content: DOCUMENT_CONTENT,
    headers: LANGUAGE,
  })
  refusal(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) orderId: string,
    @AcceptedType(MEDIA_TYPES) type: MediaType,
  ) {
    return this.explanations.refusal(request, orderId, type);
  }
}
