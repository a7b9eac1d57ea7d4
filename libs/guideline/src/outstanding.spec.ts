import { AFTER, ask, BEFORE, type Change, nsc, ruling, urgent, without } from '../test/asked.js';
import { EVIDENCE, FACTS, determined, evidenceOf, question, type Question } from '../test/cases.js';
import type { Fault, SafeguardKind } from './index.js';
import { FAULTS, outstanding } from './index.js';

describe('what is outstanding', () => {
  it('is nothing where every safeguard is there', () => expect(ask(question())).toEqual([]));

  it('is everything, in order, with who supplies it and by which provision, where nothing is there', () => {
    const asked = question();
    asked.evidence = [];
    expect(ask(asked)).toStrictEqual([
      { kind: 'NSC_APPROVAL', reason: 'MISSING', suppliedBy: 'nsc-secretariat', provision: 'nsc-approval' },
      {
        kind: 'COMMISSION_APPROVAL',
        reason: 'MISSING',
        suppliedBy: 'commission',
        provision: 'commission-approval',
        timing: 'PRIOR',
      },
      {
        kind: 'FOREIGN_MINISTER_CONSULTATION',
        reason: 'MISSING',
        suppliedBy: 'mofa',
        provision: 'foreign-minister-consultation',
        servers: ['s1'],
      },
      {
        kind: 'PRIME_MINISTER_ORDER',
        reason: 'MISSING',
        suppliedBy: 'cabinet-secretariat',
        provision: 'joint-action',
        onlyFor: 'JOINT_NPA_SDF',
      },
      {
        kind: 'NPSC_CONSENT',
        reason: 'MISSING',
        suppliedBy: 'npsc-secretariat',
        provision: 'joint-action',
        onlyFor: 'JOINT_NPA_SDF',
      },
    ]);
  });

  it.each(EVIDENCE.map(({ safeguard }) => [safeguard]))('is %s where its evidence names another scope', (kind) => {
    const asked = question();
    evidenceOf(asked, kind).scopeDigest = 'sha256:other';
    expect(ask(asked)).toEqual([expect.objectContaining({ kind, reason: 'STALE' })]);
  });

  it('is nothing where all was given at that very instant, and nothing is left at the instant after', () => {
    const asked = question();
    const [now, end] = [asked.at, asked.at];
    for (const each of asked.evidence) {
      if (each.safeguard === 'NSC_APPROVAL')
        Object.assign(each, { outcome: 'APPROVED', decidedAt: now, expiresAt: end });
      else if (each.safeguard === 'COMMISSION_APPROVAL') Object.assign(each, { ruledAt: now, validUntil: end });
      else Object.assign(each, { signedAt: now, validUntil: end });
    }
    expect(ask(asked)).toEqual([]);
    asked.at = '2026-11-20T10:00:00.001+09:00';
    expect(ask(asked).map(({ reason }) => reason)).toEqual(Array(5).fill('EXPIRED'));
  });

  it('is neither order nor consent where the scope leaves everything to the police', () => {
    const asked = question();
    asked.scope.servers[0]!.executor = 'NPA_SOLE';
    asked.evidence = asked.evidence.filter(({ id }) => id !== 'e-pm' && id !== 'e-npsc');
    expect(ask(asked)).toEqual([]);
  });

  it('is no consultation where the scope touches none of its servers', () => {
    const asked = question();
    asked.determination = { ...determined(twoServers()), digest: 'sha256:determination' };
    asked.scope.servers[0]!.ref = 's2';
    asked.evidence = asked.evidence.filter(({ id }) => id !== 'e-mofa');
    expect(ask(asked)).toEqual([]);
  });
});

/** An overseas and a domestic server. */
function twoServers() {
  return { ...FACTS, servers: [...FACTS.servers, { ref: 's2', location: 'DOMESTIC' as const }] };
}

const weak: [kind: SafeguardKind, reason: Fault, what: string, change: Change][] = [
  ['NSC_APPROVAL', 'NOT_YET_VALID', 'is dated later', nsc({ decidedAt: AFTER })],
  ['NSC_APPROVAL', 'EXPIRED', 'has expired', nsc({ expiresAt: BEFORE })],
  ['NSC_APPROVAL', 'EXPIRED', 'has no readable expiry', nsc({ expiresAt: '' })],
  ['NSC_APPROVAL', 'UNREADABLE', 'has no readable date', nsc({ decidedAt: '2026-11-19' })],
  ['NSC_APPROVAL', 'UNCONFIRMED', 'is confirmed by nobody', nsc({ confirmedBy: null })],
  ['NSC_APPROVAL', 'UNCONFIRMED', 'is confirmed by a blank', nsc({ confirmedBy: ' ' })],
  ['NSC_APPROVAL', 'UNCONFIRMED', 'is recorded by nobody', nsc({ recordedBy: ' ' })],
  ['NSC_APPROVAL', 'SAME_PERSON', 'is confirmed by who recorded it', nsc({ confirmedBy: 'person-1' })],
  ['NSC_APPROVAL', 'RETURNED', 'is a return', nsc({ outcome: 'RETURNED' })],
  ['NSC_APPROVAL', 'REJECTED', 'is a rejection', nsc({ outcome: 'REJECTED' })],
  ['NSC_APPROVAL', 'DEFERRED', 'is a deferral', nsc({ outcome: 'DEFERRED' })],
  ['NSC_APPROVAL', 'WITHDRAWN', 'is withdrawn', nsc({ outcome: 'WITHDRAWN' })],
  ['NSC_APPROVAL', 'SUPERSEDED', 'is superseded', nsc({ outcome: 'SUPERSEDED' })],
  ['COMMISSION_APPROVAL', 'NOT_YET_VALID', 'is dated later', ruling({ ruledAt: AFTER })],
  ['COMMISSION_APPROVAL', 'EXPIRED', 'has expired', ruling({ validUntil: BEFORE })],
  ['COMMISSION_APPROVAL', 'EXPIRED', 'does not say until when', ruling({ validUntil: null })],
  ['COMMISSION_APPROVAL', 'UNREADABLE', 'has no date', ruling({ ruledAt: null })],
  ['COMMISSION_APPROVAL', 'UNCONFIRMED', 'is confirmed by nobody', ruling({ confirmedBy: null })],
  ['COMMISSION_APPROVAL', 'SAME_PERSON', 'is confirmed by who recorded it', ruling({ confirmedBy: 'person-1' })],
  ['COMMISSION_APPROVAL', 'REFUSED', 'is a refusal', ruling({ outcome: 'REFUSED' })],
  ['COMMISSION_APPROVAL', 'RETURNED', 'is a return', ruling({ outcome: 'RETURNED' })],
  ['COMMISSION_APPROVAL', 'UNJUSTIFIED', 'is against an act', ruling({ outcome: 'UNJUSTIFIED' })],
  [
    'COMMISSION_APPROVAL',
    'PENDING',
    'is not there yet',
    ruling({ outcome: 'PENDING', ruledAt: null, validUntil: null }),
  ],
  [
    'COMMISSION_APPROVAL',
    'NOT_DETERMINED_URGENT',
    'is only an urgent record although there is time',
    (asked) => void (asked.evidence = [...without(asked, 'COMMISSION_APPROVAL'), ...commission(urgent())]),
  ],
];
for (const kind of ['FOREIGN_MINISTER_CONSULTATION', 'PRIME_MINISTER_ORDER', 'NPSC_CONSENT'] as const) {
  const paper =
    (change: object): Change =>
    (asked) =>
      void Object.assign(evidenceOf(asked, kind), change);
  weak.push(
    [kind, 'MISSING', 'is not there', (asked) => void (asked.evidence = without(asked, kind))],
    [kind, 'NOT_YET_VALID', 'is signed later', paper({ signedAt: AFTER })],
    [kind, 'EXPIRED', 'has expired', paper({ validUntil: BEFORE })],
    [kind, 'UNREADABLE', 'has no readable date', paper({ signedAt: '' })],
    [kind, 'UNCONFIRMED', 'is confirmed by nobody', paper({ confirmedBy: null })],
    [kind, 'SAME_PERSON', 'is confirmed by who recorded it', paper({ confirmedBy: 'person-1' })],
  );
}

function commission({ evidence }: Question) {
  return evidence.filter(({ safeguard }) => safeguard === 'COMMISSION_APPROVAL');
}

describe('a safeguard that does not carry an order', () => {
  it.each(weak)('%s is %s where it %s', (kind, reason, _, change) => {
    const asked = question();
    change(asked);
    expect(ask(asked)).toEqual([expect.objectContaining({ kind, reason })]);
  });

  it('has a test for every reason', () => {
    const tested = new Set<string>(weak.map(([, reason]) => reason)).add('STALE').add('URGENCY_UNEXPLAINED');
    expect(tested).toEqual(new Set(FAULTS));
  });
});

describe('a later instant at which everything must still hold', () => {
  it('is not reached by what expires before', () => {
    const { determination, scope, evidence, at } = question();
    const after = (until: string) => outstanding(determination, scope, evidence, at, until).map(({ kind }) => kind);
    expect(after('2026-11-25T09:00:00+09:00')).toEqual([]);
    expect(after('2026-11-25T09:00:01+09:00')).toEqual(['NSC_APPROVAL']);
    expect(after('2026-11-26T09:00:01+09:00')).toHaveLength(5);
  });

  it('is the instant of asking itself where it is earlier, or cannot be read', () => {
    const { determination, scope, evidence } = question();
    const asked = (at: string, until: string) => outstanding(determination, scope, evidence, at, until).length;
    expect(asked('2026-11-20T10:00:00+09:00', '2026-11-18T00:00:00+09:00')).toBe(0);
    expect(asked('2026-11-27T00:00:00+09:00', '2026-11-20T10:00:00+09:00')).toBe(5);
    expect(asked('2026-11-20T10:00:00+09:00', 'soon')).toBe(0);
  });
});
