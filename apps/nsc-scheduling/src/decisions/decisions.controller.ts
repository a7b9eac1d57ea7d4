import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  decisionBody,
  type DecisionBody,
  decisionConfirmationBody,
  type DecisionConfirmationBody,
  decisionView,
  id,
} from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, type WorkRequest } from '@sekisho/service';
import { DecisionConfirmer } from './decision-confirmer.js';
import { DecisionRecorder } from './decision-recorder.js';

/** What the council decided on a review: entered by one person, and again by another. */
@ApiTags('decisions')
@Controller('v1/reviews')
export class DecisionsController {
  constructor(
    private readonly recorder: DecisionRecorder,
    private readonly confirmer: DecisionConfirmer,
  ) {}

  @Post(':id/decision')
  @Permit('decision:record')
  @ApiResponse({ status: 201, description: 'Recorded; it carries nothing yet.', standardSchema: decisionView })
  record(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reviewId: string,
    @Body({ schema: decisionBody }) body: DecisionBody,
  ) {
    return this.recorder.record(request, reviewId, body);
  }

  @Post(':id/decision/confirmation')
  @Permit('decision:confirm')
  @ApiResponse({ status: 201, description: 'A second person entered the same.', standardSchema: decisionView })
  confirm(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reviewId: string,
    @Body({ schema: decisionConfirmationBody }) body: DecisionConfirmationBody,
  ) {
    return this.confirmer.confirm(request, reviewId, body);
  }
}
