import { Injectable } from '@nestjs/common';
import {
  type Language,
  type ReportAccepted,
  type ReportForm,
  type ReportSummary,
  type ReportView,
  tell,
} from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import {
  Answer,
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
import { digestOf } from '@sekisho/signing';
import type { Tx } from '../database.js';
import { OrganisationRegister } from '../organisations/organisation-register.js';
import { accept } from './accept.js';
import { ReceiptDesk } from './receipt-desk.js';
import { type KeptReport, ReportStore } from './report.store.js';
import { faultsOfTimes } from './times.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Accepts reports: stored, numbered, receipted and on their way in one transaction, or not at all. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: ReportStore,
    private readonly organisations: OrganisationRegister,
    private readonly receipts: ReceiptDesk,
  ) {}

  submit(request: WorkRequest, report: ReportForm): Promise<Answer<ReportAccepted>> {
    const { organisation } = request.principal;
    const moment = this.receipts.moment();
    const { reportId } = moment;
    const { externalId } = report;
    const faults = faultsOfTimes(report, moment.receivedAt);
    if (faults.length > 0) throw invalid(faults);
    const keys = externalId === undefined ? [reportId] : [reportId, `report ${organisation} ${externalId}`];
    return this.work.run(request, keys, async (tx, context) => {
      const registered = await this.organisations.find(tx, organisation);
      if (!registered) throw notRegistered(organisation);
      const earlier = externalId === undefined ? null : await this.store.findByExternalId(tx, organisation, externalId);
      if (earlier) return sameAgain(earlier, report, request.language);
      const accepted = accept(report, registered, moment);
      return answer(await this.receipts.take(tx, context, accepted, request), request.language);
    });
  }

  find(principal: Principal, reportId: string, language: Language): Promise<ReportView> {
    return this.work.read(principal, async (tx) => {
      const report = await this.store.find(tx, reportId);
      if (!report) throw notFound();
      return inLanguage(report, language);
    });
  }

  list(principal: Principal, { limit, cursor }: PageQuery): Promise<Page<ReportSummary>> {
    const before = positionOf(cursor, UUID);
    return this.work.read(principal, async (tx) => {
      const summaries = await this.store.list(tx, before, limit + 1);
      return pageOf(
        summaries,
        limit,
        ({ reportId }) => reportId,
        (shown) => shown,
      );
    });
  }
}

export const notRegistered = (organisation: string): ProblemError =>
  new ProblemError('not-permitted', { code: 'not-registered', values: { organisation } });

const answer = (body: ReportAccepted, language: Language): Answer<ReportAccepted> =>
  new Answer(202, body, { location: `/v1/reports/${body.reportId}`, 'content-language': language });

const inLanguage = (report: KeptReport, language: Language): ReportView => ({
  ...report,
  warnings: report.warnings.map((warning) => tell(warning, language)),
});

/** The organisation's own number names one report: the same content is that report again, another belongs to its revisions. */
function sameAgain(earlier: KeptReport, report: ReportForm, language: Language): Answer<ReportAccepted> {
  const { reportId, receivedAt, deadlines, warnings, receipt } = inLanguage(earlier, language);
  if (earlier.digest === digestOf(report)) {
    return answer({ reportId, receivedAt, deadlines, warnings, receipt }, language);
  }
  const { externalId = '' } = report;
  throw new ProblemError(
    'conflict',
    { code: 'other-content', values: { externalId, reportId } },
    { reportId, report: `/v1/reports/${reportId}` },
  );
}
