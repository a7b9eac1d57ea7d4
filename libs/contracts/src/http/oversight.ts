import { z } from 'zod';
import { ruling, rulingOutcome } from '../events/oversight.js';
import { commissionRequest } from '../events/tasking.js';
import { digest, id, instant, text } from '../primitives.js';
import { actor } from '../roles.js';

/** A request to the commission, with what became of it. */
export const commissionRequestView = commissionRequest.extend({
  state: z.enum(['PENDING', 'RULED', 'STALE']),
  rulingId: id.nullable(),
});
export type CommissionRequestView = z.infer<typeof commissionRequestView>;
export const commissionRequestPage = z.object({ items: z.array(commissionRequestView), next: z.string().nullable() });

export const rulingBody = z
  .strictObject({
    requestId: id,
    scopeDigest: digest,
    outcome: rulingOutcome,
    reason: text(10_000),
    validUntil: instant.optional(),
  })
  .refine(({ outcome, validUntil }) => outcome !== 'APPROVED' || validUntil !== undefined, {
    path: ['validUntil'],
    message: 'is needed for an approval',
  });
export type RulingBody = z.infer<typeof rulingBody>;

/** The second member may enter the outcome again: another one than that on record confirms nothing. */
export const rulingConfirmationBody = z.strictObject({ outcome: rulingOutcome.optional() });
export type RulingConfirmationBody = z.infer<typeof rulingConfirmationBody>;

export const rulingView = ruling.extend({ confirmedBy: actor.nullable(), confirmedAt: instant.nullable() });
export type RulingView = z.infer<typeof rulingView>;
export const rulingPage = z.object({ items: z.array(rulingView), next: z.string().nullable() });

const count = z.int().min(0);
const counts = z.record(z.string(), count);
/** Times in seconds; null where nothing was measured. */
const stage = z.object({
  count,
  medianSeconds: z.number().nullable(),
  p90Seconds: z.number().nullable(),
  longestSeconds: z.number().nullable(),
});

/** The figures of one period; null is "not collected", which is not zero. */
export const figuresView = z.object({
  reports: z.object({
    received: count,
    withheld: count,
    /** Withheld at first, and passed on later. They were counted as received when they came. */
    released: count,
    revised: count,
    withdrawn: count,
    byForm: counts,
    bySector: counts,
    byBasis: counts,
  }),
  intake: z.object({
    /** Deadlines of reports that passed without what they asked for; those that apply for certain alone. */
    deadlinesMissed: count,
  }),
  incidents: z.object({ opened: count, confirmed: count, factsContested: count }),
  determinations: z.object({ byOutcome: counts, byBasis: counts }),
  nsc: z.object({
    reviewsOpened: count,
    reviewsSuperseded: count,
    meetings: count,
    urgentMeetings: count,
    substitutes: count,
    recusals: count,
    decisions: count,
    approved: count,
    /** Approvals that were taken back; `approved` still counts them. */
    withdrawn: count,
    byOutcome: counts,
  }),
  commission: z.object({
    openingStock: count,
    asked: count,
    ruled: count,
    closingStock: count,
    approved: count,
    refused: count,
    returned: count,
    justified: count,
    unjustified: count,
    urgent: count,
  }),
  evidence: z.object({ confirmedBySafeguard: counts }),
  orders: z.object({
    drafted: count,
    refused: count,
    refusedByMissing: counts,
    issued: count,
    byExecutor: counts,
    acknowledged: count,
    declined: count,
    executing: count,
    completed: count,
    failed: count,
    notExecuted: count,
    stopRequested: count,
    stopped: count,
    suspended: count,
    resumed: count,
    serversTouched: count,
    returnsRejected: count,
  }),
  stages: z.record(z.string(), stage),
  complaints: z.null(),
  inspections: z.null(),
});
export type FiguresView = z.infer<typeof figuresView>;

export const periodicReport = z.object({
  period: z.object({
    name: z.string(),
    from: instant,
    to: instant,
    label: z.object({ en: z.string(), ja: z.string() }),
  }),
  generatedAt: instant,
  /** What the figures rest on: the recorded events of each topic up to now, and numbers that are missing among them. */
  basis: z.array(
    z.object({
      topic: z.string(),
      events: count,
      first: z.string().nullable(),
      last: z.string().nullable(),
      missing: count,
    }),
  ),
  figures: figuresView,
  /** Orders issued in the period, put to `authorise` again from the owners' recorded events alone. */
  reauthorised: z.array(z.object({ orderId: id, incidentId: id, stands: z.boolean(), reasons: z.array(z.string()) })),
});
export type PeriodicReport = z.infer<typeof periodicReport>;
