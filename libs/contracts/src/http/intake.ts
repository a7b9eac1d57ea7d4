import { z } from 'zod';
import { applies, deadline } from '../events/intake.js';
import { facts } from '../facts.js';
import { digest, id, instant, text } from '../primitives.js';
import { fault, problem, warning } from '../problem.js';
import { entryChannel, keptReport, reportForm } from '../report-form.js';
import { STAGE_RULES_TOLD } from '../stage-rules.js';

/** For whom staff enter a report that did not come over HTTP, and how it came. */
export const onBehalfOf = z.strictObject({ organisation: text(100), channel: entryChannel });
export type OnBehalfOf = z.infer<typeof onBehalfOf>;

/** Body of `POST /v1/reports`: a report, and where staff enter it, for whom. */
export const reportEntryForm = reportForm.safeExtend({ onBehalfOf: onBehalfOf.optional() }).meta(STAGE_RULES_TOLD);
export type ReportEntryForm = z.infer<typeof reportEntryForm>;

export const clockState = z.enum(['RUNNING', 'NEAR', 'MET', 'MISSED']);

/** A deadline as its reporter sees it, in its language and as it stands when it is looked at. */
export const deadlineView = deadline.extend({
  /** What is asked for. */
  title: z.string(),
  /** `IF_CONFIRMED`: only if something turns out that the report leaves open; until then it runs. */
  applies,
  state: clockState,
  /** Met after its end, or not met and past it. */
  late: z.boolean(),
  /** The date in Japan as people read it, with the time of day where the day does not end with it. */
  dueOn: z.string(),
});
export type DeadlineView = z.infer<typeof deadlineView>;

/** Answer to an accepted report: the clocks that it starts and the proof that it was received. */
export const reportAccepted = z.object({
  reportId: id,
  receivedAt: instant,
  deadlines: z.array(deadlineView),
  /** In the language of whoever asked; none where there is nothing to say. */
  warnings: z.array(warning),
  /** Compact JWS (`sekisho-receipt+jws`) over {@link receiptPayload}. */
  receipt: z.string(),
});
export type ReportAccepted = z.infer<typeof reportAccepted>;

/** What a receipt says: this report, with this content, was received then. */
export const receiptPayload = z.object({
  reportId: id,
  number: z.int(),
  digest,
  receivedAt: instant,
  organisation: z.string(),
  /** Of a later revision: which one, and the digest of the one before it. So each receipt holds on to the one before. */
  revision: z.int().optional(),
  previousDigest: digest.optional(),
});
export type ReceiptPayload = z.infer<typeof receiptPayload>;

/** That the organisation does not stand by its report any more: which revision was the last, and why. */
export const reportWithdrawal = z.object({ revision: z.int(), reason: z.string(), withdrawnAt: instant });
export type ReportWithdrawal = z.infer<typeof reportWithdrawal>;

/** A report as its own organisation sees it. */
export const reportView = reportAccepted.extend({
  number: z.int(),
  revision: z.int(),
  digest,
  /** Whether it went further: a voluntary report without consent stays with intake. */
  forwarded: z.boolean(),
  /** The contact is null once it has been erased. */
  report: keptReport,
  contactErasedAt: instant.optional(),
  /** Staff entered it, as it came by telephone or fax: of which organisation they are, and when. */
  enteredBy: z.object({ channel: entryChannel, organisation: z.string(), at: instant }).optional(),
  /** Of a later revision: when it came in, the digest of the one before it, and why it corrects. `receivedAt` is the report's. */
  revisedAt: instant.optional(),
  previousDigest: digest.optional(),
  reason: z.string().optional(),
  withdrawal: reportWithdrawal.optional(),
  /** Consent as it stands, where it was stated after the report came in. */
  consent: z.object({ forward: z.boolean(), statedAt: instant, reason: z.string().nullable() }).optional(),
});
export type ReportView = z.infer<typeof reportView>;

/** One line of the list of reports. */
export const reportSummary = z.object({
  reportId: id,
  number: z.int(),
  externalId: z.string().nullable(),
  title: z.string(),
  form: reportForm.shape.form,
  basis: reportForm.shape.basis,
  receivedAt: instant,
  forwarded: z.boolean(),
  withdrawn: z.literal(true).optional(),
});
export type ReportSummary = z.infer<typeof reportSummary>;

export const reportPage = z.object({ items: z.array(reportSummary), next: z.string().nullable() });

/** What a report would get if it were sent now. Nothing of it is stored. */
export const reportCheck = z.object({
  accepted: z.boolean(),
  /** Why it would be refused; empty where it would be accepted. */
  errors: z.array(fault),
  warnings: z.array(warning),
  /** `metBy` of one that the report would meet is the nil UUID: there is no report yet. */
  deadlines: z.array(deadlineView),
  /** Whether it would go further than intake. */
  forwarded: z.boolean(),
  /** With what facts its case would start, were it passed on; null where it would be refused. */
  firstFacts: facts.nullable(),
});
export type ReportCheck = z.infer<typeof reportCheck>;

/** Reports of other organisations that name what a report names too: perhaps of one attack. For analysts alone. */
export const similarReports = z.object({
  items: z.array(
    z.object({
      reportId: id,
      organisation: z.string(),
      title: z.string(),
      receivedAt: instant,
      /** The server addresses and indicator values that both name, as they were sent. */
      shared: z.array(z.string()),
    }),
  ),
});
export type SimilarReports = z.infer<typeof similarReports>;

/** One line of the answer to a batch: what became of one line of it, as if it had come alone. */
export const batchAnswer = z.object({
  /** Counted from 1. In CSV the line on which the record begins; the first has the names of the columns. */
  line: z.int(),
  status: z.int(),
  ...reportAccepted.partial().shape,
  problem: problem.optional(),
});
export type BatchAnswer = z.infer<typeof batchAnswer>;
