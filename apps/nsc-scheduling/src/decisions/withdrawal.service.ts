import { Injectable } from '@nestjs/common';
import type { CorrectionBody, WithdrawalAgain, WithdrawalView } from '@sekisho/contracts';
import { toActor } from '@sekisho/identity';
import { Outbox } from '@sekisho/messaging';
import { Answer, Clock, Ids, notFound, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { MEETINGS_LOCK, problemOf } from '../refusal.js';
import { ReviewStore } from '../reviews/review.store.js';
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
    private readonly work: Work<Tx>,
    private readonly reviews: ReviewStore,
    private readonly withdrawals: WithdrawalStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async record(request: WorkRequest, reviewId: string, body: CorrectionBody): Promise<Answer<WithdrawalView>> {
    const keys = await this.keysOf(request, reviewId);
    return this.work.run(request, keys, async (tx, context) => {
      const review = await this.reviews.load(tx, reviewId);
      if (review === undefined) throw notFound();
      const found = approvalToWithdraw(review, body);
      if ('refusal' in found) throw problemOf(found.refusal);

      const [by, at] = [toActor(request.principal), this.clock.now()];
      const { decision } = found;
      const { decisionId, incidentId, scopeDigest } = decision;
      const data = {
        ...{ withdrawalId: this.ids.next(), decisionId, reviewId, incidentId, scopeDigest, reason: body.reason },
        ...{ recordedBy: by, recordedAt: at.toISOString() },
      };
      const view = { ...data, outcome: 'WITHDRAWN' as const, confirmedBy: null, confirmedAt: null };
      await this.withdrawals.add(tx, review, decision, view, { ...context, by, at });
      const about = { topic: TOPIC, key: incidentId, subject: incidentId } as const;
      await this.outbox.append(tx, context, { ...about, type: 'withdrawal-recorded.v1', data });
      return new Answer(201, view, { location: `/v1/reviews/${reviewId}` });
    });
  }

  async confirm(request: WorkRequest, reviewId: string, body: WithdrawalAgain): Promise<Answer<WithdrawalView>> {
    const keys = await this.keysOf(request, reviewId);
    return this.work.run(request, keys, async (tx, context) => {
      const review = await this.reviews.load(tx, reviewId);
      if (review === undefined) throw notFound();
      const found = withdrawalToConfirm(review, body);
      if ('refusal' in found) throw problemOf(found.refusal);

      const [by, at] = [toActor(request.principal), this.clock.now()];
      const { withdrawal } = found;
      const confirmed = { ...withdrawal, confirmedBy: by, confirmedAt: at.toISOString() };
      await this.withdrawals.confirm(tx, review, withdrawal, { ...context, by, at });
      const about = { topic: TOPIC, key: review.incidentId, subject: review.incidentId } as const;
      await this.outbox.append(tx, context, { ...about, type: 'decision-withdrawn.v1', data: confirmed });
      return new Answer(201, confirmed, { location: `/v1/reviews/${reviewId}` });
    });
  }

  private async keysOf({ principal }: WorkRequest, reviewId: string): Promise<string[]> {
    return [...(await this.work.read(principal, (tx) => this.reviews.incidentsOf(tx, [reviewId]))), MEETINGS_LOCK];
  }
}
