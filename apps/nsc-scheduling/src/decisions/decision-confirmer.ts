import { Injectable } from '@nestjs/common';
import type { DecisionAgain, DecisionView } from '@sekisho/contracts';
import { toActor } from '@sekisho/identity';
import { Outbox } from '@sekisho/messaging';
import { Answer, Clock, notFound, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { MeetingClosing } from '../meetings/meeting-closing.js';
import { MeetingStore } from '../meetings/meeting.store.js';
import { MEETINGS_LOCK, problemOf, refuse } from '../refusal.js';
import { ReviewStore } from '../reviews/review.store.js';
import { decisionToConfirm, quorumRefusal } from './decide.js';
import { DecisionStore } from './decision.store.js';

/** A second person enters a decision's outcome and expiry again, unseen: from then on it stands. */
@Injectable()
export class DecisionConfirmer {
  constructor(
    private readonly work: Work<Tx>,
    private readonly reviews: ReviewStore,
    private readonly meetings: MeetingStore,
    private readonly decisions: DecisionStore,
    private readonly closing: MeetingClosing,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async confirm(request: WorkRequest, reviewId: string, body: DecisionAgain): Promise<Answer<DecisionView>> {
    const incidents = await this.work.read(request.principal, (tx) => this.reviews.incidentsOf(tx, [reviewId]));
    return this.work.run(request, [...incidents, MEETINGS_LOCK], async (tx, context) => {
      const review = await this.reviews.load(tx, reviewId);
      if (review === undefined) throw notFound();
      const at = this.clock.now();
      const found = decisionToConfirm(review, body, at.getTime());
      if ('refusal' in found) throw problemOf(found.refusal);
      // The attendance may have been corrected since the decision was recorded.
      const meeting = await this.meetings.load(tx, found.decision.meetingId);
      if (meeting !== undefined) refuse(quorumRefusal(meeting));

      const by = toActor(request.principal);
      const provenance = { ...context, by, at };
      const confirmed = { ...found.decision, confirmedBy: by, confirmedAt: at.toISOString() };
      await this.decisions.confirm(tx, review, found.decision, provenance);
      await this.closing.closeSettled(tx, reviewId, provenance);
      await this.outbox.append(tx, context, {
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
