import fc from 'fast-check';
import { assessment, opened, person } from '../../test/builders.js';
import { assertedBy, foldFacts } from './fold-facts.js';
import type { Claim, Incident } from './incident.js';

const incident = opened();
const folded = (...claims: Claim[]) => foldFacts({ ...incident, claims: [...incident.claims, ...claims] });
const reported = (fact: string): string => incident.claims.find((claim) => claim.fact === fact)!.claimId;

describe('facts folded from claims', () => {
  it('take a single value that is known', () => {
    expect(folded(assessment('graveHarmUrgent', 'TRUE')).graveHarmUrgent).toBe('TRUE');
  });

  it('do not mind who agrees, or who says that he does not know', () => {
    const facts = folded(
      assessment('graveHarmUrgent', 'TRUE'),
      assessment('graveHarmUrgent', 'UNKNOWN'),
      assessment('graveHarmUrgent', 'TRUE'),
    );
    expect(facts.graveHarmUrgent).toBe('TRUE');
  });

  it('are UNKNOWN where sources disagree', () => {
    expect(folded(assessment('servers.s1.location', 'DOMESTIC')).servers).toEqual([{ ref: 's1', location: 'UNKNOWN' }]);
  });

  it('follow the claim that sets the other aside', () => {
    const claim = assessment('servers.s1.location', 'DOMESTIC', [reported('servers.s1.location')]);
    expect(folded(claim).servers).toEqual([{ ref: 's1', location: 'DOMESTIC' }]);
  });

  it('do not bring back what was set aside when its successor is set aside too', () => {
    const first = assessment('servers.s1.location', 'DOMESTIC', [reported('servers.s1.location')]);
    const second = assessment('servers.s1.location', 'UNKNOWN', [first.claimId]);
    expect(folded(first, second).servers).toEqual([{ ref: 's1', location: 'UNKNOWN' }]);
  });

  it('plan for the time that was claimed last', () => {
    const facts = folded(
      assessment('plannedActionAt', '2026-12-02T09:00:00+09:00'),
      assessment('plannedActionAt', '2026-12-01T09:00:00+09:00'),
    );
    expect(facts.plannedActionAt).toBe('2026-12-01T09:00:00+09:00');
  });

  it('are the same in whatever order claims about them were recorded, but for the plan', () => {
    const value = fc.constantFrom('TRUE', 'FALSE', 'UNKNOWN');
    const fact = fc.constantFrom('graveHarmUrgent', 'measureContemplated', 'nationalSecurityImpact');
    const claims = fc.array(fc.tuple(fact, value), { maxLength: 8 });
    fc.assert(
      fc.property(claims, (drawn) => {
        const made = drawn.map(([name, said]) => assessment(name, said));
        expect(folded(...made)).toEqual(folded(...made.toReversed()));
      }),
    );
  });
});

describe('who asserted what decides', () => {
  const claims = (...more: Claim[]): Pick<Incident, 'claims'> => ({ claims: [...incident.claims, ...more] });

  it('is each person once, for claims that count, without the plan', () => {
    const [aoki, baba, chiba] = [person('aoki'), person('baba'), person('chiba')];
    const outdated = assessment('graveHarmUrgent', 'FALSE', [], baba);
    const actors = assertedBy(
      claims(
        outdated,
        assessment('graveHarmUrgent', 'TRUE', [outdated.claimId], aoki),
        assessment('measureContemplated', 'TRUE', [], aoki),
        assessment('plannedActionAt', '2026-12-01T09:00:00+09:00', [], chiba),
      ),
    );
    expect(actors).toEqual([aoki]);
  });

  it('counts urgency: it changes what the commission is asked', () => {
    expect(assertedBy(claims(assessment('noTimeForPriorApproval', 'TRUE')))).toHaveLength(1);
  });
});
