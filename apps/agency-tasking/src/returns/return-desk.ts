import { Injectable } from '@nestjs/common';
import {
  type Agency,
  type OrderState,
  type ReturnPayload,
  returnPayload,
  type ReturnRecorded,
} from '@sekisho/contracts';
import { type EventContext, Outbox } from '@sekisho/messaging';
import { verify } from '@sekisho/signing';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import { AgencyKeys } from '../orders/agency-keys.js';
import { isLive, NEEDS_TIME, type OrderRow, stepOf } from '../orders/order.js';
import { OrderStore } from '../orders/order.store.js';
import { StopService } from '../orders/stop.service.js';
import { provenance } from '../provenance.js';
import { Stamp } from '../stamp.js';
import { recordActAfterStop } from './after-stop.js';

const NO_SUCH_ORDER = 'there is no such order';

export type Read = { readonly payload: ReturnPayload } | { readonly fault: string };

/** Takes in what agencies return: only what they signed, only as the next step of an order that is theirs. */
@Injectable()
export class ReturnDesk {
  constructor(
    private readonly orders: OrderStore,
    private readonly stops: StopService,
    private readonly outbox: Outbox,
    private readonly keys: AgencyKeys,
    private readonly stamp: Stamp,
  ) {}

  /** What a return says, if the agency signed it. */
  async read(agency: Agency, jws: string): Promise<Read> {
    try {
      const said = await verify(jws, this.keys.of(agency), 'sekisho-return+jws', { untyped: 'allowed' });
      const parsed = returnPayload.safeParse(said);
      if (parsed.success) return { payload: parsed.data };
      return {
        fault: `the return is not as its contract says: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`,
      };
    } catch (error) {
      return { fault: error instanceof Error ? error.message : String(error) };
    }
  }

  /** The incident whose lock covers the return. */
  async incidentOf(tx: Tx, read: Read): Promise<string | null> {
    if ('fault' in read) return null;
    return (await tx.taskingOrder.findUnique({ where: { id: read.payload.orderId } }))?.incidentId ?? null;
  }

  async take(tx: Tx, context: EventContext, agency: Agency, jws: string, read: Read): Promise<ReturnRecorded | null> {
    if ('fault' in read) return this.reject(tx, context, agency, jws, null, null, read.fault);
    const { payload } = read;
    const order = await this.orders.find(tx, payload.orderId);
    if (!order) return this.reject(tx, context, agency, jws, payload, null, NO_SUCH_ORDER);
    const earlier = await tx.agencyReturn.findUnique({ where: { agency_jti: { agency, jti: payload.jti } } });
    if (earlier) {
      if (earlier.jws === jws) return recorded(order, true, null);
      return this.reject(tx, context, agency, jws, payload, order, 'its jti was used for another return');
    }
    const step = stepOf(order, agency, payload.kind);
    if (!step.ok) return this.reject(tx, context, agency, jws, payload, order, step.reason);
    const at = this.stamp.now();
    const { notAfter } = order;
    if (NEEDS_TIME.includes(payload.kind) && notAfter !== null && Date.parse(at) >= notAfter.getTime()) {
      const late = `${payload.kind} after the order's time ended at ${notAfter.toISOString()}`;
      return this.reject(tx, context, agency, jws, payload, order, late);
    }
    const by = `/agency-${agency}`;
    const { jti, kind } = payload;
    await tx.agencyReturn.create({
      data: {
        agency,
        jti,
        orderId: order.id,
        kind,
        payload: payload as Prisma.InputJsonObject,
        jws,
        recordedAt: at,
        ...provenance(by, context),
      },
    });
    await recordActAfterStop(tx, context, order, agency, payload, { at, rejected: null });
    await this.orders.setPart(tx, order.id, agency, step.part);
    await this.tell(tx, context, agency, jws, payload, order, true, null);
    if (step.order !== null) {
      const reason = payload.reason ?? undefined;
      await this.orders.change(tx, context, order, { to: step.order, at, by, agency, reason });
    }
    if (step.order === 'DECLINED') await this.fall(tx, context, order, agency, at);
    return recorded({ ...order, state: step.order ?? order.state }, true, null);
  }

  /** One agency declined a joint order: the other is told not to go on. */
  private async fall(tx: Tx, context: EventContext, order: OrderRow, declined: Agency, at: string): Promise<void> {
    for (const { agency, state } of order.parts) {
      if (agency !== declined && isLive(state)) {
        await this.stops.tell(tx, context, order, agency as Agency, `agency-${declined} declined the joint order`, at);
      }
    }
  }

  private async reject(
    tx: Tx,
    context: EventContext,
    agency: Agency,
    jws: string,
    payload: ReturnPayload | null,
    order: OrderRow | null,
    reason: string,
  ): Promise<ReturnRecorded | null> {
    // Of an order that is not its own an agency learns nothing, not even that there is one.
    const own = order?.parts.some((part) => part.agency === agency) ? order : null;
    const key = own?.incidentId ?? context.causationId ?? context.correlationId;
    const at = this.stamp.now();
    if (own && payload) await recordActAfterStop(tx, context, own, agency, payload, { at, rejected: reason });
    const told = own === null && order !== null ? NO_SUCH_ORDER : reason;
    const data = { jti: payload?.jti ?? null, orderId: payload?.orderId ?? null, reason: told, at };
    await this.outbox.append(tx, context, {
      topic: `tasking.${agency}.v1`,
      type: 'return-rejected.v1',
      key,
      subject: key,
      data,
    });
    await this.tell(tx, context, agency, jws, payload, order, false, reason);
    return order && recorded(order, false, reason);
  }

  private async tell(
    tx: Tx,
    context: EventContext,
    agency: Agency,
    jws: string,
    payload: ReturnPayload | null,
    order: OrderRow | null,
    accepted: boolean,
    reason: string | null,
  ): Promise<void> {
    const key = order?.incidentId ?? context.causationId ?? context.correlationId;
    const { id: orderId = null, incidentId = null } = order ?? {};
    await this.outbox.append(tx, context, {
      topic: 'tasking.decisions.v1',
      type: 'return-recorded.v1',
      key,
      subject: key,
      data: { orderId, incidentId, agency, jws, payload, accepted, reason, recordedAt: this.stamp.now() },
    });
  }
}

const recorded = ({ id, state }: OrderRow, accepted: boolean, reason: string | null): ReturnRecorded => ({
  orderId: id,
  state: state as OrderState,
  accepted,
  reason,
});
