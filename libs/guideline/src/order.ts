import type { Executor } from './determination.js';
import type { Outstanding } from './outstanding.js';
import type { ScopeServer } from './scope.js';

/** An order to one executor as it is drafted. Persons are person ids; `plannedActionAt` is RFC 3339 with offset. */
export interface OrderDraft {
  scopeDigest: string;
  executor: Executor;
  draftedBy: string;
  issuedBy: string;
  plannedActionAt: string;
}

export const REFUSAL_CODES = [
  'NOT_DETERMINED',
  'GUIDELINE_NOT_IN_FORCE',
  'DETERMINATION_DIFFERS',
  'DETERMINATION_STALE',
  'SCOPE_STALE',
  'SCOPE_FAULTY',
  'EXECUTOR_UNUSED',
  'OUTSIDE_WINDOW',
  'WINDOW_OVER',
  'SAFEGUARD_OUTSTANDING',
  'PERSON_MISSING',
  'SAME_PERSON',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** One reason why no order may be given; `provision` where it is one of the guideline's. */
export interface Refusal {
  code: RefusalCode;
  detail?: string;
  provision?: string;
}

/**
 * The order may be given, for exactly these servers. `notAfter` is the end of the window, or the first expiry of what
 * carries the order if that is earlier. `conditions` are the NSC's; `evidence` are the ids of what carries the order.
 */
export interface Authorised {
  verdict: 'AUTHORISED';
  servers: ScopeServer[];
  notBefore: string;
  notAfter: string;
  conditions: string[];
  evidence: string[];
}

/** The order may not be given: every reason, and every safeguard that is outstanding. */
export interface Refused {
  verdict: 'REFUSED';
  reasons: Refusal[];
  outstanding: Outstanding[];
}
