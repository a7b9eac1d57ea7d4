import { Injectable } from '@nestjs/common';
import { type Agency, problemType, PROBLEMS, type ReturnRecorded } from '@sekisho/contracts';
import { Answer, notFound, ProblemError, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { ReturnDesk } from './return-desk.js';

/** Returns over HTTP. What is refused is on record all the same. */
@Injectable()
export class ReturnsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly desk: ReturnDesk,
  ) {}

  async submit(
    request: WorkRequest,
    orderId: string,
    jws: string,
  ): Promise<Answer<ReturnRecorded | Record<string, unknown>>> {
    const agency: Agency = request.principal.roles.includes('agency-npa') ? 'npa' : 'sdf';
    const read = await this.desk.read(agency, jws);
    if ('fault' in read) throw new ProblemError('invalid-request', `/return: ${read.fault}`);
    if (read.payload.orderId !== orderId) throw new ProblemError('invalid-request', '/return: is about another order');
    const incidentId = await this.work.read(request.principal, async (tx) => {
      const order = await tx.taskingOrder.findUnique({ where: { id: orderId }, include: { parts: true } });
      // An agency sees its own orders alone.
      return order?.parts.some((part) => part.agency === agency) ? order.incidentId : null;
    });
    if (incidentId === null) throw notFound();
    return this.work.run<ReturnRecorded | Record<string, unknown>>(request, [incidentId], async (tx, context) => {
      const taken = await this.desk.take(tx, context, agency, jws, read);
      if (taken?.accepted) return new Answer(200, taken);
      const { status, title } = PROBLEMS['illegal-transition'];
      return new Answer(status, {
        type: problemType('illegal-transition'),
        title: title.en,
        status,
        detail: taken?.reason ?? '',
      });
    });
  }
}
