import { Injectable } from '@nestjs/common';
import type { Actor, CommissionRequestView, RulingBody, RulingConfirmationBody, RulingView } from '@sekisho/contracts';
import { named, type Principal, toActor } from '@sekisho/identity';
import { type EventContext, Outbox } from '@sekisho/messaging';
import {
  Answer,
  Clock,
  Ids,
  invalid,
  notFound,
  type Page,
  pageOf,
  type PageQuery,
  positionOf,
  ProblemError,
  Work,
  type WorkRequest,
} from '@sekisho/service';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import { EventStore } from '../ledger/event.store.js';
import { currentScope, requestsOf } from './requests.js';

const ALLOWED = {
  PRIOR: ['APPROVED', 'REFUSED', 'RETURNED'],
  POST_NOTIFICATION: ['JUSTIFIED', 'UNJUSTIFIED', 'RETURNED'],
} as const;

type RulingRow = Prisma.RulingGetPayload<{ include: { confirmation: true } }>;

/** The commission rules on what it was asked: one member enters the ruling, another confirms it. */
@Injectable()
export class RulingsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly events: EventStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  requests(
    principal: Principal,
    { limit, cursor, incidentId }: PageQuery & { incidentId?: string | undefined },
  ): Promise<Page<CommissionRequestView>> {
    const after = positionOf(cursor);
    return this.work.read(principal, async (tx) => {
      const keys = incidentId === undefined ? await this.askedIncidents(tx) : [incidentId];
      const all: CommissionRequestView[] = [];
      for (const key of keys) all.push(...requestsOf(await this.events.ofKey(tx, key)));
      const later = all
        .sort((a, b) => (a.requestId < b.requestId ? -1 : 1))
        .filter(({ requestId }) => after === undefined || requestId > after);
      return pageOf(
        later.slice(0, limit + 1),
        limit,
        (row) => row.requestId,
        (row) => row,
      );
    });
  }

  async rule(request: WorkRequest, body: RulingBody): Promise<Answer<RulingView>> {
    const incidentId = await this.work.read(request.principal, (tx) => this.incidentOf(tx, body.requestId));
    return this.work.run(request, [incidentId], async (tx, context) => {
      const asked = await this.current(tx, incidentId, body.requestId, body.scopeDigest);
      const { timing } = asked;
      if (!(ALLOWED[timing] as readonly string[]).includes(body.outcome)) {
        const detail = `on a request of timing ${timing} the outcomes are ${ALLOWED[timing].join(', ')}`;
        throw invalid([{ pointer: '/outcome', code: 'outcome-not-allowed', detail }]);
      }
      const by = toActor(request.principal);
      const row = { id: this.ids.next(), ...body, validUntil: body.validUntil ?? null, incidentId, timing };
      const recordedAt = this.clock.now().toISOString();
      await tx.ruling.create({ data: { ...row, recordedActor: by, recordedAt, ...provenance(by, context) } });
      const { id: rulingId, ...told } = row;
      const data = { rulingId, ...told, recordedBy: by, recordedAt };
      await this.outbox.append(tx, context, { ...this.event(incidentId), type: 'ruling-recorded.v1', data });
      return new Answer(
        201,
        { ...data, confirmedBy: null, confirmedAt: null },
        { location: `/v1/rulings/${rulingId}` },
      );
    });
  }

  async confirm(
    request: WorkRequest,
    rulingId: string,
    { outcome }: RulingConfirmationBody,
  ): Promise<Answer<RulingView>> {
    const { incidentId } = await this.get(request.principal, rulingId);
    return this.work.run(request, [incidentId], async (tx, context) => {
      const row = (await this.find(tx, rulingId))!;
      if (row.confirmation) throw new ProblemError('illegal-transition', 'This ruling is confirmed already.');
      await this.current(tx, incidentId, row.requestId, row.scopeDigest);
      const by = toActor(request.principal);
      const recordedAt = this.clock.now().toISOString();
      await tx.rulingConfirmation.create({
        data: { rulingId, requestId: row.requestId, confirmedActor: by, recordedAt, ...provenance(by, context) },
      });
      // After the database has compared the persons: who recorded it learns that first.
      if (outcome !== undefined && row.outcome !== outcome)
        throw new ProblemError('conflict', 'The outcome entered is not the one on record.');
      const data = { ...toView(row), confirmedBy: by, confirmedAt: recordedAt };
      await this.outbox.append(tx, context, { ...this.event(incidentId), type: 'ruling-confirmed.v1', data });
      return new Answer(201, data);
    });
  }

  get(principal: Principal, rulingId: string): Promise<RulingView> {
    return this.work.read(principal, async (tx) => {
      const row = await this.find(tx, rulingId);
      if (!row) throw notFound();
      return toView(row);
    });
  }

  list(
    principal: Principal,
    { limit, cursor, incidentId }: PageQuery & { incidentId?: string | undefined },
  ): Promise<Page<RulingView>> {
    const before = positionOf(cursor);
    const where = { ...(incidentId ? { incidentId } : {}), ...(before ? { id: { lt: before } } : {}) };
    const query = { where, include: { confirmation: true }, orderBy: { id: 'desc' }, take: limit + 1 } as const;
    return this.work.read(principal, async (tx) =>
      pageOf(await tx.ruling.findMany(query), limit, (row) => row.id, toView),
    );
  }

  private find(tx: Tx, id: string): Promise<RulingRow | null> {
    return tx.ruling.findUnique({ where: { id }, include: { confirmation: true } });
  }

  private event(incidentId: string) {
    return { topic: 'oversight.rulings.v1', key: incidentId, subject: incidentId } as const;
  }

  private async askedIncidents(tx: Tx): Promise<string[]> {
    const rows = await tx.recordedEvent.findMany({
      where: { type: 'commission-requested.v1' },
      distinct: ['key'],
      select: { key: true },
    });
    return rows.map(({ key }) => key);
  }

  private async incidentOf(tx: Tx, requestId: string): Promise<string> {
    const [row] = await tx.$queryRaw<{ key: string }[]>`
      SELECT key FROM recorded_event WHERE type = 'commission-requested.v1' AND data->>'requestId' = ${requestId} LIMIT 1`;
    if (!row) {
      const detail = 'names no request that the commission has received';
      throw invalid([{ pointer: '/requestId', code: 'unknown-request', detail }]);
    }
    return row.key;
  }

  /** The request, if it is open and its scope still stands. */
  private async current(
    tx: Tx,
    incidentId: string,
    requestId: string,
    scopeDigest: string,
  ): Promise<CommissionRequestView> {
    const caseEvents = await this.events.ofKey(tx, incidentId);
    const asked = requestsOf(caseEvents).find((each) => each.requestId === requestId);
    if (!asked) throw notFound();
    const currentScopeDigest = currentScope(caseEvents);
    if (asked.scopeDigest !== scopeDigest || currentScopeDigest !== scopeDigest) {
      const detail = `The request is about ${asked.scopeDigest}; the scope that stands is ${currentScopeDigest ?? 'none'}.`;
      throw new ProblemError('stale-scope', detail, { currentScopeDigest });
    }
    const confirmed = await tx.rulingConfirmation.findUnique({ where: { requestId } });
    if (confirmed) throw new ProblemError('illegal-transition', 'The commission has ruled on this request already.');
    return asked;
  }
}

const provenance = (by: Actor, { correlationId, causationId }: EventContext) => ({
  recordedBy: named(by),
  correlationId,
  causationId: causationId ?? null,
});

const toView = (row: RulingRow): RulingView => ({
  rulingId: row.id,
  requestId: row.requestId,
  incidentId: row.incidentId,
  scopeDigest: row.scopeDigest,
  timing: row.timing as RulingView['timing'],
  outcome: row.outcome as RulingView['outcome'],
  reason: row.reason,
  validUntil: row.validUntil?.toISOString() ?? null,
  recordedBy: row.recordedActor as Actor,
  recordedAt: row.recordedAt.toISOString(),
  confirmedBy: (row.confirmation?.confirmedActor as Actor | undefined) ?? null,
  confirmedAt: row.confirmation?.recordedAt.toISOString() ?? null,
});
