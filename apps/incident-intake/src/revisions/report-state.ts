import type { EntryChannel, Finding, KeptReport, ReportForm, ReportWithdrawal } from '@sekisho/contracts';
import type { Deadline } from '../deadlines/clock.js';

/** One revision as it is on record. */
export interface StoredRevision {
  readonly revision: number;
  readonly receivedAt: string;
  readonly report: KeptReport;
  readonly contactRef: string;
  readonly digest: string;
  readonly previousDigest: string | null;
  readonly reason: string | null;
  /** As they were found at receipt, before they have a language. */
  readonly warnings: readonly Finding[];
}

/** One that is about to be. */
export type NewRevision = StoredRevision & { readonly report: ReportForm };

/** A report as it stands, behind its lock. */
export interface ReportState {
  readonly reportId: string;
  readonly number: number;
  readonly externalId: string | null;
  readonly receivedAt: string;
  /** How it came, where staff entered it. */
  readonly channel: EntryChannel | null;
  readonly latest: StoredRevision;
  readonly deadlines: readonly Deadline[];
  /** A final report has come: the duty is done, and what comes now corrects. */
  readonly closed: boolean;
  /** As it was last stated. `version` counts the statements after the receipt. */
  readonly consent: { readonly forward: boolean; readonly statedAt: string; readonly version: number };
  /** The latest that has gone out. */
  readonly forwardedRevision: number | null;
  readonly withdrawal: ReportWithdrawal | null;
}

/** Whether what is new of the report goes out: mandatory ones by law, voluntary ones by consent alone. */
export const goesOut = ({ latest, consent }: Pick<ReportState, 'latest' | 'consent'>): boolean =>
  latest.report.basis === 'MANDATORY' || consent.forward;
