import type { Executor } from './determination.js';

export const MEASURE_KINDS = ['ADMINISTRATOR_ORDER', 'DIRECT'] as const;
export type MeasureKind = (typeof MEASURE_KINDS)[number];

/** The measure proposed; it may be taken from `notBefore` to `notAfter`, both RFC 3339 with offset. */
export interface Measure {
  kind: MeasureKind;
  purpose: string;
  expectedEffect: string;
  thirdPartyRisk: string;
  alternatives: string;
  notBefore: string;
  notAfter: string;
}

/** One server of the measure: the refs of the targets that it attacks, and who acts against it. */
export interface ScopeServer {
  ref: string;
  address: string;
  attacks: string[];
  executor: Executor;
}

/** What exactly is judged. `determination` is the digest of the determination on which it rests. */
export interface Scope {
  determination: string;
  measure: Measure;
  servers: ScopeServer[];
}

/** A scope with the digest by which decisions, rulings, evidence and orders name it. */
export type JudgedScope = Scope & { scopeDigest: string };
