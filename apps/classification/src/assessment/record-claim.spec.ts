import { ENACTED } from '@sekisho/guideline';
import { assessment, AT, opened, person } from '../../test/builders.js';
import type { Confirmation, Incident } from '../incidents/incident.js';
import { claimFaults, recordClaim } from './record-claim.js';

const incident = opened();
const body = (fact: string, value: string, setsAside?: string[]) => ({
  fact,
  value,
  note: 'why',
  ...(setsAside ? { setsAside } : {}),
});
const claimAbout = (fact: string): string => incident.claims.find((claim) => claim.fact === fact)!.claimId;

describe('an assessment', () => {
  it.each([
    ['graveHarmUrgent', 'TRUE'],
    ['noTimeForPriorApproval', 'UNKNOWN'],
    ['plannedActionAt', '2026-11-24T09:00:00+09:00'],
    ['servers.s1.location', 'DOMESTIC'],
    ['targets.t1.kind', 'GOVERNMENT'],
  ])('of %s may say %s', (fact, value) => {
    expect(claimFaults(incident, body(fact, value))).toEqual([]);
  });

  it.each([
    ['a fact that there is not', body('weather', 'TRUE'), '/fact', 'unknown-fact'],
    ['an unknown server', body('servers.s2.location', 'DOMESTIC'), '/fact', 'unknown-fact'],
    ['an unknown target', body('targets.t9.kind', 'SDF'), '/fact', 'unknown-fact'],
    ['a server’s kind', body('servers.s1.kind', 'SDF'), '/fact', 'unknown-fact'],
    ['a name of every object', body('constructor', 'TRUE'), '/fact', 'unknown-fact'],
    ['a location for a yes-or-no fact', body('graveHarmUrgent', 'OVERSEAS'), '/value', 'invalid-value'],
    ['a yes for a location', body('servers.s1.location', 'TRUE'), '/value', 'invalid-value'],
    ['a time without offset', body('plannedActionAt', '2026-11-24T09:00:00'), '/value', 'invalid-value'],
    ['another incident’s claim', body('graveHarmUrgent', 'TRUE', ['x']), '/setsAside/0', 'unknown-claim'],
    [
      'a claim about another fact',
      body('graveHarmUrgent', 'TRUE', [claimAbout('targets.t1.kind')]),
      '/setsAside/0',
      'other-fact',
    ],
  ])('with %s is refused by pointer', (_, claim, pointer, code) => {
    expect(claimFaults(incident, claim)).toMatchObject([{ pointer, code }]);
  });

  it('makes the next version of the determination, even where it changes nothing', () => {
    const { determination, lapse } = recordClaim(incident, assessment('graveHarmUrgent', 'UNKNOWN'), AT, ENACTED);
    expect(determination.version).toBe(2);
    expect(determination.determination.digest).toBe(incident.determination.determination.digest);
    expect(lapse).toBeNull();
  });
});

describe('a confirmation', () => {
  const confirmation: Confirmation = {
    version: 1,
    determinationVersion: 1,
    digest: incident.determination.determination.digest,
    scopeVersion: null,
    scopeDigest: null,
    confirmedBy: person('baba'),
    confirmedAt: AT,
    lapse: null,
  };
  const confirmed: Incident = { ...incident, confirmation };

  it('lapses when the facts change', () => {
    const { lapse } = recordClaim(confirmed, assessment('graveHarmUrgent', 'TRUE'), AT, ENACTED);
    expect(lapse).toEqual({ confirmation, reason: 'FACTS_CHANGED', at: AT });
  });

  it.each([
    ['the plan changes', assessment('plannedActionAt', '2026-11-25T09:00:00+09:00')],
    ['urgency is declared', assessment('noTimeForPriorApproval', 'TRUE')],
    ['a claim agrees', assessment('servers.s1.location', 'OVERSEAS')],
  ])('stands when %s', (_, claim) => {
    expect(recordClaim(confirmed, claim, AT, ENACTED).lapse).toBeNull();
  });

  it('lapses once', () => {
    const lapsed = { ...confirmed, confirmation: { ...confirmation, lapse: { reason: 'FACTS_CHANGED', at: AT } } };
    expect(recordClaim(lapsed as Incident, assessment('graveHarmUrgent', 'TRUE'), AT, ENACTED).lapse).toBeNull();
  });
});
