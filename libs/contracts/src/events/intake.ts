import { z } from 'zod';
import { digest, id, instant } from '../primitives.js';
import { entryChannel, forwardedReport, reportBasis, sector } from '../report-form.js';
import { actor } from '../roles.js';
import { recordViewed } from './readings.js';

/** Whether a rule concerns a report for certain, or only if something turns out that the report leaves open. */
export const applies = z.enum(['APPLIES', 'IF_CONFIRMED']);

export const deadline = z.object({
  regime: z.string(),
  kind: z.string(),
  dueAt: instant,
  metBy: z.string().nullable(),
  /** Events of earlier releases do not say it: theirs all applied. */
  applies: applies.optional(),
});

/** What a report says otherwise than the register at its receipt: that value, and what follows from the register instead. */
export const registerDifference = z.object({ pointer: z.string(), reported: z.string(), registered: z.string() });
export type RegisterDifference = z.infer<typeof registerDifference>;

/** One clock of a report that has gone on: the report, whose it is, and what was due when. */
const clockTold = z.object({
  reportId: id,
  organisation: z.string(),
  basis: reportBasis,
  regime: z.string(),
  kind: z.string(),
  applies,
  dueAt: instant,
});

export const intakeEvents = {
  /** A report was accepted. `organisation` is the reporting one, as registered; the digest is over the report in full. */
  'report-submitted.v1': z.object({
    reportId: id,
    number: z.int(),
    receivedAt: instant,
    organisation: z.object({ id: z.string(), name: z.string(), sector }),
    report: forwardedReport,
    digest,
    deadlines: z.array(deadline),
    /** The revision that this is, where it is not the first. */
    revision: z.int().optional(),
    /** It was withheld until now. */
    released: z.literal(true).optional(),
    /** Staff entered it for its organisation, as it came by this channel. */
    channel: entryChannel.optional(),
    registerDifferences: z.array(registerDifference).optional(),
  }),
  /**
   * A voluntary report without consent: it stays with intake, and only that it exists goes further. `revision` and `previousDigest` are
   * there for a later revision of it; `receivedAt` is then the revision's.
   */
  'report-withheld.v1': z.object({
    reportId: id,
    receivedAt: instant,
    digest,
    revision: z.int().optional(),
    previousDigest: digest.optional(),
  }),
  /** A report that went out before has a new revision: the whole of it, not what changed. `receivedAt` is the revision's. */
  'report-revised.v1': z.object({
    reportId: id,
    number: z.int(),
    revision: z.int(),
    receivedAt: instant,
    organisation: z.object({ id: z.string(), name: z.string(), sector }),
    report: forwardedReport,
    digest,
    /** Of the revision before it, whether that went out or not. */
    previousDigest: digest,
    /** Why, where it corrects. */
    reason: z.string().nullable(),
    deadlines: z.array(deadline),
    registerDifferences: z.array(registerDifference).optional(),
  }),
  /** Its organisation does not stand by the report any more. The reason stays with intake where the report does. */
  'report-withdrawn.v1': z.object({
    reportId: id,
    revision: z.int(),
    digest,
    reason: z.string().nullable(),
    withdrawnAt: instant,
  }),
  /** Of a voluntary report of which this revision, and none later, has gone out: no more of it will, until consent is given again. */
  'consent-withdrawn.v1': z.object({
    reportId: id,
    forwardedRevision: z.int(),
    reason: z.string().nullable(),
    withdrawnAt: instant,
  }),
  /** Consent that was withdrawn is given again. What was held back meanwhile follows as an event of its own. */
  'consent-given.v1': z.object({ reportId: id, givenAt: instant }),
  /** Whom to contact about the report, in any revision until then, nobody can find out any more. */
  'contact-erased.v1': z.object({ reportId: id, erasedAt: instant }),
  /** Analysts want to know more. `organisation` is the reporting one. */
  'question-asked.v1': z.object({
    questionId: id,
    reportId: id,
    organisation: z.string(),
    text: z.string(),
    answerBy: instant.nullable(),
    askedBy: actor,
    askedAt: instant,
  }),
  /** The partner has answered, perhaps not for the first time. Where consent does not stand, the text stays with intake and is null. */
  'question-answered.v1': z.object({
    answerId: id,
    questionId: id,
    reportId: id,
    organisation: z.string(),
    text: z.string().nullable(),
    answeredAt: instant,
  }),
  /** Read here; what is read of a case is told by classification. */
  'record-viewed.v1': recordViewed,
  /** A deadline is near and what it asks for has not come. Told once, and not where the end had come before anybody looked. */
  'deadline-approaching.v1': clockTold,
  /** A deadline has passed. `metAt` says when what it asks for came, too late, if it has. Told once. */
  'deadline-missed.v1': clockTold.extend({ metAt: instant.nullable() }),
};
