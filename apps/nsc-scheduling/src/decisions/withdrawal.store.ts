import type { DecisionView, WithdrawalView } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import { type Provenance, recorded } from '../provenance.js';
import { type Review, roundOf } from '../reviews/review.js';

/** Rows of withdrawals. Whoever saves holds the locks of the incident and of the meetings since before it loaded. */
export class WithdrawalStore {
  /** As the next one on the decision. */
  async add(tx: Tx, review: Review, decision: DecisionView, withdrawal: WithdrawalView, by: Provenance): Promise<void> {
    const { withdrawalId: id, decisionId, reviewId, scopeDigest, reason } = withdrawal;
    const earlier = review.withdrawals.filter((one) => one.decisionId === decisionId);
    await tx.decisionWithdrawal.create({
      data: {
        ...{ id, decisionId, reviewId, scopeDigest, reason },
        ...{ outcome: decision.outcome, round: roundOf(review), version: earlier.length + 1 },
        ...recorded(by),
      },
    });
  }

  /** Throws the constraint `decision_withdrawal_two_persons` where the same person recorded it. */
  async confirm(tx: Tx, review: Review, withdrawal: WithdrawalView, by: Provenance): Promise<void> {
    const { withdrawalId, reviewId, recordedBy } = withdrawal;
    await tx.decisionWithdrawalConfirmation.create({
      data: {
        ...{ withdrawalId, reviewId, round: roundOf(review), recordedPerson: recordedBy.person },
        ...recorded(by),
      },
    });
  }
}
