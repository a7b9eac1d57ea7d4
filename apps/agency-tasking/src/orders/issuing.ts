import { Injectable } from '@nestjs/common';
import { type Actor, type OrderView, problemType, PROBLEMS, type RefusalReason } from '@sekisho/contracts';
import { named } from '@sekisho/identity';
import type { Authorised, Evidence, Outstanding } from '@sekisho/guideline';
import { type EventContext, Outbox } from '@sekisho/messaging';
import { Answer } from '@sekisho/service';
import { KeySet } from '@sekisho/signing';
import type { JudgedCase } from '../cases/judged-case.js';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import { provenance } from '../provenance.js';
import type { StandingAnswer } from '../standing/peers.js';
import { Stamp } from '../stamp.js';
import { AgencyKeys } from './agency-keys.js';
import { type Draft, orderPayloads } from './issue.js';
import { type OrderRow, toOrderView } from './order.js';
import { OrderStore } from './order.store.js';

const TOPIC = 'tasking.decisions.v1';

/** Why an order is refused: the guideline's reasons, or an owner's word that something no longer stands. */
export interface Reasons {
  readonly reasons: RefusalReason[];
  readonly outstanding: Outstanding[];
}

/** An answer that is on record although it is no. */
export type Refusal = Record<string, unknown>;

export interface Granted {
  readonly known: JudgedCase;
  readonly draft: Draft;
  readonly granted: Authorised;
  readonly evidence: readonly Evidence[];
  readonly standing: readonly StandingAnswer[];
  readonly by: Actor;
  readonly at: string;
}

/** Writes an issued order with all that it rests on, or its refusal, and tells of it. */
@Injectable()
export class Issuing {
  constructor(
    private readonly orders: OrderStore,
    private readonly outbox: Outbox,
    private readonly keys: KeySet,
    private readonly agencies: AgencyKeys,
    private readonly stamp: Stamp,
  ) {}

  now(): string {
    return this.stamp.now();
  }

  /** Records who tries; the database refuses whoever drafted the order. */
  async attempt(tx: Tx, context: EventContext, orderId: string, by: Actor, refused?: Reasons): Promise<void> {
    const { id, at } = this.stamp.next();
    const { reasons = [], outstanding = [] } = refused ?? {};
    const given = {
      reasons: reasons as object[] as Prisma.InputJsonArray,
      outstanding: outstanding as object[] as Prisma.InputJsonArray,
    };
    await tx.orderAttempt.create({
      data: { id, orderId, attemptedActor: by, ...given, recordedAt: at, ...provenance(named(by), context) },
    });
  }

  async refuse(tx: Tx, context: EventContext, order: OrderRow, by: Actor, refused: Reasons): Promise<Answer<Refusal>> {
    await this.attempt(tx, context, order.id, by, refused);
    const { id: orderId, incidentId, scopeDigest } = order;
    const { reasons, outstanding } = refused;
    await this.outbox.append(tx, context, {
      topic: TOPIC,
      type: 'order-refused.v1',
      key: incidentId,
      subject: incidentId,
      data: { orderId, incidentId, scopeDigest, refusedAt: this.now(), askedBy: by, reasons, outstanding },
    });
    const { status, title } = PROBLEMS['safeguards-missing'];
    const detail = reasons.map(({ code, detail: more }) => [code, more].filter(Boolean).join(': ')).join('; ');
    return new Answer(status, {
      type: problemType('safeguards-missing'),
      title: title.en,
      status,
      detail,
      orderId,
      reasons,
      outstanding,
    });
  }

  async issue(tx: Tx, context: EventContext, order: OrderRow, decided: Granted): Promise<Answer<OrderView>> {
    const { known, draft, granted, standing, by, at } = decided;
    await this.attempt(tx, context, order.id, by);
    const payloads = orderPayloads(known, draft, granted, at);
    const parts = await Promise.all(
      payloads.map(async (payload) => ({ payload, jws: await this.keys.sign(payload, 'sekisho-order+jws') })),
    );
    const recorded = provenance(named(by), context);
    await tx.orderPart.createMany({
      data: parts.map(({ payload, jws }) => ({
        orderId: order.id,
        agency: payload.agency,
        state: 'ISSUED',
        jws,
        ...recorded,
      })),
    });
    const evidence = decided.evidence.filter(({ id }) => granted.evidence.includes(id));
    await tx.orderBasis.create({
      data: {
        orderId: order.id,
        facts: known.facts,
        determination: known.determination,
        evidence: evidence as object[] as Prisma.InputJsonArray,
        standing: standing as object[] as Prisma.InputJsonArray,
        recordedAt: at,
        ...recorded,
      },
    });
    const { notBefore, notAfter, acknowledgeBy, conditions } = payloads[0]!;
    const issue = { issuedActor: by, notBefore, notAfter, acknowledgeBy, conditions };
    const { incidentId: key, scopeDigest } = order;
    for (const { payload, jws } of parts) {
      await this.outbox.append(tx, context, {
        topic: `tasking.${payload.agency}.v1`,
        type: 'order-issued.v1',
        key,
        subject: key,
        data: { order: await this.agencies.seal(payload.agency, jws) },
      });
    }
    await this.outbox.append(tx, context, {
      topic: TOPIC,
      type: 'order-recorded.v1',
      key,
      subject: key,
      dependsOn: `classification.determinations.v1/${known.confirmedByEvent}`,
      data: {
        orderId: order.id,
        incidentId: key,
        scopeDigest,
        executor: draft.executor,
        issuedAt: at,
        draftedBy: draft.draftedBy,
        issuedBy: by,
        orders: parts.map(({ payload, jws }) => ({ agency: payload.agency, order: payload, jws })),
        facts: known.facts,
        determination: known.determination,
        scope: known.scope,
        evidence: evidence as object[] as { safeguard: Evidence['safeguard'] }[],
        standing: [...standing],
      },
    });
    await this.orders.change(tx, context, order, { to: 'ISSUED', at, by: named(by), issue });
    return new Answer(200, toOrderView((await this.orders.find(tx, order.id))!));
  }
}
