import { Injectable } from '@nestjs/common';
import type { Agency, StopPayload } from '@sekisho/contracts';
import { type EventContext, Outbox } from '@sekisho/messaging';
import { KeySet } from '@sekisho/signing';
import type { Tx } from '../database.js';
import { Stamp } from '../stamp.js';
import { AgencyKeys } from './agency-keys.js';
import { isLive, type OrderRow } from './order.js';
import { OrderStore } from './order.store.js';
import { ANSWER_STOP_WITHIN_MS, later } from './settings.js';

/** Tells agencies to stop what no longer stands, and waits for their answer. */
@Injectable()
export class StopService {
  constructor(
    private readonly orders: OrderStore,
    private readonly outbox: Outbox,
    private readonly keys: KeySet,
    private readonly agencies: AgencyKeys,
    private readonly stamp: Stamp,
  ) {}

  /** Stops every order that rests on this scope. The caller holds the incident's lock. */
  async stopAll(tx: Tx, context: EventContext, scopeDigest: string, reason: string): Promise<void> {
    for (const order of await this.orders.ofScope(tx, scopeDigest)) {
      if (isLive(order.state)) await this.stop(tx, context, order, reason, '/agency-tasking');
    }
  }

  /** Asks for a stop of one live order. */
  async stop(tx: Tx, context: EventContext, order: OrderRow, reason: string, by: string): Promise<void> {
    const at = this.stamp.now();
    for (const { agency, state } of order.parts) {
      if (isLive(state)) await this.tell(tx, context, order, agency as Agency, reason, at);
    }
    await this.orders.change(tx, context, order, { to: 'STOP_REQUESTED', at, by, reason });
  }

  /** Tells one agency, as where the other declined a joint order. */
  async tell(
    tx: Tx,
    context: EventContext,
    order: OrderRow,
    agency: Agency,
    reason: string,
    at: string,
  ): Promise<void> {
    await this.orders.setPart(tx, order.id, agency, 'STOP_REQUESTED');
    const { id: orderId, incidentId, scopeDigest, version } = order;
    const answerBy = later(at, ANSWER_STOP_WITHIN_MS);
    const payload: StopPayload = {
      orderId,
      version: version + 1,
      scopeDigest,
      agency,
      stop: true,
      reason,
      at,
      answerBy,
    };
    const jws = await this.keys.sign(payload, 'sekisho-stop+jws');
    await this.outbox.append(tx, context, {
      topic: `tasking.${agency}.v1`,
      type: 'order-stopped.v1',
      key: incidentId,
      subject: incidentId,
      data: { order: await this.agencies.seal(agency, jws) },
    });
  }
}
