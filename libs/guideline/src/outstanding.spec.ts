import type { Question } from '../test/cases.js';
import { COMMISSION, EVIDENCE, FACTS, NSC, determined, evidenceOf, question } from '../test/cases.js';
import type { CommissionApproval, Fault, SafeguardKind } from './index.js';
import { FAULTS, outstanding } from './index.js';

const BEFORE = '2026-11-19T11:00:00+09:00';
const AFTER = '2026-11-21T00:00:00+09:00';

function ask({ determination, scope, evidence, at }: Question) {
  return outstanding(determination, scope, evidence, at);
}

/** The question for an urgent case: nobody has ruled, but somebody has declared why there is no time. */
function urgent(): Question {
  const asked = question();
  asked.determination = { ...determined({ ...FACTS, noTimeForPriorApproval: 'TRUE' }), digest: 'sha256:determination' };
  Object.assign(evidenceOf(asked, 'COMMISSION_APPROVAL'), {
    timing: 'POST_NOTIFICATION',
    outcome: 'PENDING',
    ruledAt: null,
    validUntil: null,
    confirmedBy: null,
    urgent: { whyNoTime: 'the grid fails within the hour', declaredAt: '2026-11-20T09:30:00+09:00', by: 'officer-1' },
  } satisfies Partial<CommissionApproval>);
  return asked;
}

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

type Change = (asked: Question) => void;
const nsc =
  (change: object): Change =>
  (asked) =>
    void Object.assign(evidenceOf(asked, 'NSC_APPROVAL'), change);
const ruling =
  (change: object): Change =>
  (asked) =>
    void Object.assign(evidenceOf(asked, 'COMMISSION_APPROVAL'), change);

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

function without({ evidence }: Question, kind: SafeguardKind) {
  return evidence.filter(({ safeguard }) => safeguard !== kind);
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

describe('several decisions on one scope', () => {
  const later = { decidedAt: '2026-11-20T09:00:00+09:00', id: 'e-later' };

  it('are settled by the latest, in whatever order they come', () => {
    const rejected = { ...NSC, outcome: 'REJECTED' as const };
    const asked = question();
    asked.evidence = [...without(asked, 'NSC_APPROVAL'), rejected, { ...NSC, ...later }];
    expect(ask(asked)).toEqual([]);
    asked.evidence.reverse();
    expect(ask(asked)).toEqual([]);
    asked.evidence = [...without(asked, 'NSC_APPROVAL'), { ...rejected, ...later }, NSC];
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'REJECTED' })]);
  });

  it.each(['APPROVED', 'APPROVED_WITH_CONDITIONS'])('of the same instant are settled against %s', (outcome) => {
    const asked = question();
    nsc({ outcome })(asked);
    asked.evidence = [{ ...NSC, outcome: 'WITHDRAWN' }, ...asked.evidence];
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'WITHDRAWN' })]);
    asked.evidence.reverse();
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'WITHDRAWN' })]);
  });

  it.each(['APPROVED', 'JUSTIFIED'] as const)(
    'of the commission and the same instant are settled against %s',
    (outcome) => {
      const asked = urgent();
      asked.evidence.push({ ...COMMISSION, outcome }, { ...COMMISSION, outcome: 'REFUSED' });
      expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'REFUSED' })]);
      asked.evidence.reverse();
      expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'REFUSED' })]);
    },
  );

  it('of the commission are seen only once they are made, and a request is no ruling', () => {
    const asked = question();
    asked.evidence.push({ ...COMMISSION, outcome: 'UNJUSTIFIED', ruledAt: AFTER });
    asked.evidence.push({ ...COMMISSION, outcome: 'PENDING', ruledAt: '2026-11-20T09:00:00+09:00' });
    expect(ask(asked)).toEqual([]);
    asked.at = AFTER;
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'UNJUSTIFIED' })]);
  });

  it('of the commission, one to come and one asked for, are not there yet', () => {
    const asked = question();
    ruling({ ruledAt: AFTER })(asked);
    asked.evidence.push({ ...COMMISSION, outcome: 'PENDING', ruledAt: null, validUntil: null });
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'NOT_YET_VALID' })]);
  });

  it('are seen only once they are made', () => {
    const asked = question();
    asked.evidence.push({ ...NSC, outcome: 'WITHDRAWN', decidedAt: AFTER });
    expect(ask(asked)).toEqual([]);
    asked.at = AFTER;
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'WITHDRAWN' })]);
  });

  it('hide none that cannot be dated', () => {
    const asked = question();
    asked.evidence.push({ ...NSC, outcome: 'WITHDRAWN', decidedAt: 'yesterday' });
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'UNREADABLE' })]);
  });

  it('of the commission: an approval after a refusal carries, a refusal after an approval does not', () => {
    const asked = question();
    const refused: CommissionApproval = { ...COMMISSION, outcome: 'REFUSED', ruledAt: '2026-11-19T11:00:00+09:00' };
    asked.evidence.push(refused);
    expect(ask(asked)).toEqual([]);
    refused.ruledAt = '2026-11-19T13:00:00+09:00';
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'REFUSED' })]);
  });
});

describe('an urgent case', () => {
  const explained = (change: object) => {
    const asked = urgent();
    const { urgent: record } = evidenceOf(asked, 'COMMISSION_APPROVAL');
    Object.assign(record ?? {}, change);
    return ask(asked);
  };

  it('needs no ruling yet', () => expect(ask(urgent())).toEqual([]));

  it('still needs the NSC', () => {
    const asked = urgent();
    asked.evidence = without(asked, 'NSC_APPROVAL');
    expect(ask(asked)).toEqual([expect.objectContaining({ kind: 'NSC_APPROVAL', reason: 'MISSING' })]);
  });

  it.each([
    ['no reason', { whyNoTime: ' ' }],
    ['nobody who declares it', { by: ' ' }],
    ['a later declaration', { declaredAt: AFTER }],
    ['no readable time', { declaredAt: '' }],
  ])('is not one with %s', (_, change) => {
    expect(explained(change)).toEqual([
      expect.objectContaining({ reason: 'URGENCY_UNEXPLAINED', timing: 'POST_NOTIFICATION' }),
    ]);
  });

  it('is not one without a record', () => {
    const asked = urgent();
    evidenceOf(asked, 'COMMISSION_APPROVAL').urgent = null;
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'URGENCY_UNEXPLAINED' })]);
  });

  it.each(['UNJUSTIFIED', 'REFUSED'] as const)('ends with the ruling %s', (outcome) => {
    const asked = urgent();
    ruling({ outcome, ruledAt: '2026-11-20T09:45:00+09:00' })(asked);
    expect(ask(asked)).toEqual([expect.objectContaining({ kind: 'COMMISSION_APPROVAL', reason: outcome })]);
  });

  it('goes on with the ruling JUSTIFIED, but only while the case is urgent', () => {
    const asked = urgent();
    ruling({ outcome: 'JUSTIFIED', ruledAt: '2026-11-20T09:45:00+09:00' })(asked);
    expect(ask(asked)).toEqual([]);
    asked.determination = { ...determined(), digest: 'sha256:determination' };
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'NOT_DETERMINED_URGENT' })]);
  });

  it('is carried by a prior approval as well, but not by a request for one', () => {
    const asked = urgent();
    asked.evidence = [...without(asked, 'COMMISSION_APPROVAL'), { ...COMMISSION }];
    expect(ask(asked)).toEqual([]);
    ruling({ outcome: 'PENDING', ruledAt: null, validUntil: null })(asked);
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'PENDING', timing: 'POST_NOTIFICATION' })]);
  });
});

describe('a consultation', () => {
  const both = () => {
    const asked = question();
    const servers = [...FACTS.servers, { ref: 's2', location: 'UNKNOWN' as const }];
    asked.determination = { ...determined({ ...FACTS, servers }), digest: 'sha256:determination' };
    asked.scope.servers.push({ ...asked.scope.servers[0]!, ref: 's2', address: '198.51.100.38' });
    return asked;
  };

  it('covers the servers that it names, and no others', () => {
    expect(ask(both())).toEqual([
      expect.objectContaining({ kind: 'FOREIGN_MINISTER_CONSULTATION', reason: 'MISSING', servers: ['s2'] }),
    ]);
  });

  it('may come in several papers, of which each must be good', () => {
    const asked = both();
    const second = { ...evidenceOf(asked, 'FOREIGN_MINISTER_CONSULTATION'), id: 'e-mofa-2', servers: ['s2'] };
    asked.evidence.push(second);
    expect(ask(asked)).toEqual([]);
    Object.assign(second, { validUntil: BEFORE, servers: ['s1', 's2'] });
    expect(ask(asked)).toEqual([expect.objectContaining({ reason: 'EXPIRED', servers: ['s2'] })]);
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
