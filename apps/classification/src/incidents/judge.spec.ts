import type { ScopeBody } from '@sekisho/contracts';
import { ENACTED, findGuideline } from '@sekisho/guideline';
import { opened, scopeFor } from '../../test/builders.js';
import { judge, judgeAtPlannedTime, scopeDigestOf, underTheLawAt } from './judge.js';

const incident = opened();
const { facts, determination } = incident.determination;

describe('the digest of a determination', () => {
  it.each([
    ['the planned time', { ...facts, plannedActionAt: '2026-12-24T00:00:00+09:00' }],
    ['urgency', { ...facts, noTimeForPriorApproval: 'TRUE' as const }],
  ])('is independent of %s', (_, changed) => {
    expect(judgeAtPlannedTime(changed, ENACTED).digest).toBe(determination.digest);
  });

  it.each([
    ['measureContemplated', { ...facts, measureContemplated: 'TRUE' as const }],
    ['graveHarmUrgent', { ...facts, graveHarmUrgent: 'TRUE' as const }],
    ['nationalSecurityImpact', { ...facts, nationalSecurityImpact: 'TRUE' as const }],
    ['communicationProtection', { ...facts, communicationProtection: 'FALSE' as const }],
    ['a location', { ...facts, servers: [{ ref: 's1', location: 'DOMESTIC' as const }] }],
    ['a kind', { ...facts, targets: [{ ref: 't1', kind: 'GOVERNMENT' as const }] }],
    ['another server', { ...facts, servers: [...facts.servers, { ref: 's2', location: 'DOMESTIC' as const }] }],
  ])('changes with %s', (_, changed) => {
    expect(judgeAtPlannedTime(changed, ENACTED).digest).not.toBe(determination.digest);
  });

  it('changes with the guideline', () => {
    expect(judge(findGuideline('acd-2025-12-draft')!, facts, ENACTED).digest).not.toBe(determination.digest);
  });

  it('says that a guideline is not in force yet, though nothing else changes', () => {
    const early = judgeAtPlannedTime({ ...facts, plannedActionAt: '2026-09-30T23:59:59+09:00' }, ENACTED);
    expect([early.inForce, early.digest]).toEqual([false, determination.digest]);
  });
});

describe('a stored answer', () => {
  const draft = {
    ...incident.determination,
    determination: judge(findGuideline('acd-2025-12-draft')!, facts, ENACTED),
  };

  it('is given as it was stored where no time is named, or its own guideline was in force then', () => {
    expect(underTheLawAt(draft, undefined, ENACTED)).toBe(draft);
    expect(underTheLawAt(incident.determination, '2026-12-24T00:00:00+09:00', ENACTED)).toBe(incident.determination);
  });

  it('is answered anew under the guideline that was in force at another time', () => {
    const at = '2026-12-24T00:00:00+09:00';
    const { facts: asked, determination: answered, madeAt } = underTheLawAt(draft, at, ENACTED);
    expect([asked.plannedActionAt, answered.guideline, madeAt]).toEqual([at, 'acd-2026-10', draft.madeAt]);
    expect(answered.digest).toBe(determination.digest);
  });
});

describe('the digest of a scope', () => {
  const scope = scopeFor(incident);
  const server = scope.servers[0]!;
  const digest = scopeDigestOf(incident.id, 1, scope, facts);
  const measure = (over: Partial<ScopeBody['measure']>): ScopeBody => ({
    ...scope,
    measure: { ...scope.measure, ...over },
  });
  const servers = (...list: ScopeBody['servers']): ScopeBody => ({ ...scope, servers: list });

  it.each<[string, ScopeBody]>([
    ['the determination', { ...scope, determination: `sha256:${'0'.repeat(64)}` }],
    ['the server', servers({ ...server, ref: 's2' })],
    ['one more server', servers(server, { ...server, ref: 's2' })],
    ['the address', servers({ ...server, address: '198.51.100.38' })],
    ['the targets', servers({ ...server, attacks: ['t2'] })],
    ['the executor', servers({ ...server, executor: 'JOINT_NPA_SDF' })],
    ['the kind of measure', measure({ kind: 'DIRECT' })],
    ['the purpose', measure({ purpose: 'Another.' })],
    ['the begin of the window', measure({ notBefore: '2026-11-23T09:00:01+09:00' })],
    ['the end of the window', measure({ notAfter: '2026-11-30T09:00:01+09:00' })],
  ])('changes with %s', (_, changed) => {
    expect(scopeDigestOf(incident.id, 1, changed, facts)).not.toBe(digest);
  });

  it('changes with a server’s location, the version and the incident', () => {
    const moved = { ...facts, servers: [{ ref: 's1', location: 'DOMESTIC' as const }] };
    expect(scopeDigestOf(incident.id, 1, scope, moved)).not.toBe(digest);
    expect(scopeDigestOf(incident.id, 2, scope, facts)).not.toBe(digest);
    expect(scopeDigestOf(opened().id, 1, scope, facts)).not.toBe(digest);
  });

  it('is the same for the same content, in whatever order its fields are', () => {
    const reordered = JSON.parse(JSON.stringify({ servers: scope.servers, measure: scope.measure })) as ScopeBody;
    expect(scopeDigestOf(incident.id, 1, { ...reordered, determination: scope.determination }, facts)).toBe(digest);
  });
});
