import { Injectable } from '@nestjs/common';
import {
  type Language,
  type OnBehalfOf,
  type ReportAccepted,
  type ReportForm,
  type ReportSummary,
  type ReportView,
} from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import {
  Answer,
  Clock,
  notFound,
  type Page,
  pageOf,
  type PageQuery,
  positionOf,
  Work,
  type WorkRequest,
} from '@sekisho/service';
import type { Tx } from '../database.js';
import { etagOf } from '../revisions/etag.js';
import { ReportWriter } from './report-writer.js';
import { ReportStore, type StoredReport } from './report.store.js';
import { shown } from './shown.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Accepts reports: stored, numbered, receipted and on their way in one transaction, or not at all. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: ReportStore,
    private readonly writer: ReportWriter,
    private readonly clock: Clock,
  ) {}

  /** `onBehalfOf`: for whom staff enter it, and how it came. */
  submit(request: WorkRequest, report: ReportForm, onBehalfOf?: OnBehalfOf): Promise<Answer<ReportAccepted>> {
    return this.writer.write(request, report, { onBehalfOf });
  }

  /** The latest revision, or the one of that number. */
  find(principal: Principal, reportId: string, language: Language, revision?: number): Promise<Answer<ReportView>> {
    return this.work.read(principal, async (tx) => {
      const report = await this.store.find(tx, reportId, revision);
      if (!report) throw notFound();
      return new Answer(200, inLanguage(report, this.clock.now(), language), { etag: etagOf(report.revision) });
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

const inLanguage = (report: StoredReport, at: Date, language: Language): ReportView => ({
  ...report,
  ...shown(report, at, language),
});
