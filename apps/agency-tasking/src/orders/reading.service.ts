import { Injectable } from '@nestjs/common';
import type { OrderDetail, OrderView } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { notFound, type Page, pageOf, type PageQuery, positionOf, Work } from '@sekisho/service';
import type { Tx } from '../database.js';
import { EvidenceStore } from '../evidence/evidence.store.js';
import { Stamp } from '../stamp.js';
import { obligationsOf } from './obligations-of.js';
import { toOrderView } from './order.js';
import { OrderStore } from './order.store.js';

/** Reads orders; changes nothing. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: OrderStore,
    private readonly evidence: EvidenceStore,
    private readonly stamp: Stamp,
  ) {}

  get(principal: Principal, orderId: string): Promise<OrderDetail> {
    return this.work.read(principal, async (tx) => {
      const order = await this.store.find(tx, orderId);
      if (!order) throw notFound();
      const returns = await tx.agencyReturn.findMany({ where: { orderId } });
      const { evidence } = await this.evidence.ofIncident(tx, order.incidentId);
      const notice = await tx.commissionRequest.findFirst({
        where: { scopeDigest: order.scopeDigest, timing: 'POST_NOTIFICATION' },
        orderBy: { recordedAt: 'asc' },
      });
      const about = { returns, evidence, notifiedAt: notice?.recordedAt ?? null };
      return { ...toOrderView(order), obligations: obligationsOf(order, about, this.stamp.now()) };
    });
  }

  list(
    principal: Principal,
    { limit, cursor, incidentId }: PageQuery & { incidentId?: string | undefined },
  ): Promise<Page<OrderView>> {
    const before = positionOf(cursor);
    const where = { ...(incidentId ? { incidentId } : {}), ...(before ? { id: { lt: before } } : {}) };
    return this.work.read(principal, async (tx) =>
      pageOf(await this.store.list(tx, where, limit + 1), limit, (row) => row.id, toOrderView),
    );
  }
}
