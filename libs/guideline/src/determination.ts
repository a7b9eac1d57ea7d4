import type { ThreeValued } from './facts.js';

export const OUTCOMES = ['NO_MEASURE', 'NO_AUTHORITY', 'PROVISIONAL', 'DETERMINED'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const REVIEW_ANSWERS = ['YES', 'NO', 'PROVISIONAL'] as const;
export type ReviewAnswer = (typeof REVIEW_ANSWERS)[number];

/** Why the NSC reviews a case: each version names its own. */
export type Basis = string;

/** Who may act, in the order in which candidates are listed. */
export const EXECUTORS = ['NPA_SOLE', 'JOINT_NPA_SDF', 'SDF'] as const;
export type Executor = (typeof EXECUTORS)[number];

/** What must be in hand before an order, in the order in which safeguards are listed. */
export const SAFEGUARD_KINDS = [
  'NSC_APPROVAL',
  'COMMISSION_APPROVAL',
  'FOREIGN_MINISTER_CONSULTATION',
  'PRIME_MINISTER_ORDER',
  'NPSC_CONSENT',
] as const;
export type SafeguardKind = (typeof SAFEGUARD_KINDS)[number];

export const COMMISSION_TIMINGS = ['PRIOR', 'POST_NOTIFICATION'] as const;
export type CommissionTiming = (typeof COMMISSION_TIMINGS)[number];

/** A safeguard that the guideline asks for; `servers` are refs, `onlyFor` limits it to orders to that executor. */
export type Safeguard =
  | { kind: 'NSC_APPROVAL' }
  | { kind: 'COMMISSION_APPROVAL'; timing: CommissionTiming }
  | { kind: 'FOREIGN_MINISTER_CONSULTATION'; servers: string[] }
  | { kind: 'PRIME_MINISTER_ORDER'; onlyFor: Executor }
  | { kind: 'NPSC_CONSENT'; onlyFor: Executor };

/** Who may act against the attack on one target. `target` is its ref. */
export interface Execution {
  target: string;
  candidates: Executor[];
}

/**
 * One condition as it was asked. `value` is what the facts say: a single value, or for servers and targets how many
 * there are of each. `alternative` is there where the condition decides on one alternative of the provision alone.
 */
export interface AskedCondition {
  fact: string;
  expected: string;
  value: string;
  answer: ThreeValued;
  alternative?: Executor | CommissionTiming;
}

/** One provision as it was asked: also those that do not hold, or of which it is not known. */
export interface AskedProvision {
  provision: string;
  source: string;
  answer: ThreeValued;
  conditions: AskedCondition[];
}

/** What holds for every way of settling what is unknown. */
export interface Answer {
  guideline: string;
  inForce: boolean;
  outcome: Outcome;
  nscReview: { required: ReviewAnswer; bases: Basis[]; possibleBases: Basis[] };
  execution: Execution[];
  safeguards: Safeguard[];
  missingFacts: string[];
}

/** An answer with its reasons. Callers add the digest: see `JudgedDetermination`. */
export interface Determination extends Answer {
  because: AskedProvision[];
}

/** A determination with the digest by which scopes name it. */
export type JudgedDetermination = Determination & { digest: string };
