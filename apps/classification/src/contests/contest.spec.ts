import { AT, assessment, nextId, opened } from '../../test/builders.js';
import { foldFacts } from '../incidents/fold-facts.js';
import type { Claim, Contest } from '../incidents/incident.js';
import { contestsOf, settledBy } from './contest.js';

const incident = opened();
const LOCATION = 'servers.s1.location';
const by = { source: '/agency-npa', at: AT, nextId };
const found = (fact: string, value: string) => ({ fact, value, note: 'seen on the wire' });
const contested = (...facts: [string, string][]) =>
  contestsOf(
    incident,
    facts.map(([fact, value]) => found(fact, value)),
    by,
  ).map(({ fact, value }) => [fact, value]);

describe('what somebody else says', () => {
  it('contests a fact that is known otherwise', () => {
    expect(incident.determination.facts.servers).toEqual([{ ref: 's1', location: 'OVERSEAS' }]);
    expect(contestsOf(incident, [found(LOCATION, 'DOMESTIC')], by)).toMatchObject([
      { fact: LOCATION, value: 'DOMESTIC', source: '/agency-npa', contestedAt: AT, settledBy: null },
    ]);
  });

  it.each([
    ['says the same', LOCATION, 'OVERSEAS'],
    ['does not know', LOCATION, 'UNKNOWN'],
    ['speaks of what is unknown: the answer holds either way', 'graveHarmUrgent', 'TRUE'],
    ['names a server that the case has not', 'servers.s9.location', 'DOMESTIC'],
    ['names no fact', 'constructor', 'DOMESTIC'],
    ['names no value of the fact', LOCATION, 'MARS'],
    ['plans another time: that is no fact', 'plannedActionAt', '2026-12-01T09:00:00+09:00'],
  ])('contests nothing where it %s', (_, fact, value) => {
    expect(contested([fact, value])).toEqual([]);
  });

  it('contests each fact for itself', () => {
    expect(contested([LOCATION, 'DOMESTIC'], ['targets.t1.kind', 'PRIVATE'], [LOCATION, 'OVERSEAS'])).toEqual([
      [LOCATION, 'DOMESTIC'],
      ['targets.t1.kind', 'PRIVATE'],
    ]);
  });
});

describe('a contest', () => {
  const open = contestsOf(incident, [found(LOCATION, 'DOMESTIC'), found('targets.t1.kind', 'PRIVATE')], by);
  const settled = (claim: Claim, contests: readonly Contest[] = open) => {
    const facts = foldFacts({ ...incident, claims: [...incident.claims, claim] });
    return settledBy({ ...incident, contests }, claim, facts, AT).map(({ fact, upheld }) => [fact, upheld]);
  };
  const reported = incident.claims.find(({ fact }) => fact === LOCATION)!.claimId;

  it('is settled by a claim that upholds its fact', () => {
    expect(settled(assessment(LOCATION, 'OVERSEAS'))).toEqual([[LOCATION, true]]);
  });

  it('is settled by a claim that changes its fact', () => {
    expect(settled(assessment(LOCATION, 'DOMESTIC', [reported]))).toEqual([[LOCATION, false]]);
    // Two sources that disagree make the fact unknown, and that is a change too.
    expect(settled(assessment(LOCATION, 'DOMESTIC'))).toEqual([[LOCATION, false]]);
  });

  it('is not settled by a claim about another fact, nor by one that says nothing', () => {
    expect(settled(assessment('graveHarmUrgent', 'TRUE'))).toEqual([]);
    expect(settled(assessment(LOCATION, 'UNKNOWN'))).toEqual([]);
  });

  it('is settled once', () => {
    const before = open.map((contest) => ({ ...contest, settledBy: nextId() }));
    expect(settled(assessment(LOCATION, 'OVERSEAS'), before)).toEqual([]);
  });
});
