import type { CorrectionBody, DecisionView, WithdrawalAgain, WithdrawalView } from '@sekisho/contracts';
import { illegal, type Refusal } from '../refusal.js';
import { confirmedDecision, endingDecision, isConfirmed, type Review, withdrawalOf } from '../reviews/review.js';
import { scopeRefusal, superseded } from './decide.js';

type OrRefused<Found> = Found | { readonly refusal: Refusal };

/** What was entered on a decision last and waits for a second person. */
const waiting = ({ withdrawals }: Review, { decisionId }: DecisionView): WithdrawalView | undefined =>
  withdrawals.findLast((one) => one.decisionId === decisionId && !isConfirmed(one));

/** The approval that stands and can be taken back, or why there is none. One that has expired can be: an order may still run. */
function approvalOf(review: Review): OrRefused<{ readonly decision: DecisionView }> {
  const decision = endingDecision(review);
  if (decision?.outcome === 'APPROVED' || decision?.outcome === 'APPROVED_WITH_CONDITIONS') return { decision };
  const latest = confirmedDecision(review);
  if (latest === null) {
    const recorded = review.decisions.length > 0;
    return {
      refusal: illegal(
        recorded
          ? 'No approval stands: the decision waits for a second person, and another entry replaces it.'
          : 'No approval stands that could be withdrawn: nothing has been decided.',
      ),
    };
  }
  const { decisionId, outcome } = latest;
  const withdrawn = withdrawalOf(review, latest);
  const why = withdrawn === null ? `the decision is ${outcome}` : `it was withdrawn at ${withdrawn.confirmedAt}`;
  return { refusal: illegal(`No approval stands that could be withdrawn: ${why}.`, { decisionId }) };
}

/** The approval that this entry is to take back, or why it cannot be recorded. */
export function approvalToWithdraw(
  review: Review,
  { scopeDigest, reason }: CorrectionBody,
): OrRefused<{ readonly decision: DecisionView }> {
  const stale = scopeRefusal(review, scopeDigest);
  if (stale !== null) return { refusal: stale };
  const found = approvalOf(review);
  if ('refusal' in found) return found;
  const latest = waiting(review, found.decision);
  if (latest?.reason !== reason) return found;
  const detail = 'Exactly this is recorded already and waits for a second person.';
  return { refusal: { code: 'conflict', detail, extensions: { withdrawalId: latest.withdrawalId } } };
}

/** The withdrawal that is confirmed, or why none can be. That it is another person is the database's to say. */
export function withdrawalToConfirm(
  review: Review,
  body: WithdrawalAgain,
): OrRefused<{ readonly withdrawal: WithdrawalView }> {
  if (review.supersededAt !== null) return { refusal: superseded(review) };
  const found = approvalOf(review);
  if ('refusal' in found) return found;
  const withdrawal = waiting(review, found.decision);
  if (withdrawal === undefined) return { refusal: illegal('No withdrawal is recorded that could be confirmed.') };
  const { withdrawalId } = withdrawal;
  if (body.withdrawalId === undefined || body.withdrawalId === withdrawalId) return { withdrawal };
  const detail = 'Another withdrawal has been recorded meanwhile.';
  return { refusal: { code: 'conflict', detail, extensions: { withdrawalId } } };
}
