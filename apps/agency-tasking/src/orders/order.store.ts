import { Injectable } from '@nestjs/common';
import type { Actor, Agency, OrderState } from '@sekisho/contracts';
import { type EventContext, Outbox } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import { provenance } from '../provenance.js';
import { type OrderRow, WITH_PARTS } from './order.js';

/** A step of an order: to where, when, and by whose word. */
export interface OrderChange {
  readonly to: OrderState;
  readonly at: string;
  readonly by: string;
  readonly agency?: Agency | undefined;
  readonly reason?: string | undefined;
  /** What is fixed at issuance. */
  readonly issue?: {
    readonly issuedActor: Actor;
    readonly notBefore: string;
    readonly notAfter: string;
    readonly acknowledgeBy: string;
    readonly conditions: string[];
  };
}

/** Orders in the database, which lets them move by legal steps alone. Each step is on record and told. */
@Injectable()
export class OrderStore {
  constructor(private readonly outbox: Outbox) {}

  find(tx: Tx, id: string): Promise<OrderRow | null> {
    return tx.taskingOrder.findUnique({ where: { id }, include: WITH_PARTS });
  }

  ofScope(tx: Tx, scopeDigest: string): Promise<OrderRow[]> {
    return tx.taskingOrder.findMany({ where: { scopeDigest }, include: WITH_PARTS, orderBy: { id: 'asc' } });
  }

  ofIncident(tx: Tx, incidentId: string): Promise<OrderRow[]> {
    return tx.taskingOrder.findMany({ where: { incidentId }, include: WITH_PARTS, orderBy: { id: 'asc' } });
  }

  list(tx: Tx, where: Prisma.TaskingOrderWhereInput, take: number): Promise<OrderRow[]> {
    return tx.taskingOrder.findMany({ where, include: WITH_PARTS, orderBy: { id: 'desc' }, take });
  }

  async setPart(tx: Tx, orderId: string, agency: string, state: OrderState): Promise<void> {
    await tx.orderPart.update({ where: { orderId_agency: { orderId, agency } }, data: { state } });
  }

  async change(tx: Tx, context: EventContext, order: OrderRow, change: OrderChange): Promise<void> {
    const { to, at, by, agency = null, reason = null, issue } = change;
    const version = order.version + 1;
    await tx.taskingOrder.update({
      where: { id: order.id },
      data: { state: to, version, reason, ...(issue ? { ...issue, issuedAt: at } : {}) },
    });
    await tx.orderChange.create({
      data: {
        orderId: order.id,
        version,
        fromState: order.state,
        toState: to,
        agency,
        reason,
        recordedAt: at,
        ...provenance(by, context),
      },
    });
    const data = {
      orderId: order.id,
      incidentId: order.incidentId,
      from: order.state as OrderState,
      to,
      agency,
      at,
      reason,
    };
    const { incidentId: key } = order;
    await this.outbox.append(tx, context, {
      topic: 'tasking.decisions.v1',
      type: 'order-state-changed.v1',
      key,
      subject: key,
      data,
    });
  }
}
