import { z } from 'zod';
import { executor, measure, scopeServer } from './facts.js';
import { digest, id, instant, ref, text } from './primitives.js';

export const agency = z.enum(['npa', 'sdf']);
export type Agency = z.infer<typeof agency>;

export const ORDER_STATES = [
  'DRAFT',
  'ISSUED',
  'ACKNOWLEDGED',
  'EXECUTING',
  'COMPLETED',
  'FAILED',
  'DECLINED',
  'NOT_EXECUTED',
  'STOP_REQUESTED',
  'STOPPED',
  'REVOKED',
  'EXPIRED',
  'SUSPENDED',
] as const;
export const orderState = z.enum(ORDER_STATES);
export type OrderState = z.infer<typeof orderState>;

/** What the signed order says: the payload of the JWS inside the JWE that an agency receives. */
export const orderPayload = z.object({
  orderId: id,
  version: z.int().min(1),
  incidentId: id,
  scopeDigest: digest,
  executor,
  agency,
  /** For a joint order: who leads on which server. */
  servers: z.array(scopeServer.extend({ lead: agency })),
  measure,
  notBefore: instant,
  notAfter: instant,
  conditions: z.array(z.string()),
  acknowledgeBy: instant,
});
export type OrderPayload = z.infer<typeof orderPayload>;

/** What the signed stop says. */
export const stopPayload = z.object({
  orderId: id,
  version: z.int().min(1),
  scopeDigest: digest,
  agency,
  stop: z.literal(true),
  reason: z.string(),
  at: instant,
  answerBy: instant,
});
export type StopPayload = z.infer<typeof stopPayload>;

export const RETURN_KINDS = [
  'ACKNOWLEDGED',
  'DECLINED',
  'STARTED',
  'COMPLETED',
  'FAILED',
  'NOT_EXECUTED',
  'STOPPED',
] as const;

const remarks = z.union([z.string().max(10_000), z.array(z.string().max(10_000)).max(100)]).nullish();

/** What an agency found out about a fact of the case, by the fact's name: `{"fact": "servers.s1.location", "value": "DOMESTIC"}`. */
export const foundFact = z.object({ fact: text(200), value: text(64), note: z.string().max(2000).default('') });
export type FoundFact = z.infer<typeof foundFact>;

/** What an agency's signed return says: the payload of the JWS on its topic or at `POST /v1/orders/{id}/returns`. */
export const returnPayload = z.object({
  jti: text(200),
  kind: z.enum(RETURN_KINDS),
  orderId: id,
  at: instant,
  serversTouched: z.array(ref).max(1000).default([]),
  unintendedEffects: remarks,
  /** In words, or as facts by name: one that contradicts what was confirmed makes the fact contested. */
  newFacts: z.union([z.string().max(10_000), z.array(z.union([z.string().max(10_000), foundFact])).max(100)]).nullish(),
  reason: z.string().max(4000).nullish(),
});
export type ReturnPayload = z.infer<typeof returnPayload>;

/** Value of a message on an agency's own topic, and body of the HTTP route. */
export const returnBody = z.strictObject({ return: z.string().max(500_000) });
/** Value of `order-issued.v1` and `order-stopped.v1`. */
export const sealedOrder = z.object({ order: z.string() });
