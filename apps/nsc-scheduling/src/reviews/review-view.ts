import type { DecisionView, ReviewSummary, ReviewView, ShownDecision } from '@sekisho/contracts';
import { isConfirmed, type Review, stateOf } from './review.js';

/** What was decided does not show before it is confirmed: the confirmer enters it unseen. */
function shown(review: Review, decision: DecisionView): ShownDecision {
  const withdrawals = review.withdrawals.filter(({ decisionId }) => decisionId === decision.decisionId);
  return isConfirmed(decision)
    ? { ...decision, withdrawals }
    : { ...decision, outcome: null, conditions: null, expiresAt: null, dissent: null, withdrawals };
}

export function summaryOf(review: Review): ReviewSummary {
  const { reviewId, incidentId, scopeDigest, required, determination, openedAt, supersededAt } = review;
  const decision = review.decisions.at(-1);
  const meeting = review.meetings.at(-1);
  return {
    reviewId,
    incidentId,
    scopeDigest,
    state: stateOf(review),
    required,
    bases: determination.nscReview.bases,
    openedAt,
    supersededAt,
    meeting: meeting ? { meetingId: meeting.meetingId, startsAt: meeting.startsAt, endsAt: meeting.endsAt } : null,
    decision: decision ? shown(review, decision) : null,
  };
}

export const viewOf = (review: Review): ReviewView => ({
  ...summaryOf(review),
  determination: review.determination,
  scope: review.scope,
  decisions: review.decisions.map((decision) => shown(review, decision)),
});
