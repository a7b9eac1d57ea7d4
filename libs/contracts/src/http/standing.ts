import { z } from 'zod';
import { decisionOutcome } from '../events/nsc.js';
import { digest, id, instant } from '../primitives.js';

/** Query of `GET /v1/standing`, at each of the three who own what an order rests on. */
export const standingQuery = z.strictObject({ incidentId: id, scopeDigest: digest });
export type StandingQuery = z.infer<typeof standingQuery>;

/** Why something does not stand, for programs and for words in other languages; `detail` says it in English. */
export const STANDING_FAULTS = [
  'NO_INCIDENT',
  'NOTHING_CONFIRMED',
  'OTHER_SCOPE',
  'LAPSED',
  'FACTS_CHANGED',
  'NOT_IN_FORCE',
  'CONTESTED',
  'NO_REVIEW',
  'SUPERSEDED',
  'UNDECIDED',
  'NOT_APPROVED',
  'WITHDRAWN',
  'EXPIRED',
] as const;
export type StandingFault = (typeof STANDING_FAULTS)[number];

/** `fault` is null where it stands. */
const standing = z.object({ stands: z.boolean(), fault: z.enum(STANDING_FAULTS).nullable(), detail: z.string() });

/** Classification's answer: do determination and scope stand, as they were confirmed? */
export const confirmationStanding = standing.extend({
  incidentId: id,
  scopeDigest: digest,
  /** The determination as it is now; null where there is no such incident. */
  digest: digest.nullable(),
  confirmedAt: instant.nullable(),
});
export type ConfirmationStanding = z.infer<typeof confirmationStanding>;

/** Scheduling's answer: does an approval for exactly this scope stand now? */
export const decisionStanding = standing.extend({
  incidentId: id,
  scopeDigest: digest,
  reviewId: id.nullable(),
  decisionId: id.nullable(),
  outcome: decisionOutcome.nullable(),
  expiresAt: instant.nullable(),
});
export type DecisionStanding = z.infer<typeof decisionStanding>;

/** Oversight's answer: does the commission's word on this scope stand? */
export const rulingStanding = standing;
export type RulingStanding = z.infer<typeof rulingStanding>;
