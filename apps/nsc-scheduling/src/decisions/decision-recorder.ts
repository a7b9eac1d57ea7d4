import { Injectable } from '@nestjs/common';
import type { DecisionBody, DecisionView } from '@sekisho/contracts';
import { Outbox } from '@sekisho/messaging';
import { Answer, Ids, invalid, type WorkRequest } from '@sekisho/service';
import { MeetingStore } from '../meetings/meeting.store.js';
import { refuse } from '../refusal.js';
import { ReviewWork } from '../reviews/review-work.js';
import { decisionFaults, decisionRefusal } from './decide.js';
import { DecisionStore } from './decision.store.js';

/** Records what a meeting decided on a review. Until it is confirmed it carries nothing, and another entry replaces it. */
@Injectable()
export class DecisionRecorder {
  constructor(
    private readonly reviews: ReviewWork,
    private readonly meetings: MeetingStore,
    private readonly decisions: DecisionStore,
    private readonly outbox: Outbox,
    private readonly ids: Ids,
  ) {}

  record(request: WorkRequest, reviewId: string, body: DecisionBody): Promise<Answer<DecisionView>> {
    return this.reviews.change(request, reviewId, async (tx, review, provenance) => {
      const { by, at } = provenance;
      const faults = decisionFaults(body, at.getTime());
      if (faults.length > 0) throw invalid(faults);
      const meeting = await this.meetings.load(tx, body.meetingId);
      refuse(decisionRefusal(review, meeting, body, at.getTime()));
      if (meeting?.attendance == null) throw new Error('a decision without a meeting was let pass');

      const { meetingId, form, urgent, attendance } = meeting;
      const { scopeDigest, outcome, conditions, dissent = null } = body;
      const decision = {
        ...{
          decisionId: this.ids.next(),
          reviewId,
          incidentId: review.incidentId,
          scopeDigest,
          meetingId,
          form,
          urgent,
        },
        ...{ outcome, conditions, dissent, expiresAt: new Date(body.expiresAt).toISOString() },
        ...{ recordedBy: by, recordedAt: at.toISOString() },
      };
      const view = { ...decision, confirmedBy: null, confirmedAt: null };
      await this.decisions.add(tx, review, view, meeting, provenance);
      await this.outbox.append(tx, provenance, {
        topic: 'nsc.reviews.v1',
        type: 'decision-recorded.v1',
        key: review.incidentId,
        subject: review.incidentId,
        dependsOn: `nsc.reviews.v1/${attendance.eventId}`,
        data: decision,
      });
      return new Answer(201, view, { location: `/v1/reviews/${reviewId}` });
    });
  }
}
