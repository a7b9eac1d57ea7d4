import { Injectable } from '@nestjs/common';
import type { Fault, ReportAccepted, ReportForm, ReportSummary, ReportView } from '@sekisho/contracts';
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
import { startsClock } from './deadlines.js';
import { ReceiptDesk } from './receipt-desk.js';
import { ReportStore } from './report.store.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TOO_LATE: Fault = {
  pointer: '/recognisedAt',
  code: 'out-of-range',
  detail: 'is too late for a deadline to follow it',
};

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
    const reportId = this.receipts.nextId();
    const { externalId } = report;
    if (!startsClock(report.recognisedAt)) throw invalid([TOO_LATE]);
    const keys = externalId === undefined ? [reportId] : [reportId, `report ${organisation} ${externalId}`];
    return this.work.run(request, keys, async (tx, context) => {
      const registered = await this.organisations.find(tx, organisation);
      if (!registered) {
        throw new ProblemError('not-permitted', `The organisation ${organisation} is not registered to report.`);
      }
      const earlier = externalId === undefined ? null : await this.store.findByExternalId(tx, organisation, externalId);
      if (earlier) return sameAgain(earlier, report);
      const accepted = accept(report, registered, this.receipts.moment(reportId));
      return answer(await this.receipts.take(tx, context, accepted, request.principal));
    });
  }

  find(principal: Principal, reportId: string): Promise<ReportView> {
    return this.work.read(principal, async (tx) => {
      const report = await this.store.find(tx, reportId);
      if (!report) throw notFound();
      return report;
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

const answer = (body: ReportAccepted): Answer<ReportAccepted> =>
  new Answer(202, body, { location: `/v1/reports/${body.reportId}` });

/** The organisation's own number names one report: the same content is that report again, another belongs to its revisions. */
function sameAgain(earlier: ReportView, report: ReportForm): Answer<ReportAccepted> {
  const { reportId, receivedAt, deadlines, receipt } = earlier;
  if (earlier.digest === digestOf(report)) return answer({ reportId, receivedAt, deadlines, receipt });
  throw new ProblemError(
    'conflict',
    `The externalId ${report.externalId} names report ${reportId}, which has another content. Use another externalId for another incident.`,
    { reportId, report: `/v1/reports/${reportId}` },
  );
}
