import { Injectable } from '@nestjs/common';
import { type ReportDiff, type ReportRevised, type RevisionForm, type RevisionPage } from '@sekisho/contracts';
import { named, type Principal } from '@sekisho/identity';
import { Answer, notFound, pageOf, type PageQuery, positionOf, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { OrganisationRegister } from '../organisations/organisation-register.js';
import { changesOf } from './diff.js';
import { etagOf, refuseUnread } from './etag.js';
import { revisionRefusal } from './revise.js';
import { RevisionDesk } from './revision-desk.js';
import { RevisionStore } from './revision.store.js';

const NUMBER = /^\d{1,9}$/;
const LAST = 2 ** 31 - 1;

/** Later revisions of reports, each whole, each holding on to the one before. */
@Injectable()
export class RevisionsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: RevisionStore,
    private readonly organisations: OrganisationRegister,
    private readonly desk: RevisionDesk,
  ) {}

  revise(
    request: WorkRequest,
    reportId: string,
    { reason, ...report }: RevisionForm,
    ifMatch: string | undefined,
  ): Promise<Answer<ReportRevised>> {
    const { organisation } = request.principal;
    return this.work.run(request, [reportId], async (tx, context) => {
      const state = await this.store.state(tx, reportId);
      const registered = await this.organisations.find(tx, organisation);
      // Whose report it is not learns nothing, not even that a condition is missing.
      if (state === null || registered === null) throw notFound();
      refuseUnread(state.latest.revision, ifMatch);
      const refusal = revisionRefusal(state, report, reason);
      if (refusal !== null) throw refusal;
      const revision = { report, reason, organisation: registered };
      const told = { recordedBy: named(request.principal), language: request.language };
      const revised = await this.desk.take(tx, context, state, revision, told);
      return new Answer(201, revised, {
        location: `/v1/reports/${reportId}?revision=${revised.revision}`,
        etag: etagOf(revised.revision),
        'content-language': request.language,
      });
    });
  }

  history(principal: Principal, reportId: string, { limit, cursor }: PageQuery): Promise<RevisionPage> {
    const before = positionOf(cursor, NUMBER);
    return this.work.read(principal, async (tx) => {
      const rows = await this.store.history(tx, reportId, Number(before ?? LAST), limit + 1);
      // No report is without a revision; only a cursor beyond the first one comes to nothing.
      if (rows.length === 0 && before === undefined) throw notFound();
      const withdrawal = await this.store.withdrawal(tx, reportId);
      const page = pageOf(
        rows,
        limit,
        ({ revision }) => String(revision),
        (row) => ({ ...row, withdrawn: row.revision === withdrawal?.revision }),
      );
      return { ...page, withdrawal };
    });
  }

  diff(principal: Principal, reportId: string, a: number, b: number): Promise<ReportDiff> {
    return this.work.read(principal, async (tx) => {
      const from = await this.store.revision(tx, reportId, a);
      const to = await this.store.revision(tx, reportId, b);
      if (from === null || to === null) throw notFound();
      return {
        reportId,
        from: { revision: a, digest: from.digest },
        to: { revision: b, digest: to.digest },
        changes: changesOf(from.report, to.report),
      };
    });
  }
}
