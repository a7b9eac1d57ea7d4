import type { Question } from '../test/cases.js';
import { DIGEST, FACTS, SCOPE, determined, evidenceOf, question } from '../test/cases.js';
import type { Facts, RefusalCode } from './index.js';
import { ENACTED, REFUSAL_CODES, authorise } from './index.js';

function ask({ determination, facts, scope, evidence, order, at, adoptions = ENACTED }: Question) {
  return authorise(determination, facts, scope, evidence, order, at, adoptions);
}

/** Other facts, with the determination to which they lead. */
function redetermine(asked: Question, change: Partial<Facts>, guideline?: string): void {
  asked.facts = { ...asked.facts, ...change };
  asked.determination = { ...determined(asked.facts, guideline), digest: DIGEST };
}

describe('an order', () => {
  it('is authorised for exactly its servers, as long as what carries it lasts, under the NSC’s conditions', () => {
    expect(ask(question())).toStrictEqual({
      verdict: 'AUTHORISED',
      servers: SCOPE.servers,
      notBefore: '2026-11-20T09:00:00+09:00',
      notAfter: '2026-11-25T09:00:00+09:00',
      conditions: ['no other customer of the host is touched'],
      evidence: ['e-nsc', 'e-commission', 'e-mofa', 'e-pm', 'e-npsc'],
    });
  });

  it('is authorised by what was adopted when it was issued, whatever was adopted since', () => {
    const asked = question();
    const since = {
      guideline: 'acd-2025-12-draft',
      from: '2026-11-20T00:00:00+09:00',
      adoptedAt: '2026-12-01T00:00:00Z',
    };
    expect(ask({ ...asked, adoptions: [...ENACTED, since] }).verdict).toBe('AUTHORISED');
    expect(ask({ ...asked, at: '2026-12-01T09:00:00+09:00', adoptions: [...ENACTED, since] })).toMatchObject({
      reasons: expect.arrayContaining([{ code: 'GUIDELINE_NOT_IN_FORCE', detail: 'acd-2026-10' }]),
    });
  });

  const amended = { guideline: 'acd-2025-12-draft', from: '2026-11-20T00:00:00+09:00' };

  const refused: [code: RefusalCode, what: string, change: (asked: Question) => void, detail?: string][] = [
    ['NOT_DETERMINED', 'a fact is missing', (it) => redetermine(it, { communicationProtection: 'UNKNOWN' })],
    [
      'GUIDELINE_NOT_IN_FORCE',
      'the guideline is a draft',
      (it) => redetermine(it, {}, 'acd-2025-12-draft'),
      'acd-2025-12-draft',
    ],
    [
      'GUIDELINE_NOT_IN_FORCE',
      'another version was adopted from before its planned time on',
      (it) => (it.adoptions = [...ENACTED, { ...amended, adoptedAt: '2026-11-19T00:00:00+09:00' }]),
      'acd-2026-10',
    ],
    [
      'GUIDELINE_NOT_IN_FORCE',
      'a text was adopted that is not known here',
      (it) => (it.adoptions = [...ENACTED, { ...amended, guideline: null, adoptedAt: '2026-11-19T00:00:00+09:00' }]),
      'acd-2026-10',
    ],
    ['GUIDELINE_NOT_IN_FORCE', 'nothing was ever adopted', (it) => (it.adoptions = []), 'acd-2026-10'],
    ['DETERMINATION_DIFFERS', 'a safeguard was struck out', (it) => void it.determination.safeguards.pop()],
    ['DETERMINATION_DIFFERS', 'the review was struck out', (it) => (it.determination.nscReview.required = 'NO')],
    ['DETERMINATION_DIFFERS', 'an executor was added', (it) => it.determination.execution[0]!.candidates.push('SDF')],
    ['DETERMINATION_DIFFERS', 'the facts were changed', (it) => (it.facts.noTimeForPriorApproval = 'TRUE')],
    ['DETERMINATION_STALE', 'the scope is of another determination', (it) => (it.scope.determination = 'sha256:x')],
    ['DETERMINATION_STALE', 'the determination is another', (it) => (it.determination.digest = 'sha256:x')],
    ['SCOPE_STALE', 'the order is for another scope', (it) => (it.order.scopeDigest = 'sha256:x')],
    [
      'SCOPE_FAULTY',
      'a server has no address',
      (it) => (it.scope.servers[0]!.address = ''),
      'ADDRESS_MISSING /servers/0/address',
    ],
    ['EXECUTOR_UNUSED', 'no server is that executor’s', (it) => (it.order.executor = 'NPA_SOLE'), 'NPA_SOLE'],
    ['OUTSIDE_WINDOW', 'it is planned too early', (it) => (it.order.plannedActionAt = '2026-11-20T08:59:59+09:00')],
    [
      'WINDOW_OVER',
      'the window ends as it is issued',
      (it) => (it.scope.measure.notAfter = it.order.plannedActionAt = it.at),
    ],
    ['SAFEGUARD_OUTSTANDING', 'the NSC has not approved', (it) => void it.evidence.shift(), 'NSC_APPROVAL MISSING'],
    ['PERSON_MISSING', 'nobody drafted it', (it) => (it.order.draftedBy = ' '), 'draftedBy'],
    ['PERSON_MISSING', 'nobody issues it', (it) => (it.order.issuedBy = ' '), 'issuedBy'],
    ['SAME_PERSON', 'one person drafts and issues it', (it) => (it.order.issuedBy = 'officer-1'), 'officer-1'],
  ];

  it.each(refused.map(([code, what, change, detail]) => ({ code, what, change, detail })))(
    'is refused as $code where $what',
    ({ code, change, detail }) => {
      const asked = question();
      change(asked);
      const answer = ask(asked);
      if (answer.verdict !== 'REFUSED') throw new Error('authorised');
      expect([...new Set(answer.reasons.map((reason) => reason.code))]).toEqual([code]);
      if (detail !== undefined) expect(answer.reasons[0]?.detail).toBe(detail);
    },
  );

  it('has a test for every refusal', () => {
    expect(new Set(refused.map(([code]) => code))).toEqual(new Set(REFUSAL_CODES));
  });

  it.each(['e-nsc', 'e-commission', 'e-mofa', 'e-pm', 'e-npsc'])('waits for %s', (id) => {
    const asked = question();
    asked.evidence = asked.evidence.filter((each) => each.id !== id);
    const answer = ask(asked);
    expect(answer).toMatchObject({ verdict: 'REFUSED', reasons: [{ code: 'SAFEGUARD_OUTSTANDING' }] });
    expect(answer).toHaveProperty('outstanding', [expect.objectContaining({ reason: 'MISSING' })]);
  });

  it('planned after the window is refused even where nothing else is wrong', () => {
    const asked = question();
    asked.scope.measure.notAfter = '2026-11-20T11:00:00+09:00';
    expect(ask(asked)).toMatchObject({ reasons: [{ code: 'OUTSIDE_WINDOW' }] });
  });

  it('is refused for every reason at once, with the provision where there is one', () => {
    const asked = question();
    asked.evidence = [];
    asked.order.issuedBy = asked.order.draftedBy;
    const answer = ask(asked);
    if (answer.verdict !== 'REFUSED') throw new Error('authorised');
    expect(answer.reasons).toHaveLength(6);
    expect(answer.reasons[0]).toEqual({
      code: 'SAFEGUARD_OUTSTANDING',
      detail: 'NSC_APPROVAL MISSING',
      provision: 'nsc-approval',
    });
    expect(answer.outstanding).toHaveLength(5);
  });

  it('must still be carried at the planned time', () => {
    const asked = question();
    asked.order.plannedActionAt = '2026-11-25T09:00:01+09:00';
    expect(ask(asked)).toMatchObject({ reasons: [{ detail: 'NSC_APPROVAL EXPIRED' }] });
  });

  it('must be carried when it is issued, although it was planned for earlier', () => {
    const asked = question();
    asked.at = '2026-11-25T09:00:01+09:00';
    expect(ask(asked)).toMatchObject({ reasons: [{ detail: 'NSC_APPROVAL EXPIRED' }] });
  });

  it('has the same answer when it is asked again, of records that have grown since', () => {
    const asked = question();
    const before = ask(asked);
    const later = { decidedAt: '2026-11-20T11:00:00+09:00', outcome: 'WITHDRAWN' as const };
    asked.evidence.push({ ...evidenceOf(asked, 'NSC_APPROVAL'), ...later });
    expect(ask(asked)).toEqual(before);
  });

  it('to the police does not wait for what the joint part of the scope still lacks', () => {
    const asked = question();
    redetermine(asked, { servers: [...FACTS.servers, { ref: 's2', location: 'OVERSEAS' }] });
    asked.scope.servers.push({ ref: 's2', address: '198.51.100.38', attacks: ['t1'], executor: 'NPA_SOLE' });
    asked.order.executor = 'NPA_SOLE';
    Object.assign(evidenceOf(asked, 'FOREIGN_MINISTER_CONSULTATION'), { servers: ['s2'] });
    asked.evidence = asked.evidence.filter(({ id }) => id !== 'e-pm' && id !== 'e-npsc');
    expect(ask(asked)).toMatchObject({ verdict: 'AUTHORISED', servers: [{ ref: 's2' }] });
    asked.order.executor = 'JOINT_NPA_SDF';
    const answer = ask(asked);
    expect(answer).toHaveProperty('outstanding', [
      expect.objectContaining({ kind: 'FOREIGN_MINISTER_CONSULTATION', servers: ['s1'] }),
      expect.objectContaining({ kind: 'PRIME_MINISTER_ORDER' }),
      expect.objectContaining({ kind: 'NPSC_CONSENT' }),
    ]);
  });

  it('is carried by the same approvals after urgency was declared and the planned time moved', () => {
    const asked = question();
    redetermine(asked, { noTimeForPriorApproval: 'TRUE', plannedActionAt: '2026-11-21T12:00:00+09:00' });
    asked.order.plannedActionAt = '2026-11-21T12:00:00+09:00';
    expect(ask(asked)).toMatchObject({ verdict: 'AUTHORISED' });
  });

  it('in an urgent case lasts as long as the other safeguards: an urgent record has no end of its own', () => {
    const asked = question();
    redetermine(asked, { noTimeForPriorApproval: 'TRUE' });
    const urgent = { whyNoTime: 'the grid fails', declaredAt: asked.at, by: 'officer-1' };
    const pending = { timing: 'POST_NOTIFICATION', outcome: 'PENDING', ruledAt: null, validUntil: null, urgent };
    Object.assign(evidenceOf(asked, 'COMMISSION_APPROVAL'), pending);
    expect(ask(asked)).toMatchObject({ verdict: 'AUTHORISED', notAfter: '2026-11-25T09:00:00+09:00' });
  });

  it.each(['COMMISSION_APPROVAL', 'FOREIGN_MINISTER_CONSULTATION', 'PRIME_MINISTER_ORDER', 'NPSC_CONSENT'] as const)(
    'lasts no longer than %s',
    (kind) => {
      const asked = question();
      evidenceOf(asked, kind).validUntil = '2026-11-21T00:00:00+09:00';
      expect(ask(asked)).toMatchObject({ verdict: 'AUTHORISED', notAfter: '2026-11-21T00:00:00+09:00' });
    },
  );

  it('lasts as long as the longest lasting of several papers, and names each once', () => {
    const asked = question();
    redetermine(asked, {
      servers: [...FACTS.servers, { ref: 's2', location: 'UNKNOWN' }],
      nationalSecurityImpact: 'TRUE',
    });
    asked.scope.servers.push({ ...asked.scope.servers[0]!, ref: 's2', address: '198.51.100.38' });
    const consultation = evidenceOf(asked, 'FOREIGN_MINISTER_CONSULTATION');
    const [soon, late] = ['2026-11-21T00:00:00+09:00', '2026-11-24T00:00:00+09:00'];
    Object.assign(consultation, { validUntil: soon });
    asked.evidence.push({ ...consultation, id: 'e-mofa-2', servers: ['s1', 's2'], validUntil: late });
    asked.evidence.push({ ...evidenceOf(asked, 'PRIME_MINISTER_ORDER'), id: 'e-pm-2', validUntil: soon });
    expect(ask(asked)).toMatchObject({
      verdict: 'AUTHORISED',
      notAfter: late,
      evidence: ['e-nsc', 'e-commission', 'e-mofa-2', 'e-pm', 'e-npsc'],
    });
  });

  it('lasts no longer than the window', () => {
    const asked = question();
    asked.scope.measure.notAfter = '2026-11-21T00:00:00+09:00';
    expect(ask(asked)).toMatchObject({ verdict: 'AUTHORISED', notAfter: '2026-11-21T00:00:00+09:00' });
  });

  it.each([
    ['that no guideline of ours led to', (it: Question) => (it.determination.guideline = 'acd-2099')],
    ['of facts without servers', (it: Question) => (it.facts.servers = [])],
    ['of facts without targets', (it: Question) => (it.facts.targets = [])],
    ['of facts in which a ref names two', (it: Question) => it.facts.targets.push({ ref: 't1', kind: 'SDF' })],
  ])('is refused on a determination %s', (_, change) => {
    const asked = question();
    change(asked);
    const answer = ask(asked);
    expect(answer.verdict === 'REFUSED' && answer.reasons.map(({ code }) => code)).toContain('DETERMINATION_DIFFERS');
  });

  it('is authorised on records whose keys come in another order, or that say more', () => {
    const asked = question();
    const { digest, safeguards, ...rest } = asked.determination;
    const reordered = safeguards.map((each) => Object.fromEntries(Object.entries(each).toReversed()));
    asked.determination = { digest, safeguards: reordered as typeof safeguards, ...rest };
    Object.assign(asked.determination.nscReview, { remark: 'added by a later version' });
    expect(ask(asked)).toMatchObject({ verdict: 'AUTHORISED' });
  });

  it.each(['at', 'plannedActionAt'] as const)('is refused where %s cannot be read', (name) => {
    const asked = question();
    if (name === 'at') asked.at = '2026-11-20 10:00';
    else asked.order.plannedActionAt = '2026-11-20T12:00:00';
    expect(ask(asked)).toMatchObject({ verdict: 'REFUSED' });
  });
});
