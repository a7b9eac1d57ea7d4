import { OBLIGATION_KINDS } from '@sekisho/guideline';
import { z } from 'zod';
import { evidenceRecord, outstandingSafeguard, standingAnswer } from '../events/tasking.js';
import { commissionTiming, executor, safeguardKind } from '../facts.js';
import { agency, orderState, returnPayload } from '../order.js';
import { digest, id, instant, ref, text } from '../primitives.js';
import { actor } from '../roles.js';

/** What an office records: decisions of the NSC and rulings of the commission come by event alone. */
export const evidenceBody = z.strictObject({
  safeguard: z.enum(['FOREIGN_MINISTER_CONSULTATION', 'PRIME_MINISTER_ORDER', 'NPSC_CONSENT']),
  scopeDigest: digest,
  reference: text(300),
  documentDigest: digest,
  signatory: text(300),
  signedAt: instant,
  validUntil: instant,
  /** The servers that the consultation was about; all of the scope's where it is left out. */
  servers: z.array(ref).min(1).max(1000).optional(),
});
export type EvidenceBody = z.infer<typeof evidenceBody>;

export const evidenceView = evidenceRecord.extend({ confirmedBy: actor.nullable(), confirmedAt: instant.nullable() });
export type EvidenceView = z.infer<typeof evidenceView>;

export const commissionRequestBody = z
  .strictObject({ scopeDigest: digest, timing: commissionTiming, whyNoTime: text(4000).optional() })
  .refine(({ timing, whyNoTime }) => timing === 'PRIOR' || whyNoTime !== undefined, {
    path: ['whyNoTime'],
    message: 'is needed where the commission is notified afterwards',
  });
export type CommissionRequestBody = z.infer<typeof commissionRequestBody>;

export const commissionRequested = z.object({
  requestId: id,
  incidentId: id,
  scopeDigest: digest,
  timing: commissionTiming,
});
export type CommissionRequested = z.infer<typeof commissionRequested>;

/** One safeguard that the case needs, and whether it is there. */
export const safeguardStatus = z.object({
  kind: safeguardKind,
  met: z.boolean(),
  reason: z.string().nullable(),
  suppliedBy: z.string(),
  validUntil: instant.nullable(),
});

export const safeguardsView = z.object({
  incidentId: id,
  scopeDigest: digest.nullable(),
  standing: z.boolean(),
  safeguards: z.array(safeguardStatus),
  outstanding: z.array(outstandingSafeguard),
  evidence: z.array(evidenceView),
});
export type SafeguardsView = z.infer<typeof safeguardsView>;

export const orderBody = z.strictObject({ incidentId: id, scopeDigest: digest, executor });
export type OrderBody = z.infer<typeof orderBody>;

export const revocationBody = z.strictObject({ reason: text(4000) });
export type RevocationBody = z.infer<typeof revocationBody>;

/** What an agency says that it did between a stop and its answer, or after both. */
export const actAfterStop = z.object({
  agency,
  kind: returnPayload.shape.kind,
  /** By the agency's clock. */
  at: instant,
  serversTouched: z.array(ref),
  recordedAt: instant,
  /** Whether it was a legal step of the order; if not, why. */
  accepted: z.boolean(),
  reason: z.string().nullable(),
});
export type ActAfterStop = z.infer<typeof actAfterStop>;

export const orderView = z.object({
  orderId: id,
  incidentId: id,
  scopeDigest: digest,
  executor,
  state: orderState,
  version: z.int(),
  draftedBy: actor,
  draftedAt: instant,
  issuedBy: actor.nullable(),
  issuedAt: instant.nullable(),
  notBefore: instant.nullable(),
  notAfter: instant.nullable(),
  acknowledgeBy: instant.nullable(),
  conditions: z.array(z.string()),
  agencies: z.array(z.object({ agency, state: orderState })),
  standing: z.array(standingAnswer),
  history: z.array(
    z.object({
      from: orderState,
      to: orderState,
      at: instant,
      agency: agency.nullable(),
      reason: z.string().nullable(),
    }),
  ),
  /** Listed apart, in the order in which they came. */
  afterStop: z.array(actAfterStop),
});
export type OrderView = z.infer<typeof orderView>;

/** Something owed after an order. `metAt` later than `dueAt` is met late; OVERDUE is past it and not met. */
export const obligation = z.object({
  kind: z.enum(OBLIGATION_KINDS),
  owedBy: z.enum(['agency-npa', 'agency-sdf', 'tasking-officer']),
  dueAt: instant,
  metAt: instant.nullable(),
  state: z.enum(['OPEN', 'MET', 'OVERDUE']),
  provision: z.string(),
});

/** One order with what is owed after it, as it stands at the moment of the answer. */
export const orderDetail = orderView.extend({ obligations: z.array(obligation) });
export type OrderDetail = z.infer<typeof orderDetail>;

export const orderPage = z.object({ items: z.array(orderView), next: z.string().nullable() });

export const returnRecorded = z.object({
  orderId: id,
  state: orderState,
  accepted: z.boolean(),
  reason: z.string().nullable(),
});
export type ReturnRecorded = z.infer<typeof returnRecorded>;
