import type {
  Adoption,
  CommissionApproval,
  Determination,
  Evidence,
  Facts,
  JudgedDetermination,
  JudgedScope,
  NscApproval,
  OrderDraft,
} from '../src/index.js';
import { determine, findGuideline } from '../src/index.js';

/** An overseas server attacks a power plant; everything is known, and the police may act alone or jointly. */
export const FACTS: Facts = {
  plannedActionAt: '2026-11-20T12:00:00+09:00',
  measureContemplated: 'TRUE',
  graveHarmUrgent: 'TRUE',
  nationalSecurityImpact: 'TRUE',
  communicationProtection: 'TRUE',
  noTimeForPriorApproval: 'FALSE',
  servers: [{ ref: 's1', location: 'OVERSEAS' }],
  targets: [{ ref: 't1', kind: 'CRITICAL_INFRASTRUCTURE' }],
};

/** The instant of asking: after all evidence was given, before the planned time, within the window. */
export const AT = '2026-11-20T10:00:00+09:00';
export const DIGEST = 'sha256:determination';
export const SCOPE_DIGEST = 'sha256:scope';

export function determined(facts: Facts = FACTS, guideline = 'acd-2026-10'): Determination {
  const found = findGuideline(guideline);
  if (!found) throw new Error(`no guideline ${guideline}`);
  return determine(found, facts);
}

export const SCOPE: JudgedScope = {
  determination: DIGEST,
  scopeDigest: SCOPE_DIGEST,
  measure: {
    kind: 'DIRECT',
    purpose: 'stop the attack on the grid',
    expectedEffect: 'the server stops commanding',
    thirdPartyRisk: 'other customers of the host',
    alternatives: 'an order to the administrator, who does not answer',
    notBefore: '2026-11-20T09:00:00+09:00',
    notAfter: '2026-11-27T09:00:00+09:00',
  },
  servers: [{ ref: 's1', address: '198.51.100.37', attacks: ['t1'], executor: 'JOINT_NPA_SDF' }],
};

const recorded = { scopeDigest: SCOPE_DIGEST, recordedBy: 'person-1', confirmedBy: 'person-2' };
const signed = {
  ...recorded,
  signedAt: '2026-11-19T15:00:00+09:00',
  validUntil: '2026-11-26T09:00:00+09:00',
};

export const NSC: NscApproval = {
  ...recorded,
  id: 'e-nsc',
  safeguard: 'NSC_APPROVAL',
  outcome: 'APPROVED_WITH_CONDITIONS',
  conditions: ['no other customer of the host is touched'],
  decidedAt: '2026-11-19T10:00:00+09:00',
  expiresAt: '2026-11-25T09:00:00+09:00',
};

export const COMMISSION: CommissionApproval = {
  ...recorded,
  id: 'e-commission',
  safeguard: 'COMMISSION_APPROVAL',
  timing: 'PRIOR',
  outcome: 'APPROVED',
  ruledAt: '2026-11-19T12:00:00+09:00',
  validUntil: '2026-11-26T09:00:00+09:00',
  urgent: null,
};

export const EVIDENCE: Evidence[] = [
  NSC,
  COMMISSION,
  { ...signed, id: 'e-mofa', safeguard: 'FOREIGN_MINISTER_CONSULTATION', servers: ['s1'] },
  { ...signed, id: 'e-pm', safeguard: 'PRIME_MINISTER_ORDER' },
  { ...signed, id: 'e-npsc', safeguard: 'NPSC_CONSENT' },
];

export const ORDER: OrderDraft = {
  scopeDigest: SCOPE_DIGEST,
  executor: 'JOINT_NPA_SDF',
  draftedBy: 'officer-1',
  issuedBy: 'officer-2',
  plannedActionAt: '2026-11-20T12:00:00+09:00',
};

/** Everything that `authorise` is asked with. */
export interface Question {
  determination: JudgedDetermination;
  facts: Facts;
  scope: JudgedScope;
  evidence: Evidence[];
  order: OrderDraft;
  at: string;
  /** What the statute says where there are none. */
  adoptions?: readonly Adoption[];
}

/** A fresh copy of the question to which the answer is yes. */
export function question(): Question {
  return structuredClone({
    determination: { ...determined(), digest: DIGEST },
    facts: FACTS,
    scope: SCOPE,
    evidence: EVIDENCE,
    order: ORDER,
    at: AT,
  });
}

/** The evidence of a kind in a question, to be changed in place. */
export function evidenceOf<K extends Evidence['safeguard']>(
  asked: Question,
  kind: K,
): Extract<Evidence, { safeguard: K }> {
  const found = asked.evidence.find((each): each is Extract<Evidence, { safeguard: K }> => each.safeguard === kind);
  if (!found) throw new Error(`no evidence ${kind}`);
  return found;
}
