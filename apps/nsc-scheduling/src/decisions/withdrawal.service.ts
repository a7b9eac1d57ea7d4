import { Injectable } from '@nestjs/common';
import type { CorrectionBody, WithdrawalAgain, WithdrawalView } from '@sekisho/contracts';
import { Outbox } from '@sekisho/messaging';
import { Answer, Ids, type WorkRequest } from '@sekisho/service';
import { problemOf } from '../refusal.js';
import { ReviewWork } from '../reviews/review-work.js';
import { approvalToWithdraw, withdrawalToConfirm } from './withdraw.js';
import { WithdrawalStore } from './withdrawal.store.js';

const TOPIC = 'nsc.reviews.v1';

/**
 * Takes an approval back: one person records it, another confirms it, and from then on the approval carries nothing. Its events wait for
 * no other: they follow the decision's under the same key, and whoever meets one first must stop all the same.
 */
@Injectable()
export class WithdrawalService {
  constructor(
    private readonly reviews: ReviewWork,
    private readonly withdrawals: WithdrawalStore,
    private readonly outbox: Outbox,
    private readonly ids: Ids,
  ) {}

  record(request: WorkRequest, reviewId: string, body: CorrectionBody): Promise<Answer<WithdrawalView>> {
    return this.reviews.change(request, reviewId, async (tx, review, provenance) => {
      const { by, at } = provenance;
      const found = approvalToWithdraw(review, body);
      if ('refusal' in found) throw problemOf(found.refusal);

      const { decision } = found;
      const { decisionId, incidentId, scopeDigest } = decision;
      const data = {
        ...{ withdrawalId: this.ids.next(), decisionId, reviewId, incidentId, scopeDigest, reason: body.reason },
        ...{ recordedBy: by, recordedAt: at.toISOString() },
      };
      const view = { ...data, outcome: 'WITHDRAWN' as const, confirmedBy: null, confirmedAt: null };
      await this.withdrawals.add(tx, review, decision, view, provenance);
      const about = { topic: TOPIC, key: incidentId, subject: incidentId } as const;
      await this.outbox.append(tx, provenance, { ...about, type: 'withdrawal-recorded.v1', data });
      return new Answer(201, view, { location: `/v1/reviews/${reviewId}` });
    });
  }

  confirm(request: WorkRequest, reviewId: string, body: WithdrawalAgain): Promise<Answer<WithdrawalView>> {
    return this.reviews.change(request, reviewId, async (tx, review, provenance) => {
      const { by, at } = provenance;
      const found = withdrawalToConfirm(review, body);
      if ('refusal' in found) throw problemOf(found.refusal);

      const { withdrawal } = found;
      const confirmed = { ...withdrawal, confirmedBy: by, confirmedAt: at.toISOString() };
      await this.withdrawals.confirm(tx, review, withdrawal, provenance);
      const about = { topic: TOPIC, key: review.incidentId, subject: review.incidentId } as const;
      await this.outbox.append(tx, provenance, { ...about, type: 'decision-withdrawn.v1', data: confirmed });
      return new Answer(201, confirmed, { location: `/v1/reviews/${reviewId}` });
    });
  }
}
