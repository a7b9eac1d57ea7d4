import { z } from 'zod';
import { digest, id, instant, ref, text } from '../primitives.js';
import { reportForm } from '../report-form.js';
import { STAGE_RULES_TOLD } from '../stage-rules.js';
import { reportAccepted, reportWithdrawal } from './intake.js';

/** Number of a revision, as a path or a query names it: the first is 1. */
export const revisionNumber = z.coerce.number().int().min(1).max(999_999_999);

/** Query of `GET /v1/reports/{id}`. */
export const reportQuery = z.strictObject({ revision: revisionNumber.optional() });
export type ReportQuery = z.infer<typeof reportQuery>;

/**
 * Body of `POST /v1/reports/{id}/revisions`: the whole report anew. `reason` says why it corrects: needed where the stage is INITIAL, and
 * once a FINAL report has closed the duty.
 */
export const revisionForm = reportForm.safeExtend({ reason: text(2000).optional() }).meta(STAGE_RULES_TOLD);
export type RevisionForm = z.infer<typeof revisionForm>;

/** Answer to a revision. The receipt names the revision and the digest of the one before it. */
export const reportRevised = reportAccepted.extend({ revision: z.int(), digest, previousDigest: digest });
export type ReportRevised = z.infer<typeof reportRevised>;

/** One line of a report's history. */
export const revisionView = z.object({
  revision: z.int(),
  stage: reportForm.shape.stage,
  basis: reportForm.shape.basis,
  receivedAt: instant,
  /** The client that sent it, as its issuer knows it. */
  by: z.string(),
  digest,
  previousDigest: digest.nullable(),
  reason: z.string().nullable(),
  /** Whether this revision went further. */
  forwarded: z.boolean(),
  /** It was the latest when the report was withdrawn. */
  withdrawn: z.boolean(),
});
export type RevisionView = z.infer<typeof revisionView>;

export const revisionPage = z.object({
  items: z.array(revisionView),
  next: z.string().nullable(),
  withdrawal: reportWithdrawal.nullable(),
});
export type RevisionPage = z.infer<typeof revisionPage>;

/** One thing in which two revisions differ. */
export const reportChange = z.object({
  /** JSON pointer into the later named revision; into the first named one for what was removed. */
  pointer: z.string(),
  change: z.enum(['ADDED', 'REMOVED', 'CHANGED']),
  /** Of the server or target that it is, or is in: these are told apart by ref, wherever in their list they stand. */
  ref: ref.optional(),
  before: z.json().optional(),
  after: z.json().optional(),
});
export type ReportChange = z.infer<typeof reportChange>;

/** Answer of `GET /v1/reports/{id}/revisions/{a}/diff/{b}`. Of the contact it says no more than that it is another. */
export const reportDiff = z.object({
  reportId: id,
  from: z.object({ revision: z.int(), digest }),
  to: z.object({ revision: z.int(), digest }),
  changes: z.array(reportChange),
});
export type ReportDiff = z.infer<typeof reportDiff>;

/** Body of `POST /v1/reports/{id}/withdrawal`. */
export const withdrawalBody = z.strictObject({ reason: text(2000) });
export type WithdrawalBody = z.infer<typeof withdrawalBody>;

export const reportWithdrawn = reportWithdrawal.extend({ reportId: id, digest });
export type ReportWithdrawn = z.infer<typeof reportWithdrawn>;

/** Body of `PUT /v1/reports/{id}/consent`. */
export const consentBody = z.strictObject({ forward: z.boolean(), reason: text(2000).optional() });
export type ConsentBody = z.infer<typeof consentBody>;

/** Answer to a statement of consent: what it brought about, and what it cannot change any more. */
export const consentStated = z.object({
  reportId: id,
  forward: z.boolean(),
  /** When this consent was first stated as it stands. */
  statedAt: instant,
  /**
   * `RELEASED`: the report, or what was held back of it, has gone out. `STOPPED`: no more goes out from now on. `RECORDED`: it is on
   * record, and nothing waited for it. `UNCHANGED`: it was so before. `NO_EFFECT`: the report is mandatory, and goes out by law.
   */
  effect: z.enum(['RELEASED', 'STOPPED', 'RECORDED', 'UNCHANGED', 'NO_EFFECT']),
  /** The latest revision that has gone out, null where none has. What has gone cannot be called back. */
  forwardedRevision: z.int().nullable(),
  detail: z.string(),
});
export type ConsentStated = z.infer<typeof consentStated>;
