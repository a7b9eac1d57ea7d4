import { z } from 'zod';
import { digest, id, instant } from '../primitives.js';
import { forwardedReport, sector } from '../report-form.js';

export const deadline = z.object({
  regime: z.string(),
  kind: z.string(),
  dueAt: instant,
  metBy: z.string().nullable(),
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
};
