import { Injectable } from '@nestjs/common';
import { type ReportAccepted, reportForm, type ReportForm } from '@sekisho/contracts';
import { Answer, Clock, faultsOf, Ids, invalid, notFound, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { ReportWriter } from '../reports/report-writer.js';
import { ReportStore } from '../reports/report.store.js';
import { shown } from '../reports/shown.js';
import { type Draft, DraftStore } from './draft.store.js';

/**
 * Sends drafts. The report is written by the one writer, in a transaction of its own, so what can end in between is provided for: the
 * draft says beforehand which report it becomes, and no other is ever made of it.
 */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly drafts: DraftStore,
    private readonly reports: ReportStore,
    private readonly writer: ReportWriter,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Answers as `POST /v1/reports` does, also where an earlier attempt came as far as the report. */
  async submit(request: WorkRequest, draftId: string): Promise<Answer<ReportAccepted>> {
    await this.settleReport(request, draftId);
    // Whoever else sends or changes the draft waits until it is gone.
    return this.work.run(request, [draftId], async (tx) => {
      const draft = await this.drafts.findToSend(tx, draftId);
      if (draft === null || draft.reportId === null) throw notFound();
      const answer =
        (await this.sentBefore(tx, request, draft.reportId)) ?? (await this.send(request, draft, draft.reportId));
      await this.drafts.remove(tx, draftId);
      return answer;
    });
  }

  /** The report's id stands before the report: whatever ends after this, a next attempt knows it. */
  private settleReport({ principal }: WorkRequest, draftId: string): Promise<void> {
    return this.work.read(principal, async (tx) => {
      const draft = await this.drafts.findToSend(tx, draftId);
      if (draft?.reportId === null) await this.drafts.becomes(tx, draft, this.ids.next());
    });
  }

  private async sentBefore(
    tx: Tx,
    { language }: WorkRequest,
    reportId: string,
  ): Promise<Answer<ReportAccepted> | undefined> {
    const report = await this.reports.find(tx, reportId, 1);
    if (report === null) return undefined;
    const { receivedAt, receipt } = report;
    const body = { reportId, receivedAt, ...shown(report, this.clock.now(), language), receipt };
    return new Answer(202, body, { location: `/v1/reports/${reportId}`, 'content-language': language });
  }

  /** The Idempotency-Key is the submission's, and its answer is kept with that. */
  private send(request: WorkRequest, { report }: Draft, reportId: string): Promise<Answer<ReportAccepted>> {
    const form = parsed(report, request);
    return this.writer.write({ ...request, idempotencyKey: undefined }, form, { reportId });
  }
}

function parsed(report: unknown, { language }: WorkRequest): ReportForm {
  const result = reportForm.safeParse(report, { reportInput: true });
  if (!result.success) throw invalid(faultsOf(result.error.issues, language));
  return result.data;
}
