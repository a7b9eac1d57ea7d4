import { Injectable } from '@nestjs/common';
import type { DraftBody, DraftKept, DraftSummary, DraftView, Language } from '@sekisho/contracts';
import { named, type Principal } from '@sekisho/identity';
import {
  Answer,
  Clock,
  Ids,
  notFound,
  type Page,
  pageOf,
  type PageQuery,
  positionOf,
  ProblemError,
  Work,
  type WorkRequest,
} from '@sekisho/service';
import { ReportChecksService } from '../checks/report-checks.service.js';
import type { Tx } from '../database.js';
import { notRegistered } from '../reports/on-behalf-of.js';
import { etagOf, matches } from '../revisions/etag.js';
import { type Draft, DraftStore, expiryOf, titleOfDraft } from './draft.store.js';

const MOST_DRAFTS = 100;

/** Keeps reports as far as they have come. A draft is its organisation's alone, and leaves no event. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: DraftStore,
    private readonly checks: ReportChecksService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  create(request: WorkRequest, report: DraftBody): Promise<Answer<DraftKept>> {
    const { organisation: organisationId } = request.principal;
    return this.work.run(request, [`drafts of ${organisationId}`], async (tx, { correlationId }) => {
      if ((await tx.organisation.count({ where: { id: organisationId } })) === 0) throw notRegistered(organisationId);
      if ((await this.store.count(tx)) >= MOST_DRAFTS) {
        throw new ProblemError('conflict', { code: 'enough-drafts', values: { most: MOST_DRAFTS } });
      }
      const [draftId, at] = [this.ids.next(), this.clock.now()];
      const of = { organisationId, correlationId };
      await this.store.add(tx, draftId, report, { at, by: named(request.principal) }, of);
      const kept = keptOf({ draftId, version: 1, changedAt: at });
      return new Answer(201, kept, { location: `/v1/report-drafts/${draftId}`, etag: etagOf(1) });
    });
  }

  /** The draft with what would keep it from being accepted now. */
  async find(principal: Principal, draftId: string, language: Language): Promise<Answer<DraftView>> {
    const draft = await this.work.read(principal, (tx) => this.store.find(tx, draftId));
    if (draft === null) throw notFound();
    const { errors } = await this.checks.check(draft.report, principal, language);
    return new Answer(200, { ...keptOf(draft), report: draft.report, errors }, { etag: etagOf(draft.version) });
  }

  list(principal: Principal, { limit, cursor }: PageQuery): Promise<Page<DraftSummary>> {
    const before = positionOf(cursor);
    return this.work.read(principal, async (tx) => {
      const summaries = await this.store.each(tx, before, limit + 1, (draft) => ({
        ...keptOf(draft),
        title: titleOfDraft(draft),
      }));
      return pageOf(
        summaries,
        limit,
        ({ draftId }) => draftId,
        (shown) => shown,
      );
    });
  }

  change(request: WorkRequest, draftId: string, report: DraftBody, ifMatch?: string): Promise<Answer<DraftKept>> {
    return this.work.run(request, [draftId], async (tx) => {
      const draft = await this.store.find(tx, draftId);
      if (draft === null) throw notFound();
      if (ifMatch === undefined) throw new ProblemError('precondition-required', { code: 'draft-tag-required' });
      refuseChanged(draft, ifMatch);
      const at = this.clock.now();
      await this.store.change(tx, draft, report, { at, by: named(request.principal) });
      const version = draft.version + 1;
      return new Answer(200, keptOf({ draftId, version, changedAt: at }), { etag: etagOf(version) });
    });
  }

  remove(request: WorkRequest, draftId: string, ifMatch?: string): Promise<Answer<undefined>> {
    return this.work.run(request, [draftId], async (tx) => {
      const draft = await this.store.find(tx, draftId);
      if (draft === null) throw notFound();
      if (ifMatch !== undefined) refuseChanged(draft, ifMatch);
      await this.store.remove(tx, draftId);
      return new Answer(204, undefined);
    });
  }
}

function refuseChanged({ version }: Draft, ifMatch: string): void {
  if (matches(ifMatch, version)) return;
  throw new ProblemError('precondition-failed', { code: 'draft-changed-since', values: { version } }, { version });
}

const keptOf = (draft: Pick<Draft, 'draftId' | 'version' | 'changedAt'>): DraftKept => ({
  draftId: draft.draftId,
  version: draft.version,
  changedAt: draft.changedAt.toISOString(),
  expiresAt: expiryOf(draft).toISOString(),
});
