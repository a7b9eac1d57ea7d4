import type { Finding, ReceiptPayload, ReportForm } from '@sekisho/contracts';
import type { AnyNewEvent } from '@sekisho/messaging';
import { invalid, type ProblemError } from '@sekisho/service';
import { type Accepted, receiptOf, submitted } from '../reports/accept.js';
import { closed, fixed, withdrawn } from './refusals.js';
import type { NewRevision, ReportState, StoredRevision } from './report-state.js';

const at = (time: string): number => Date.parse(time);

/** Why a report cannot be revised like this; null where it can. */
export function revisionRefusal(
  state: ReportState,
  report: ReportForm,
  reason: string | undefined,
): ProblemError | null {
  if (state.withdrawal !== null) return withdrawn(state.withdrawal.withdrawnAt);
  const changed = changedForGood(state, report);
  if (changed.length > 0) return fixed(changed);
  if (reason !== undefined) return null;
  if (state.closed) return closed();
  const silent: Finding[] = [];
  if (report.stage === 'INITIAL') silent.push({ pointer: '/reason', code: 'reason-for-initial' });
  if (at(report.recognisedAt) !== at(state.latest.report.recognisedAt)) {
    silent.push({ pointer: '/reason', code: 'reason-for-time' });
  }
  return silent.length > 0 ? invalid(silent) : null;
}

/** What stays as it is whatever is found out. All else may be another in each revision. */
function changedForGood({ externalId, latest, consent }: ReportState, report: ReportForm): Finding[] {
  const findings: Finding[] = [];
  const { basis } = latest.report;
  if (report.externalId !== undefined && report.externalId !== externalId) {
    const pointer = '/externalId';
    if (externalId === null) findings.push({ pointer, code: 'external-id-none' });
    else findings.push({ pointer, code: 'external-id-differs', values: { externalId } });
  }
  if (basis === 'MANDATORY' && report.basis === 'VOLUNTARY') findings.push({ pointer: '/basis', code: 'duty-stays' });
  if (basis === 'VOLUNTARY' && report.basis === 'VOLUNTARY' && report.consent.forward !== consent.forward) {
    const values = { forward: String(consent.forward) };
    findings.push({ pointer: '/consent/forward', code: 'consent-differs', values });
  }
  return findings;
}

/** A report as it is after an accepted revision, with what the next one holds on to. */
export function revise(state: ReportState, accepted: Accepted, reason: string | undefined): NewRevision {
  const { receivedAt, report, contactRef, digest, warnings } = accepted;
  return {
    revision: state.latest.revision + 1,
    receivedAt,
    report,
    contactRef,
    digest,
    previousDigest: state.latest.digest,
    reason: reason ?? null,
    warnings,
  };
}

export const revisionReceipt = (
  state: ReportState,
  accepted: Accepted,
  { revision }: StoredRevision,
): ReceiptPayload => ({
  ...receiptOf(accepted, state.number),
  revision,
  previousDigest: state.latest.digest,
});

type Leaving = Pick<ReportState, 'reportId' | 'number' | 'receivedAt' | 'channel' | 'forwardedRevision' | 'deadlines'>;
type Sender = Accepted['organisation'];

export const about = (reportId: string) => ({ topic: 'intake.reports.v1', key: reportId, subject: reportId }) as const;

/** A revision on its way out: as the report itself where none of it has gone out yet, else as its revision. */
export function leavingEvent(report: Leaving, stored: StoredRevision, organisation: Sender): AnyNewEvent {
  const { reportId, number, deadlines } = report;
  const told = { ...stored, deadlines, reportId, organisation };
  const { revision, previousDigest, reason } = stored;
  if (report.forwardedRevision === null || previousDigest === null) {
    const whole = submitted(told, number, report.channel ?? undefined);
    const data = { ...whole, receivedAt: report.receivedAt, revision, released: true } as const;
    return { ...about(reportId), type: 'report-submitted.v1', data };
  }
  return {
    ...about(reportId),
    type: 'report-revised.v1',
    data: { ...submitted(told, number), revision, previousDigest, reason },
  };
}

/** That there is a revision which stays here. */
export const heldBackEvent = (
  reportId: string,
  { receivedAt, digest, revision, previousDigest }: StoredRevision,
): AnyNewEvent => ({
  ...about(reportId),
  type: 'report-withheld.v1',
  data: { reportId, receivedAt, digest, revision, ...(previousDigest === null ? {} : { previousDigest }) },
});
