import { z } from 'zod';
import { commissionTiming } from '../facts.js';
import { digest, id, instant } from '../primitives.js';
import { actor } from '../roles.js';

export const rulingOutcome = z.enum(['APPROVED', 'REFUSED', 'RETURNED', 'JUSTIFIED', 'UNJUSTIFIED']);

export const ruling = z.object({
  rulingId: id,
  requestId: id,
  incidentId: id,
  scopeDigest: digest,
  timing: commissionTiming,
  outcome: rulingOutcome,
  reason: z.string(),
  validUntil: instant.nullable(),
  recordedBy: actor,
  recordedAt: instant,
});

export const oversightEvents = {
  'ruling-recorded.v1': ruling,
  /** A second member confirmed the ruling: only now does it carry anything. */
  'ruling-confirmed.v1': ruling.extend({ confirmedBy: actor, confirmedAt: instant }),
};
