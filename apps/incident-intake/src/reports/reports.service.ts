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
  type Answer,
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
import { showDeadlines } from '../deadlines/deadline-view.js';
import { ReportWriter } from './report-writer.js';
import { type KeptReport, ReportStore } from './report.store.js';

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

  submit(request: WorkRequest, report: ReportForm): Promise<Answer<ReportAccepted>> {
    return this.writer.write(request, report);
  }

  find(principal: Principal, reportId: string, language: Language): Promise<ReportView> {
    return this.work.read(principal, async (tx) => {
      const report = await this.store.find(tx, reportId);
      if (!report) throw notFound();
      return inLanguage(report, this.clock.now(), language);
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

const inLanguage = (report: KeptReport, at: Date, language: Language): ReportView => ({
  ...report,
  deadlines: showDeadlines(report.deadlines, at, language),
  warnings: report.warnings.map((warning) => tell(warning, language)),
});
