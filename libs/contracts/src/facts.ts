import {
  BASES,
  COMMISSION_TIMINGS,
  EXECUTORS,
  MEASURE_KINDS,
  OUTCOMES,
  REVIEW_ANSWERS,
  SAFEGUARD_KINDS,
  SERVER_LOCATIONS,
  TARGET_KINDS,
} from '@sekisho/guideline';
import { z } from 'zod';
import { digest, instant, ref, text, threeValued } from './primitives.js';

export const serverLocation = z.enum(SERVER_LOCATIONS);
export const targetKind = z.enum(TARGET_KINDS);
export const executor = z.enum(EXECUTORS);
export const basis = z.enum(BASES);
export const safeguardKind = z.enum(SAFEGUARD_KINDS);
export const commissionTiming = z.enum(COMMISSION_TIMINGS);

const distinctRefs = (items: { ref: string }[]): boolean =>
  new Set(items.map((item) => item.ref)).size === items.length;
const distinct = { message: 'duplicate-ref' };

/** The facts of a case, named and valued as the guideline's text has them. At least one server and one target. */
export const facts = z.strictObject({
  plannedActionAt: instant,
  measureContemplated: threeValued,
  graveHarmUrgent: threeValued,
  nationalSecurityImpact: threeValued,
  communicationProtection: threeValued,
  noTimeForPriorApproval: threeValued,
  servers: z
    .array(z.strictObject({ ref, location: serverLocation }))
    .min(1)
    .max(1000)
    .refine(distinctRefs, distinct),
  targets: z
    .array(z.strictObject({ ref, kind: targetKind }))
    .min(1)
    .max(100)
    .refine(distinctRefs, distinct),
});

/** What the guideline asks for before an order; `servers` are refs, `onlyFor` limits it to orders to that executor. */
export const safeguard = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('NSC_APPROVAL') }),
  z.object({ kind: z.literal('COMMISSION_APPROVAL'), timing: commissionTiming }),
  z.object({ kind: z.literal('FOREIGN_MINISTER_CONSULTATION'), servers: z.array(ref) }),
  z.object({ kind: z.literal('PRIME_MINISTER_ORDER'), onlyFor: executor }),
  z.object({ kind: z.literal('NPSC_CONSENT'), onlyFor: executor }),
]);

/** One provision as it was asked, with every condition: also those that do not hold, or of which it is not known. */
export const askedProvision = z.object({
  provision: z.string(),
  source: z.string(),
  answer: threeValued,
  conditions: z.array(
    z.object({
      fact: z.string(),
      expected: z.string(),
      value: z.string(),
      answer: threeValued,
      alternative: z.enum([...EXECUTORS, ...COMMISSION_TIMINGS]).exactOptional(),
    }),
  ),
});

/** What `determine` answers, with the digest that classification adds. */
export const determination = z.object({
  guideline: z.string(),
  inForce: z.boolean(),
  outcome: z.enum(OUTCOMES),
  nscReview: z.object({
    required: z.enum(REVIEW_ANSWERS),
    bases: z.array(basis),
    possibleBases: z.array(basis),
  }),
  execution: z.array(z.object({ target: ref, candidates: z.array(executor) })),
  safeguards: z.array(safeguard),
  missingFacts: z.array(z.string()),
  because: z.array(askedProvision),
  digest,
});

export const measure = z.strictObject({
  kind: z.enum(MEASURE_KINDS),
  purpose: text(4000),
  expectedEffect: text(4000),
  thirdPartyRisk: text(4000),
  alternatives: text(4000),
  notBefore: instant,
  notAfter: instant,
});

export const scopeServer = z.strictObject({
  ref,
  address: text(2048),
  attacks: z.array(ref).min(1).max(100),
  executor,
});

/** The measure as proposed: exactly what is judged. Its digest binds review, decision, ruling, evidence and order. */
export const scope = z.strictObject({
  determination: digest,
  measure,
  servers: z.array(scopeServer).min(1).max(1000).refine(distinctRefs, distinct),
});

export type FactsBody = z.infer<typeof facts>;
export type DeterminationBody = z.infer<typeof determination>;
export type ScopeBody = z.infer<typeof scope>;
