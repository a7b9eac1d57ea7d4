import {
  type EntryChannel,
  type EventData,
  type Finding,
  type KeptReport,
  LATER_PARTS,
  type ReceiptPayload,
  type ReportForm,
} from '@sekisho/contracts';
import { digestOf } from '@sekisho/signing';
import { type Clock, clocksOf, type Deadline, toDeadline } from '../deadlines/clock.js';
import { asOf } from '../organisations/designation.js';
import type { Organisation } from '../organisations/organisation-register.js';
import { registerDifferences } from './register-differences.js';
import { warningsOf } from './warnings.js';

export type SubmittedReport = EventData<'intake.reports.v1', 'report-submitted.v1'>;

/** A report that was accepted, before it is stored. */
export interface Accepted {
  readonly reportId: string;
  readonly contactRef: string;
  readonly receivedAt: string;
  /** As it counts at the receipt. */
  readonly organisation: Organisation;
  readonly report: ReportForm;
  readonly digest: string;
  readonly deadlines: Clock[];
  /** As they were found at receipt, before they have a language. */
  readonly warnings: Finding[];
  /** Mandatory reports go further by law, voluntary ones by consent alone. */
  readonly forwarded: boolean;
}

/** What is made of a valid report, with no fault of its times, at the moment of its receipt. */
export function accept(
  report: ReportForm,
  registered: Organisation,
  {
    reportId,
    contactRef,
    receivedAt,
    digest = digestOf(report),
  }: { reportId: string; contactRef: string; receivedAt: string; digest?: string },
): Accepted {
  const organisation = asOf(registered, receivedAt);
  const deadlines = clocksOf(report, organisation, { reportId, receivedAt });
  return {
    reportId,
    contactRef,
    receivedAt,
    organisation,
    report,
    digest,
    deadlines,
    warnings: warningsOf(report, organisation, { receivedAt, deadlines }),
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

const NO_TARGET = { ref: 'unknown', name: 'UNKNOWN', kind: 'UNKNOWN', country: 'ZZ' } as const;
const NO_IMPACT = { services: 'UNKNOWN', personalData: 'UNKNOWN' } as const;

/** What there must be of a report that leaves. */
type Leaving = Pick<Accepted, 'reportId' | 'receivedAt' | 'organisation' | 'contactRef' | 'digest'> & {
  readonly report: KeptReport;
  readonly warnings: readonly Finding[];
  readonly deadlines: readonly Deadline[];
};

/**
 * The report as it leaves intake: the contact stays here, a reference goes. What the report leaves out is stood in for by what claims
 * nothing, since readers of this event were promised every part; `notYetKnown` says so. `channel`: staff entered it.
 */
export function submitted(accepted: Leaving, number: number, channel?: EntryChannel): SubmittedReport {
  const { reportId, receivedAt, organisation, report, contactRef, digest, deadlines, warnings } = accepted;
  const { contact: _stays, ...content } = report;
  const differences = registerDifferences(report, warnings);
  const notYetKnown = LATER_PARTS.filter((part) => report[part] === undefined);
  return {
    reportId,
    number,
    receivedAt,
    organisation: { id: organisation.id, name: organisation.nameEn, sector: organisation.sector },
    report: {
      ...content,
      summary: report.summary ?? report.title,
      targets: report.targets ?? [NO_TARGET],
      servers: report.servers ?? [],
      impact: report.impact ?? NO_IMPACT,
      indicators: report.indicators ?? [],
      contactRef,
      ...(notYetKnown.length > 0 ? { notYetKnown } : {}),
    },
    digest,
    deadlines: deadlines.map(toDeadline),
    ...(channel === undefined ? {} : { channel }),
    ...(differences.length > 0 ? { registerDifferences: differences } : {}),
  };
}
