import {
  authorise,
  determine,
  explainComparison,
  explainDetermination,
  explainOutstanding,
  explainRefusal,
  type Explanation,
  type Facts,
  ENACTED,
  findGuideline,
  outstanding,
  type Refused,
} from '@sekisho/guideline';

const guideline = findGuideline('acd-2026-10')!;
/** What the guideline was drafted as. */
const draft = findGuideline('acd-2025-12-draft')!;
const at = '2026-11-20T10:00:00+09:00';

/** An overseas server attacks a power plant; everything is known. */
const FACTS: Facts = {
  plannedActionAt: '2026-11-20T12:00:00+09:00',
  measureContemplated: 'TRUE',
  graveHarmUrgent: 'TRUE',
  nationalSecurityImpact: 'TRUE',
  communicationProtection: 'TRUE',
  noTimeForPriorApproval: 'FALSE',
  servers: [{ ref: 's1', location: 'OVERSEAS' }],
  targets: [{ ref: 't1', kind: 'CRITICAL_INFRASTRUCTURE' }],
};
const OPEN: Facts = {
  ...FACTS,
  nationalSecurityImpact: 'UNKNOWN',
  communicationProtection: 'UNKNOWN',
  noTimeForPriorApproval: 'UNKNOWN',
  servers: [
    { ref: 's1', location: 'DOMESTIC' },
    { ref: 's2', location: 'UNKNOWN' },
  ],
  targets: [
    { ref: 't1', kind: 'CRITICAL_INFRASTRUCTURE' },
    { ref: 't2', kind: 'UNKNOWN' },
  ],
};

const determination = { ...determine(guideline, FACTS), digest: 'sha256:determination' };
const scope = {
  determination: determination.digest,
  scopeDigest: 'sha256:scope',
  measure: {
    kind: 'DIRECT' as const,
    purpose: 'stop the attack',
    expectedEffect: 'the server stops commanding',
    thirdPartyRisk: 'none known',
    alternatives: 'none',
    notBefore: '2026-11-20T09:00:00+09:00',
    notAfter: '2026-11-27T09:00:00+09:00',
  },
  servers: [{ ref: 's1', address: '198.51.100.37', attacks: ['t1'], executor: 'JOINT_NPA_SDF' as const }],
};
const late = {
  scopeDigest: scope.scopeDigest,
  executor: 'JOINT_NPA_SDF' as const,
  draftedBy: 'officer-1',
  issuedBy: 'officer-1',
  plannedActionAt: '2026-12-20T12:00:00+09:00',
};

/** What people are most often given to read. */
export function explained(language: 'en' | 'ja'): Record<string, Explanation> {
  const of = (facts: Facts) => explainDetermination(guideline, determine(guideline, facts), language);
  const refused = authorise(determination, FACTS, scope, [], late, at, ENACTED) as Refused;
  return {
    comparison: explainComparison(draft, guideline, language),
    determined: of(FACTS),
    provisional: of(OPEN),
    'no-authority': of({ ...FACTS, graveHarmUrgent: 'FALSE' }),
    outstanding: explainOutstanding(guideline, outstanding(determination, scope, [], at), language),
    refusal: explainRefusal(guideline, refused, language),
  };
}
