import { Injectable } from '@nestjs/common';
import type { DecisionAgain, DecisionView } from '@sekisho/contracts';
import { Outbox } from '@sekisho/messaging';
import { Answer, type WorkRequest } from '@sekisho/service';
import { MeetingClosing } from '../meetings/meeting-closing.js';
import { MeetingStore } from '../meetings/meeting.store.js';
import { problemOf, refuse } from '../refusal.js';
import { ReviewWork } from '../reviews/review-work.js';
import { decisionToConfirm, quorumRefusal } from './decide.js';
import { DecisionStore } from './decision.store.js';

/** A second person enters a decision's outcome and expiry again, unseen: from then on it stands. */
@Injectable()
export class DecisionConfirmer {
  constructor(
    private readonly reviews: ReviewWork,
    private readonly meetings: MeetingStore,
    private readonly decisions: DecisionStore,
    private readonly closing: MeetingClosing,
    private readonly outbox: Outbox,
  ) {}

  confirm(request: WorkRequest, reviewId: string, body: DecisionAgain): Promise<Answer<DecisionView>> {
    return this.reviews.change(request, reviewId, async (tx, review, provenance) => {
      const { by, at } = provenance;
      const found = decisionToConfirm(review, body, at.getTime());
      if ('refusal' in found) throw problemOf(found.refusal);
      // The attendance may have been corrected since the decision was recorded.
      const meeting = await this.meetings.load(tx, found.decision.meetingId);
      if (meeting !== undefined) refuse(quorumRefusal(meeting));

      const confirmed = { ...found.decision, confirmedBy: by, confirmedAt: at.toISOString() };
      await this.decisions.confirm(tx, review, found.decision, provenance);
      await this.closing.closeSettled(tx, reviewId, provenance);
      await this.outbox.append(tx, provenance, {
        topic: 'nsc.reviews.v1',
        type: 'decision-confirmed.v1',
        key: review.incidentId,
        subject: review.incidentId,
        data: confirmed,
      });
      return new Answer(201, confirmed, { location: `/v1/reviews/${reviewId}` });
    });
  }
}
