import { Injectable } from '@nestjs/common';
import type { ContactErased, ErasureAsked, ErasureBody } from '@sekisho/contracts';
import { named, toActor } from '@sekisho/identity';
import { type EventContext, Outbox } from '@sekisho/messaging';
import { Answer, Clock, notFound, ProblemError, Work, type WorkRequest } from '@sekisho/service';
import { onDuty, type Tx } from '../database.js';
import { about } from '../revisions/revise.js';
import type { Provenance } from '../revisions/revision.store.js';
import { type Erasable, ErasureStore } from './erasure.store.js';

/** Erases whom to contact about a report, for good: one person asks, an operator who is another person confirms. */
@Injectable()
export class ErasuresService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: ErasureStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  ask(request: WorkRequest, reportId: string, { reason }: ErasureBody): Promise<Answer<ErasureAsked>> {
    return this.erase(request, reportId, async (tx, _, { version, sealed, askedAt, erasedAt }, by) => {
      if (!sealed) throw already({ code: 'contact-erased', values: { erasedAt: erasedAt!.toISOString() } });
      if (askedAt !== null) throw already({ code: 'erasure-asked', values: { askedAt: askedAt.toISOString() } });
      const at = this.clock.now();
      const asked = { reportId, version, reason, askedActor: toActor(request.principal), askedAt: at };
      await this.store.ask(tx, asked, by);
      return new Answer(201, { reportId, askedAt: at.toISOString() });
    });
  }

  confirm(request: WorkRequest, reportId: string): Promise<Answer<ContactErased>> {
    return this.erase(request, reportId, async (tx, context, { version, askedAt }, by) => {
      if (askedAt === null) throw already({ code: 'erasure-not-asked' });
      const at = this.clock.now();
      const confirmed = { reportId, version, confirmedActor: toActor(request.principal), erasedAt: at };
      await this.store.confirm(tx, confirmed, by);
      const data = { reportId, erasedAt: at.toISOString() };
      await this.outbox.append(tx, context, { ...about(reportId), type: 'contact-erased.v1', data });
      return new Answer(201, data);
    });
  }

  private erase<Body>(
    request: WorkRequest,
    reportId: string,
    step: (tx: Tx, context: EventContext, erasable: Erasable, by: Provenance) => Promise<Answer<Body>>,
  ): Promise<Answer<Body>> {
    const { principal } = request;
    return this.work.run(request, [reportId], async (tx, context) => {
      // Operators reach every report in order to erase: they see that it is there, and nothing of what it says.
      if (principal.roles.includes('operator')) await onDuty(tx, 'contact-erasure');
      const erasable = await this.store.find(tx, reportId);
      if (erasable === null) throw notFound();
      const { organisationId } = erasable;
      return step(tx, context, erasable, { ...context, organisationId, recordedBy: named(principal) });
    });
  }
}

const already = (told: ConstructorParameters<typeof ProblemError>[1]): ProblemError =>
  new ProblemError('illegal-transition', told);
