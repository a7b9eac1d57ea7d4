import type { EventData, ReceiptPayload, ReportForm } from '@sekisho/contracts';
import { digestOf } from '@sekisho/signing';
import type { Organisation } from '../organisations/organisation-register.js';
import { type Deadline, deadlinesOf } from './deadlines.js';

export type SubmittedReport = EventData<'intake.reports.v1', 'report-submitted.v1'>;

/** A report that was accepted, before it is stored. */
export interface Accepted {
  readonly reportId: string;
  readonly contactRef: string;
  readonly receivedAt: string;
  readonly organisation: Organisation;
  readonly report: ReportForm;
  readonly digest: string;
  readonly deadlines: Deadline[];
  /** Mandatory reports go further by law, voluntary ones by consent alone. */
  readonly forwarded: boolean;
}

/** What is made of a valid report at the moment of its receipt. */
export function accept(
  report: ReportForm,
  organisation: Organisation,
  { reportId, contactRef, receivedAt }: { reportId: string; contactRef: string; receivedAt: string },
): Accepted {
  return {
    reportId,
    contactRef,
    receivedAt,
    organisation,
    report,
    digest: digestOf(report),
    deadlines: deadlinesOf(report, { reportId, receivedAt }),
    forwarded: report.basis === 'MANDATORY' || report.consent.forward,
  };
}

export const receiptOf = (
  { reportId, digest, receivedAt, organisation }: Accepted,
  number: number,
): ReceiptPayload => ({
  reportId,
  number,
  digest,
  receivedAt,
  organisation: organisation.id,
});

/** The report as it leaves intake: the contact stays here, a reference goes. */
export function submitted(accepted: Accepted, number: number): SubmittedReport {
  const { reportId, receivedAt, organisation, report, contactRef, digest, deadlines } = accepted;
  const { contact: _stays, ...content } = report;
  return {
    reportId,
    number,
    receivedAt,
    organisation: { id: organisation.id, name: organisation.nameEn, sector: organisation.sector },
    report: { ...content, contactRef },
    digest,
    deadlines,
  };
}
