import type { CommissionApproval, Evidence, NscApproval, NscOutcome, Safeguard } from '@sekisho/guideline';

/** What a safeguard may have been given, and whether that carries an order; `papers` is empty where nothing was. */
export interface EvidenceState {
  readonly carries: boolean;
  readonly papers: readonly Evidence[];
}

export const SCOPE_DIGEST = 'sha256:scope';
const [LONG_BEFORE, BEFORE, AFTER, LONG_AFTER] = ['2026-12-01', '2026-12-31', '2027-01-02', '2027-02-01'].map(
  (day) => `${day}T00:00:00+09:00`,
) as [string, string, string, string];

/** What can be wrong with any paper: it names another scope, one person alone stands for it, it is over, or not yet made. */
const SPOILT = [
  { scopeDigest: 'sha256:another' },
  { confirmedBy: null },
  { confirmedBy: 'person-1' },
  { until: BEFORE },
  { from: AFTER },
] as const;

interface Paper {
  scopeDigest: string;
  recordedBy: string;
  confirmedBy: string | null;
  from: string;
  until: string;
}
const GOOD: Paper = {
  scopeDigest: SCOPE_DIGEST,
  recordedBy: 'person-1',
  confirmedBy: 'person-2',
  from: LONG_BEFORE,
  until: LONG_AFTER,
};

const NEGATIVE: readonly NscOutcome[] = ['RETURNED', 'REJECTED', 'DEFERRED', 'WITHDRAWN', 'SUPERSEDED'];

/** Every state in which the evidence for a safeguard can be: finitely many, since only these differences are ever asked. */
export function statesOf(safeguard: Safeguard): EvidenceState[] {
  switch (safeguard.kind) {
    case 'NSC_APPROVAL':
      return states(nsc('APPROVED'), [
        { carries: true, papers: [nsc('APPROVED_WITH_CONDITIONS')(GOOD)] },
        ...NEGATIVE.map((outcome) => ({ carries: false, papers: [nsc(outcome)(GOOD)] })),
        // A later decision takes an earlier one back.
        { carries: false, papers: [nsc('APPROVED')(GOOD), nsc('WITHDRAWN')({ ...GOOD, from: BEFORE })] },
      ]);
    case 'COMMISSION_APPROVAL':
      return states(ruling('APPROVED'), commissionStates(safeguard.timing === 'POST_NOTIFICATION'));
    case 'FOREIGN_MINISTER_CONSULTATION': {
      const { kind, servers } = safeguard;
      const some = signed(kind, { servers: servers.slice(1) })(GOOD);
      return states(signed(kind, { servers }), [{ carries: false, papers: [some] }]);
    }
    default:
      return states(signed(safeguard.kind), []);
  }
}

const states = (made: (paper: Paper) => Evidence, others: EvidenceState[]): EvidenceState[] => [
  { carries: true, papers: [made(GOOD)] },
  { carries: false, papers: [] },
  ...SPOILT.map((spoilt) => ({ carries: false, papers: [made({ ...GOOD, ...spoilt })] })),
  ...others,
];

/** Only in haste does a declaration stand in for the commission's ruling, until it rules against it. */
function commissionStates(haste: boolean): EvidenceState[] {
  const urgent = { whyNoTime: 'the grid fails', declaredAt: BEFORE, by: 'person-3' };
  const declared = ruling('PENDING', urgent)(GOOD);
  return [
    { carries: haste, papers: [declared] },
    { carries: haste, papers: [ruling('JUSTIFIED', urgent)(GOOD)] },
    { carries: false, papers: [ruling('PENDING', { ...urgent, whyNoTime: ' ' })(GOOD)] },
    { carries: false, papers: [ruling('PENDING', { ...urgent, declaredAt: AFTER })(GOOD)] },
    { carries: false, papers: [ruling('UNJUSTIFIED', urgent)(GOOD)] },
    { carries: false, papers: [declared, ruling('REFUSED')(GOOD)] },
    ...(['PENDING', 'REFUSED', 'RETURNED'] as const).map((outcome) => ({
      carries: false,
      papers: [ruling(outcome)(GOOD)],
    })),
  ];
}

const nsc =
  (outcome: NscOutcome) =>
  ({ from, until, ...rest }: Paper): NscApproval => ({
    ...rest,
    id: `nsc-${outcome}`,
    safeguard: 'NSC_APPROVAL',
    outcome,
    conditions: [],
    decidedAt: from,
    expiresAt: until,
  });

const ruling =
  (outcome: CommissionApproval['outcome'], urgent: CommissionApproval['urgent'] = null) =>
  ({ from, until, ...rest }: Paper): CommissionApproval => ({
    ...rest,
    id: `commission-${outcome}`,
    safeguard: 'COMMISSION_APPROVAL',
    timing: urgent === null ? 'PRIOR' : 'POST_NOTIFICATION',
    outcome,
    ruledAt: outcome === 'PENDING' ? null : from,
    validUntil: outcome === 'PENDING' ? null : until,
    urgent,
  });

const signed =
  (kind: 'FOREIGN_MINISTER_CONSULTATION' | 'PRIME_MINISTER_ORDER' | 'NPSC_CONSENT', of: object = {}) =>
  ({ from, until, ...rest }: Paper): Evidence =>
    ({ ...rest, ...of, id: kind, safeguard: kind, signedAt: from, validUntil: until }) as Evidence;
