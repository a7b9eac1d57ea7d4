import type { DecisionView } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import type { Meeting } from '../meetings/meeting.js';
import { type Provenance, recorded } from '../provenance.js';
import { type Review, roundOf } from '../reviews/review.js';

/** Rows of decisions. Whoever saves holds the locks of the incident and of the meetings since before it loaded. */
export class DecisionStore {
  /** As the next one on the review. */
  async add(tx: Tx, review: Review, decision: DecisionView, meeting: Meeting, by: Provenance): Promise<void> {
    const { decisionId: id, reviewId, scopeDigest, meetingId, outcome, conditions, expiresAt, dissent } = decision;
    await tx.decision.create({
      data: {
        ...{ id, reviewId, scopeDigest, meetingId, outcome, conditions, dissent },
        version: review.decisions.length + 1,
        round: roundOf(review),
        meetingVersion: meeting.version,
        attendanceVersion: meeting.attendance?.version ?? 0,
        expiresAt: new Date(expiresAt),
        ...recorded(by),
      },
    });
  }

  /** Throws the constraint `decision_confirmation_two_persons` where the same person recorded it. */
  async confirm(tx: Tx, review: Review, decision: DecisionView, by: Provenance): Promise<void> {
    const { decisionId, reviewId, outcome, expiresAt, recordedBy } = decision;
    await tx.decisionConfirmation.create({
      data: {
        ...{ decisionId, reviewId, outcome },
        round: roundOf(review),
        expiresAt: new Date(expiresAt),
        recordedPerson: recordedBy.person,
        ...recorded(by),
      },
    });
  }
}
