import { Injectable } from '@nestjs/common';
import type { OrderBody, OrderView, RevocationBody } from '@sekisho/contracts';
import { named, toActor } from '@sekisho/identity';
import { Answer, invalid, notFound, ProblemError, Work, type WorkRequest } from '@sekisho/service';
import { CaseStore } from '../cases/case.store.js';
import { requireCurrent } from '../cases/require-current.js';
import type { Tx } from '../database.js';
import { Drafting } from './drafting.js';
import { isLive, toOrderView } from './order.js';
import { OrderStore } from './order.store.js';
import { StopService } from './stop.service.js';

/** Drafts and revokes orders; issuing and reading them have services of their own. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly cases: CaseStore,
    private readonly store: OrderStore,
    private readonly drafting: Drafting,
    private readonly stops: StopService,
  ) {}

  draft(request: WorkRequest, { incidentId, scopeDigest, executor }: OrderBody): Promise<Answer<OrderView>> {
    return this.work.run(request, [incidentId], async (tx, context) => {
      const known = requireCurrent(await this.cases.current(tx, incidentId), scopeDigest);
      if (!known.scope.servers.some((server) => server.executor === executor)) {
        const detail = 'is not an executor of the scope';
        throw invalid([{ pointer: '/executor', code: 'unused-executor', detail }]);
      }
      const earlier = await this.store.ofScope(tx, scopeDigest);
      const live = earlier.find(
        (order) =>
          order.executor === executor && (['DRAFT', 'STOP_REQUESTED'].includes(order.state) || isLive(order.state)),
      );
      if (live) {
        throw new ProblemError('conflict', `Order ${live.id} to ${executor} on this scope is ${live.state}.`, {
          orderId: live.id,
        });
      }
      const id = await this.drafting.add(
        tx,
        context,
        { incidentId, scopeDigest, executor },
        toActor(request.principal),
      );
      return new Answer(201, toOrderView((await this.store.find(tx, id))!), { location: `/v1/orders/${id}` });
    });
  }

  async revoke(request: WorkRequest, orderId: string, { reason }: RevocationBody): Promise<Answer<OrderView>> {
    const found = await this.work.read(request.principal, (tx) => this.store.find(tx, orderId));
    if (!found) throw notFound();
    const { incidentId } = found;
    return this.work.run(request, [incidentId], async (tx, context) => {
      const order = (await this.store.find(tx, orderId))!;
      const by = named(request.principal);
      if (order.state === 'DRAFT') await this.drafting.drop(tx, context, order, by, reason);
      else if (isLive(order.state)) await this.stops.stop(tx, context, order, reason, by);
      else throw new ProblemError('illegal-transition', `The order is ${order.state}: there is nothing to revoke.`);
      return new Answer(200, toOrderView((await this.store.find(tx, orderId))!));
    });
  }
}
