import { Injectable } from '@nestjs/common';
import type { Actor, OrderView } from '@sekisho/contracts';
import { toActor } from '@sekisho/identity';
import { type Answer, notFound, ProblemError, Work, type WorkRequest } from '@sekisho/service';
import type { JudgedCase } from '../cases/judged-case.js';
import { requireCurrent } from '../cases/require-current.js';
import type { Tx } from '../database.js';
import { type Peer, type StandingAnswer, StandingDesk } from '../standing/peers.js';
import { Issuing, type Refusal } from './issuing.js';
import { Judging } from './judging.js';
import type { OrderRow } from './order.js';
import { OrderStore } from './order.store.js';

/**
 * Issues an order: first by what is on record here, then by the word of those who own what it rests on, and then, under the incident's
 * lock, by what is on record at that moment. Events alone would let an order race a revocation.
 */
@Injectable()
export class IssuanceService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly judging: Judging,
    private readonly desk: StandingDesk,
    private readonly issuing: Issuing,
    private readonly orders: OrderStore,
  ) {}

  async issue(request: WorkRequest, orderId: string): Promise<Answer<OrderView | Refusal>> {
    const by = toActor(request.principal);
    const { order, ready } = await this.work.read(request.principal, async (tx) => {
      const found = await this.orders.find(tx, orderId);
      if (!found) throw notFound();
      const judged = await this.judging.judge(tx, found, by);
      // What was issued already is answered below, without anybody's word: the owners' matters to a draft alone.
      const granted = found.state === 'DRAFT' && judged?.verdict.verdict === 'AUTHORISED';
      return { order: found, ready: granted ? judged.known : null };
    });
    const standing = ready === null ? [] : await this.ask(ready);
    const denied = standing.filter(({ stands }) => !stands);
    if (denied.length > 0) return this.deny(request, order, by, denied);
    return this.work.run(request, [order.incidentId], (tx, context) =>
      this.decideAndIssue(tx, context, orderId, by, standing),
    );
  }

  private async decideAndIssue(
    tx: Tx,
    context: Parameters<Issuing['issue']>[1],
    orderId: string,
    by: Actor,
    standing: readonly StandingAnswer[],
  ): Promise<Answer<OrderView | Refusal>> {
    const order = (await this.orders.find(tx, orderId))!;
    if (order.state !== 'DRAFT') throw new ProblemError('illegal-transition', `The order is ${order.state}, no draft.`);
    const judged = await this.judging.judge(tx, order, by);
    requireCurrent(judged?.known ?? null, order.scopeDigest);
    const { known, verdict, evidence, draft, at } = judged!;
    if (verdict.verdict === 'REFUSED') {
      const notOnlyPerson = verdict.reasons.filter(({ code }) => code !== 'SAME_PERSON');
      // Whoever drafted it is refused by the database, whatever else is missing.
      return this.issuing.refuse(tx, context, order, by, { reasons: notOnlyPerson, outstanding: verdict.outstanding });
    }
    if (standing.length === 0) {
      throw new ProblemError(
        'unavailable',
        'The case became complete just now: try again.',
        {},
        { 'retry-after': '1' },
      );
    }
    return this.issuing.issue(tx, context, order, { known, draft, granted: verdict, evidence, standing, by, at });
  }

  /** Classification owns the case, the commission's ruling is oversight's, and a decision there is only where the NSC must review. */
  private ask({ incidentId, scopeDigest, determination }: JudgedCase): Promise<StandingAnswer[]> {
    const needed = new Set(determination.safeguards.map(({ kind }) => kind));
    const owners: Peer[] = [
      'classification',
      ...(needed.has('NSC_APPROVAL') ? (['scheduling'] as const) : []),
      ...(needed.has('COMMISSION_APPROVAL') ? (['oversight'] as const) : []),
    ];
    const at = this.issuing.now();
    return Promise.all(owners.map((owner) => this.desk.ask(owner, incidentId, scopeDigest, at)));
  }

  /** On record, but not kept under the Idempotency-Key: it can be tried again. */
  private deny(
    request: WorkRequest,
    order: OrderRow,
    by: Actor,
    denied: readonly StandingAnswer[],
  ): Promise<Answer<Refusal>> {
    const reasons = denied.map(({ service, fault, detail }) => ({
      code: 'NOT_STANDING',
      detail: `${service}: ${detail}`,
      owner: service,
      ...(fault !== undefined && { fault }),
    }));
    return this.work.run({ ...request, idempotencyKey: undefined }, [order.incidentId], async (tx, context) => {
      const now = (await this.orders.find(tx, order.id))!;
      if (now.state !== 'DRAFT') throw new ProblemError('illegal-transition', `The order is ${now.state}, no draft.`);
      return this.issuing.refuse(tx, context, now, by, { reasons, outstanding: [] });
    });
  }
}
