import { z } from 'zod';
import { commissionTiming, determination, executor, facts, safeguardKind, scope } from '../facts.js';
import { agency, orderPayload, orderState, returnPayload } from '../order.js';
import { digest, id, instant, ref } from '../primitives.js';
import { actor } from '../roles.js';

/** What is missing before an order may be given, and who can supply it. */
export const outstandingSafeguard = z.object({
  kind: safeguardKind,
  reason: z.string(),
  suppliedBy: z.string(),
  provision: z.string(),
  servers: z.array(ref).optional(),
  onlyFor: executor.optional(),
  timing: commissionTiming.optional(),
});

/** One reason why no order was given. */
export const refusalReason = z.object({
  code: z.string(),
  detail: z.string().optional(),
  provision: z.string().optional(),
  /** Of `NOT_STANDING`: who was asked, and the code of what it answered. */
  owner: z.string().optional(),
  fault: z.string().optional(),
});
export type RefusalReason = z.infer<typeof refusalReason>;

export const evidenceRecord = z.object({
  evidenceId: id,
  incidentId: id,
  safeguard: safeguardKind,
  scopeDigest: digest,
  reference: z.string(),
  documentDigest: digest,
  signatory: z.string(),
  signedAt: instant,
  validUntil: instant,
  servers: z.array(ref).nullable(),
  recordedBy: actor,
  recordedAt: instant,
});

export const commissionRequest = z.object({
  requestId: id,
  incidentId: id,
  scopeDigest: digest,
  timing: commissionTiming,
  whyNoTime: z.string().nullable(),
  facts,
  determination,
  scope,
  requestedBy: actor,
  requestedAt: instant,
});

/** An owner's word, just before an order is issued, on whether what it gave still stands. */
export const standingAnswer = z.object({
  service: z.enum(['classification', 'scheduling', 'oversight']),
  stands: z.boolean(),
  detail: z.string(),
  askedAt: instant,
});

export const taskingEvents = {
  'evidence-recorded.v1': evidenceRecord,
  'evidence-confirmed.v1': evidenceRecord.extend({ confirmedBy: actor, confirmedAt: instant }),
  'commission-requested.v1': commissionRequest,
  'order-drafted.v1': z.object({
    orderId: id,
    incidentId: id,
    scopeDigest: digest,
    executor,
    draftedBy: actor,
    draftedAt: instant,
  }),
  /** An issuance that was refused, with everything that was missing at that moment. */
  'order-refused.v1': z.object({
    orderId: id,
    incidentId: id,
    scopeDigest: digest,
    refusedAt: instant,
    askedBy: actor,
    reasons: z.array(refusalReason),
    outstanding: z.array(outstandingSafeguard),
  }),
  /** An order that was issued, whole: oversight cannot open the agencies' topics. */
  'order-recorded.v1': z.object({
    orderId: id,
    incidentId: id,
    scopeDigest: digest,
    executor,
    issuedAt: instant,
    draftedBy: actor,
    issuedBy: actor,
    orders: z.array(z.object({ agency, order: orderPayload, jws: z.string() })),
    facts,
    determination,
    scope,
    evidence: z.array(z.looseObject({ safeguard: safeguardKind })),
    standing: z.array(standingAnswer),
  }),
  'order-state-changed.v1': z.object({
    orderId: id,
    incidentId: id,
    from: orderState,
    to: orderState,
    agency: agency.nullable(),
    at: instant,
    reason: z.string().nullable(),
  }),
  /** What an agency returned, whole, and what became of it. */
  'return-recorded.v1': z.object({
    orderId: id.nullable(),
    incidentId: id.nullable(),
    agency,
    jws: z.string(),
    payload: returnPayload.nullable(),
    accepted: z.boolean(),
    reason: z.string().nullable(),
    recordedAt: instant,
  }),
};
