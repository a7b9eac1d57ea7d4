import { z } from 'zod';
import { digest, id, instant } from '../primitives.js';
import { forwardedReport, reportBasis, sector } from '../report-form.js';

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
  }),
  /** A voluntary report without consent: it stays with intake, and only that it exists goes further. */
  'report-withheld.v1': z.object({ reportId: id, receivedAt: instant, digest }),
  /** A deadline is near and what it asks for has not come. Told once, and not where the end had come before anybody looked. */
  'deadline-approaching.v1': clockTold,
  /** A deadline has passed. `metAt` says when what it asks for came, too late, if it has. Told once. */
  'deadline-missed.v1': clockTold.extend({ metAt: instant.nullable() }),
};
