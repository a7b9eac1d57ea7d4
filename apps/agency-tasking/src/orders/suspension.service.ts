import { Injectable } from '@nestjs/common';
import type { Agency } from '@sekisho/contracts';
import { type EventContext, Outbox } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { Stamp } from '../stamp.js';
import { isLive, isUnstarted, type OrderRow, progressOf } from './order.js';
import { OrderStore } from './order.store.js';

/** Suspends orders that nobody has started while a fact of their case is contested. Each agency's own part stays where it is. */
@Injectable()
export class SuspensionService {
  constructor(
    private readonly orders: OrderStore,
    private readonly outbox: Outbox,
    private readonly stamp: Stamp,
  ) {}

  /** The caller holds the incident's lock, here and below. */
  async suspendAll(tx: Tx, context: EventContext, incidentId: string, reason: string): Promise<void> {
    for (const order of await this.orders.ofIncident(tx, incidentId)) {
      if (isUnstarted(order.state)) await this.move(tx, context, order, 'SUSPENDED', reason);
    }
  }

  async resumeAll(tx: Tx, context: EventContext, incidentId: string, reason: string): Promise<void> {
    for (const order of await this.orders.ofIncident(tx, incidentId)) {
      if (order.state === 'SUSPENDED') await this.move(tx, context, order, progressOf(order), reason);
    }
  }

  private async move(
    tx: Tx,
    context: EventContext,
    order: OrderRow,
    to: 'SUSPENDED' | 'ISSUED' | 'ACKNOWLEDGED',
    reason: string,
  ): Promise<void> {
    const at = this.stamp.now();
    const { id: orderId, incidentId: key } = order;
    for (const { agency, state } of order.parts) {
      if (!isLive(state)) continue;
      await this.outbox.append(tx, context, {
        topic: `tasking.${agency as Agency}.v1`,
        type: to === 'SUSPENDED' ? 'order-suspended.v1' : 'order-resumed.v1',
        key,
        subject: key,
        data: { orderId, reason, at },
      });
    }
    await this.orders.change(tx, context, order, { to, at, by: '/agency-tasking', reason });
  }
}
