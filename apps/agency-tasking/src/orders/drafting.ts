import { Injectable } from '@nestjs/common';
import type { Actor, OrderBody } from '@sekisho/contracts';
import { named } from '@sekisho/identity';
import { type EventContext, Outbox } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { provenance } from '../provenance.js';
import { Stamp } from '../stamp.js';
import type { OrderRow } from './order.js';
import { OrderStore } from './order.store.js';

/** Writes drafts and drops them. */
@Injectable()
export class Drafting {
  constructor(
    private readonly orders: OrderStore,
    private readonly outbox: Outbox,
    private readonly stamp: Stamp,
  ) {}

  async add(tx: Tx, context: EventContext, body: OrderBody, by: Actor): Promise<string> {
    const { id, at } = this.stamp.next();
    const { incidentId } = body;
    await tx.taskingOrder.create({
      data: { id, ...body, draftedActor: by, draftedAt: at, ...provenance(named(by), context) },
    });
    await this.outbox.append(tx, context, {
      topic: 'tasking.decisions.v1',
      type: 'order-drafted.v1',
      key: incidentId,
      subject: incidentId,
      data: { orderId: id, ...body, draftedBy: by, draftedAt: at },
    });
    return id;
  }

  drop(tx: Tx, context: EventContext, order: OrderRow, by: string, reason: string): Promise<void> {
    return this.orders.change(tx, context, order, { to: 'REVOKED', at: this.stamp.now(), by, reason });
  }
}
