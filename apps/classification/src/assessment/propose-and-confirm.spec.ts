import { type Adoption, ENACTED } from '@sekisho/guideline';
import { assessment, AT, opened, person, scopeFor } from '../../test/builders.js';
import type { Incident } from '../incidents/incident.js';
import { isStale } from '../incidents/incident.js';
import { standingOf } from '../standing/standing-of.js';
import { confirm, confirmationRefusal } from './confirm.js';
import { proposeScope, scopeRefusal } from './propose-scope.js';
import { recordClaim } from './record-claim.js';

const OTHER = `sha256:${'0'.repeat(64)}`;
const [aoki, baba] = [person('aoki'), person('baba')];
const incident = opened();
const digestOf = ({ determination }: Incident): string => determination.determination.digest;

const claimed = (before: Incident, fact: string, value: string): Incident => {
  const claim = assessment(fact, value);
  const { determination, lapse } = recordClaim(before, claim, AT, ENACTED);
  const scope = before.scope && { ...before.scope, lapsed: before.scope.lapsed || lapse !== null };
  const confirmation = lapse ? { ...lapse.confirmation, lapse: { reason: lapse.reason, at: AT } } : before.confirmation;
  return { ...before, claims: [...before.claims, claim], determination, scope, confirmation };
};
const proposed = (before: Incident): Incident => {
  const { proposed: scope } = proposeScope(before, scopeFor(before), aoki, AT);
  return { ...before, scope };
};
const confirmed = (before: Incident): Incident => {
  const scopeDigest = before.scope?.scopeDigest;
  const body = { digest: digestOf(before), ...(scopeDigest === undefined ? {} : { scopeDigest }) };
  return { ...before, confirmation: confirm(before, body, baba, AT) };
};

describe('a scope', () => {
  it('may rest on the determination as it is', () => {
    expect(scopeRefusal(incident, scopeFor(incident))).toBeNull();
  });

  it('that rests on another one is told which counts', () => {
    expect(scopeRefusal(incident, scopeFor(incident, { determination: OTHER }))).toMatchObject({
      code: 'stale-scope',
      detail: expect.stringContaining(digestOf(incident)),
      extensions: { current: { digest: digestOf(incident), scopeDigest: null } },
    });
  });

  it.each([
    ['measureContemplated', 'NO_MEASURE'],
    ['graveHarmUrgent', 'NO_AUTHORITY'],
  ])('is refused where %s is FALSE', (fact, outcome) => {
    const closed = claimed(incident, fact, 'FALSE');
    expect(scopeRefusal(closed, scopeFor(closed))).toMatchObject({
      code: 'illegal-transition',
      detail: expect.stringContaining(outcome),
    });
  });

  it('is told every fault by pointer', () => {
    const servers = scopeFor(incident).servers;
    const refusal = scopeRefusal(
      incident,
      scopeFor(incident, {
        servers: [
          { ...servers[0]!, executor: 'SDF' },
          { ref: 's7', address: '192.0.2.1', attacks: ['t1', 't8'], executor: 'NPA_SOLE' },
        ],
      }),
    );
    expect(refusal?.extensions).toMatchObject({
      errors: [
        { pointer: '/servers/0/executor', code: 'executor-not-candidate' },
        { pointer: '/servers/1/ref', code: 'server-unknown' },
        { pointer: '/servers/1/attacks/1', code: 'target-unknown' },
      ],
    });
  });

  it('has a new version and digest each time, and ends the confirmation of the one before', () => {
    const first = confirmed(proposed(incident));
    const { proposed: second, lapse } = proposeScope(first, scopeFor(first), aoki, AT);
    expect(second.version).toBe(2);
    expect(second.scopeDigest).not.toBe(first.scope?.scopeDigest);
    expect(lapse).toMatchObject({ reason: 'SCOPE_REPLACED', confirmation: { scopeDigest: first.scope?.scopeDigest } });
  });

  it('leaves a confirmation alone that named no scope', () => {
    const first = confirmed(incident);
    expect(proposeScope(first, scopeFor(first), aoki, AT).lapse).toBeNull();
  });
});

describe('a confirmation', () => {
  const ready = proposed(incident);
  const scopeDigest = ready.scope!.scopeDigest;
  const digest = digestOf(ready);

  it('takes the digests as they are, with or without the scope', () => {
    expect(confirmationRefusal(ready, { digest })).toBeNull();
    expect(confirmationRefusal(ready, { digest, scopeDigest })).toBeNull();
  });

  it.each([
    ['another determination', { digest: OTHER, scopeDigest }],
    ['another scope', { digest, scopeDigest: OTHER }],
  ])('that names %s is told which counts', (_, body) => {
    const refusal = confirmationRefusal(ready, body);
    expect(refusal).toMatchObject({ code: 'stale-scope', extensions: { current: { digest, scopeDigest } } });
  });

  it('of a scope is refused where there is none', () => {
    expect(confirmationRefusal(incident, { digest, scopeDigest: OTHER })).toMatchObject({ code: 'stale-scope' });
  });

  it('of a scope is refused once the facts are others', () => {
    const changed = claimed(ready, 'graveHarmUrgent', 'TRUE');
    expect(isStale(changed)).toBe(true);
    expect(confirmationRefusal(changed, { digest: digestOf(changed), scopeDigest })).toMatchObject({
      code: 'stale-scope',
    });
  });

  it('of a scope is refused once it has lapsed, though the facts came back', () => {
    const back = claimed(confirmed(ready), 'graveHarmUrgent', 'TRUE');
    const again = { ...back, determination: ready.determination };
    expect(confirmationRefusal(again, { digest, scopeDigest })).toMatchObject({ code: 'stale-scope' });
  });

  it('of what stands already is a conflict; of a scope after its determination it is not', () => {
    const stands = confirmed(ready);
    expect(confirmationRefusal(stands, { digest, scopeDigest })).toMatchObject({ code: 'conflict' });
    expect(confirmationRefusal(stands, { digest })).toMatchObject({ code: 'conflict' });
    const alone = { ...confirmed(incident), scope: ready.scope };
    expect(confirmationRefusal(alone, { digest })).toMatchObject({ code: 'conflict' });
    expect(confirmationRefusal(alone, { digest, scopeDigest })).toBeNull();
  });
});

describe('standing', () => {
  const ready = proposed(incident);
  const stands = confirmed(ready);
  const asked = ready.scope!.scopeDigest;
  const ask = (of: Incident | undefined, digest = asked, adoptions: readonly Adoption[] = ENACTED) =>
    standingOf(of, incident.id, digest, adoptions);

  it('is given where determination and scope are confirmed as they are', () => {
    expect(ask(stands)).toMatchObject({ stands: true, digest: digestOf(incident), confirmedAt: AT });
  });

  it.each<[string, Incident | undefined, string]>([
    ['no incident', undefined, 'no such incident'],
    ['no confirmation', ready, 'Nothing has been confirmed'],
    ['a confirmation without the scope', confirmed(incident), 'not for this scope'],
    ['a lapse', claimed(stands, 'graveHarmUrgent', 'TRUE'), 'FACTS_CHANGED'],
    [
      'other facts, had nobody noticed',
      { ...stands, determination: claimed(stands, 'graveHarmUrgent', 'TRUE').determination },
      'facts have changed',
    ],
  ])('is denied for %s', (_, of, detail) => {
    expect(ask(of)).toMatchObject({ stands: false, confirmedAt: null, detail: expect.stringContaining(detail) });
  });

  it('is denied once another version was adopted from before the planned time on', () => {
    const from = '2026-11-01T00:00:00+09:00';
    const other = { guideline: 'acd-2025-12-draft', from, adoptedAt: '2026-10-20T00:00:00Z' };
    expect(ask(stands, asked, [...ENACTED, other])).toMatchObject({
      stands: false,
      detail: expect.stringContaining('not in force'),
    });
  });

  it('is denied for another scope', () => {
    expect(ask(stands, OTHER).stands).toBe(false);
  });
});
