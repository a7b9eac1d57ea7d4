import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  confirmedView,
  correctionBody,
  type CorrectionBody,
  decisionBody,
  type DecisionBody,
  decisionConfirmationBody,
  type DecisionConfirmationBody,
  decisionView,
  id,
  withdrawalView,
} from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { CurrentWork, LOCATION, type WorkRequest } from '@sekisho/service';
import { DecisionConfirmer } from './decision-confirmer.js';
import { DecisionRecorder } from './decision-recorder.js';
import { WithdrawalService } from './withdrawal.service.js';

/** What the council decided on a review, and what it took back: entered by one person, and again by another. */
@ApiTags('decisions')
@Controller('v1/reviews')
export class DecisionsController {
  constructor(
    private readonly recorder: DecisionRecorder,
    private readonly confirmer: DecisionConfirmer,
    private readonly withdrawals: WithdrawalService,
  ) {}

  @Post(':id/decision')
  @Permit('decision:record')
  @ApiResponse({
    status: 201,
    description: 'Recorded; it carries nothing yet.',
    standardSchema: decisionView,
    headers: LOCATION,
  })
  record(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reviewId: string,
    @Body({ schema: decisionBody }) body: DecisionBody,
  ) {
    return this.recorder.record(request, reviewId, body);
  }

  @Post(':id/decision/confirmation')
  @Permit('decision:confirm')
  @ApiResponse({
    status: 201,
    description: 'A second person entered the same.',
    standardSchema: confirmedView,
    headers: LOCATION,
  })
  confirm(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reviewId: string,
    @Body({ schema: decisionConfirmationBody }) body: DecisionConfirmationBody,
  ) {
    return body.outcome === 'WITHDRAWN'
      ? this.withdrawals.confirm(request, reviewId, body)
      : this.confirmer.confirm(request, reviewId, body);
  }

  @Post(':id/decision/corrections')
  @Permit('decision:record')
  @ApiResponse({
    status: 201,
    description: 'Recorded; the approval stands yet.',
    standardSchema: withdrawalView,
    headers: LOCATION,
  })
  correct(
    @CurrentWork() request: WorkRequest,
    @Param('id', { schema: id }) reviewId: string,
    @Body({ schema: correctionBody }) body: CorrectionBody,
  ) {
    return this.withdrawals.record(request, reviewId, body);
  }
}
