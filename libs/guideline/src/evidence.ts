/** What offices and councils have given for a scope. Every instant is RFC 3339 with offset; persons are person ids. */

export const NSC_OUTCOMES = [
  'APPROVED',
  'APPROVED_WITH_CONDITIONS',
  'RETURNED',
  'REJECTED',
  'DEFERRED',
  'WITHDRAWN',
  'SUPERSEDED',
] as const;
export type NscOutcome = (typeof NSC_OUTCOMES)[number];

export const COMMISSION_OUTCOMES = ['APPROVED', 'REFUSED', 'RETURNED', 'JUSTIFIED', 'UNJUSTIFIED', 'PENDING'] as const;
export type CommissionOutcome = (typeof COMMISSION_OUTCOMES)[number];

/** Evidence carries only the scope that it names, and only once a second person has confirmed what the first recorded. */
interface Recorded {
  id: string;
  scopeDigest: string;
  recordedBy: string;
  confirmedBy: string | null;
}

/** A decision of the NSC on the measures. Where several name one scope, the latest decides. */
export interface NscApproval extends Recorded {
  safeguard: 'NSC_APPROVAL';
  outcome: NscOutcome;
  conditions: string[];
  decidedAt: string;
  expiresAt: string;
}

/** The declaration that there is no time for prior approval. It carries an order until the commission rules. */
export interface UrgentRecord {
  whyNoTime: string;
  declaredAt: string;
  by: string;
}

/**
 * A request to the commission and its ruling. While `outcome` is PENDING there is none: `ruledAt` and `validUntil` are
 * null. `urgent` is there with POST_NOTIFICATION alone.
 */
export interface CommissionApproval extends Recorded {
  safeguard: 'COMMISSION_APPROVAL';
  timing: 'PRIOR' | 'POST_NOTIFICATION';
  outcome: CommissionOutcome;
  ruledAt: string | null;
  validUntil: string | null;
  urgent: UrgentRecord | null;
}

/** The foreign minister was consulted about these servers (refs). */
export interface ForeignMinisterConsultation extends Recorded {
  safeguard: 'FOREIGN_MINISTER_CONSULTATION';
  servers: string[];
  signedAt: string;
  validUntil: string;
}

/** The prime minister's order of a communication-protection measure. */
export interface PrimeMinisterOrder extends Recorded {
  safeguard: 'PRIME_MINISTER_ORDER';
  signedAt: string;
  validUntil: string;
}

/** The consent of the National Public Safety Commission to it. */
export interface NpscConsent extends Recorded {
  safeguard: 'NPSC_CONSENT';
  signedAt: string;
  validUntil: string;
}

/** Told apart by `safeguard`. */
export type Evidence =
  NscApproval | CommissionApproval | ForeignMinisterConsultation | PrimeMinisterOrder | NpscConsent;

export const isNsc = (each: Evidence): each is NscApproval => each.safeguard === 'NSC_APPROVAL';
export const isCommission = (each: Evidence): each is CommissionApproval => each.safeguard === 'COMMISSION_APPROVAL';
