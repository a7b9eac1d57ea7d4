import { Injectable } from '@nestjs/common';
import { type Language, type ReportForm, type ReportRevised } from '@sekisho/contracts';
import { type EventContext, Outbox } from '@sekisho/messaging';
import { Clock as Time, Ids, invalid } from '@sekisho/service';
import { KeySet } from '@sekisho/signing';
import type { Tx } from '../database.js';
import type { Organisation } from '../organisations/organisation-register.js';
import type { Clock } from '../deadlines/clock.js';
import { clocksOfReport, forwardClocks, meetClocks, reviseClocks, startedClocks } from '../deadlines/clock-rows.js';
import { accept, type Accepted } from '../reports/accept.js';
import { shown } from '../reports/shown.js';
import { faultsOfTimes } from '../reports/times.js';
import type { ReportState } from './report-state.js';
import { heldBackEvent, leavingEvent, revise, revisionReceipt } from './revise.js';
import { type Provenance, RevisionStore } from './revision.store.js';

/** Stores a revision with its receipt and sends it on, or says that it stays. */
@Injectable()
export class RevisionDesk {
  constructor(
    private readonly store: RevisionStore,
    private readonly outbox: Outbox,
    private readonly keys: KeySet,
    private readonly time: Time,
    private readonly ids: Ids,
  ) {}

  async take(
    tx: Tx,
    context: EventContext,
    state: ReportState,
    { report, reason, organisation }: { report: ReportForm; reason: string | undefined; organisation: Organisation },
    { recordedBy, language }: { recordedBy: string; language: Language },
  ): Promise<ReportRevised> {
    const { reportId } = state;
    const receivedAt = this.time.now().toISOString();
    const faults = faultsOfTimes(report, receivedAt);
    if (faults.length > 0) throw invalid(faults);
    const accepted = accept(report, organisation, { reportId, contactRef: this.ids.next(), receivedAt });
    const clocks = await this.goOn(tx, context, accepted, state.latest.revision + 1, recordedBy);
    const stored = revise(state, accepted, reason);
    const receipt = await this.keys.sign(revisionReceipt(state, accepted, stored), 'sekisho-receipt+jws');
    const by: Provenance = { ...context, organisationId: organisation.id, recordedBy };
    await this.store.add(tx, reportId, stored, receipt, by);
    const { revision, digest } = stored;
    if (accepted.forwarded) {
      await this.store.addRelease(tx, reportId, revision, receivedAt, by);
      await this.outbox.append(tx, context, leavingEvent({ ...state, deadlines: clocks }, stored, organisation));
    } else {
      await this.outbox.append(tx, context, heldBackEvent(reportId, stored));
    }
    const previousDigest = state.latest.digest;
    const { deadlines, warnings } = shown({ ...stored, deadlines: clocks }, new Date(receivedAt), language);
    return { reportId, revision, receivedAt, digest, previousDigest, deadlines, warnings, receipt };
  }

  /** The clocks of the report with a revision more, as they are then. */
  private async goOn(
    tx: Tx,
    { correlationId }: EventContext,
    accepted: Accepted,
    revision: number,
    recordedBy: string,
  ): Promise<Clock[]> {
    const { reportId, report, receivedAt, forwarded } = accepted;
    const rows = startedClocks(accepted, recordedBy, correlationId).map((row) => ({ ...row, revision }));
    await reviseClocks(tx, reportId, rows, receivedAt);
    await meetClocks(tx, reportId, report.stage, receivedAt, revision);
    await forwardClocks(tx, reportId, forwarded);
    return clocksOfReport(tx, reportId);
  }
}
