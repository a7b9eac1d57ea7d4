import type { DecisionStanding, StandingFault, StandingQuery } from '@sekisho/contracts';
import { confirmedDecision, type Review, withdrawalOf } from '../reviews/review.js';

/** Whether an approval for exactly this scope stands at `now` (milliseconds), and if not why. */
export function standingOf(
  review: Review | undefined,
  { incidentId, scopeDigest }: StandingQuery,
  now: number,
): DecisionStanding {
  const decision = review === undefined ? null : confirmedDecision(review);
  const answer = (fault: StandingFault | null, detail: string): DecisionStanding => ({
    stands: fault === null,
    fault,
    detail,
    incidentId,
    scopeDigest,
    reviewId: review?.reviewId ?? null,
    decisionId: decision?.decisionId ?? null,
    outcome: decision?.outcome ?? null,
    expiresAt: decision?.expiresAt ?? null,
  });
  if (review === undefined) return answer('NO_REVIEW', 'There is no review of this scope.');
  if (review.supersededAt !== null)
    return answer('SUPERSEDED', `The review is superseded since ${review.supersededAt}.`);
  if (decision === null) {
    const recorded = review.decisions.length > 0;
    return answer('UNDECIDED', recorded ? 'The decision waits for a second person.' : 'Nothing has been decided.');
  }
  const { outcome, expiresAt } = decision;
  if (outcome !== 'APPROVED' && outcome !== 'APPROVED_WITH_CONDITIONS') {
    return answer('NOT_APPROVED', `The decision is ${outcome}.`);
  }
  const withdrawn = withdrawalOf(review, decision);
  if (withdrawn !== null) return answer('WITHDRAWN', `The approval was withdrawn at ${withdrawn.confirmedAt}.`);
  if (now >= Date.parse(expiresAt)) return answer('EXPIRED', `The approval expired at ${expiresAt}.`);
  return answer(null, `Approved until ${expiresAt}.`);
}
