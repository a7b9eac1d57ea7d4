import { firstFacts } from '@sekisho/contracts';
import { ENACTED } from '@sekisho/guideline';
import { AT, nextId, opened, RECEIVED, submitted } from '../../test/builders.js';
import { openIncident, type SubmittedReport } from './open-incident.js';

type Server = SubmittedReport['report']['servers'][number];
type Kind = SubmittedReport['report']['targets'][number]['kind'];

describe('the first facts of a report', () => {
  it.each<[string, Omit<Server, 'ref'>, string]>([
    ['in Japan', { country: 'JP', confidence: 90 }, 'DOMESTIC'],
    ['abroad', { country: 'NL', confidence: 80 }, 'OVERSEAS'],
    ['without a country', { confidence: 90 }, 'UNKNOWN'],
    ['with a null country', { country: null }, 'UNKNOWN'],
    ['of which little is sure', { country: 'NL', confidence: 49 }, 'UNKNOWN'],
    ['in Japan, of which little is sure', { country: 'JP', confidence: 0 }, 'UNKNOWN'],
    ['at the bound of confidence', { country: 'NL', confidence: 50 }, 'OVERSEAS'],
    ['without a confidence', { country: 'JP' }, 'DOMESTIC'],
  ])('put a server %s where the rule says', (_, server, location) => {
    const { facts } = opened({ servers: [{ ref: 'x', ...server }] }).determination;
    expect(facts.servers).toEqual([{ ref: 's1', location }]);
  });

  it('have one server of unknown place where the report names none', () => {
    const { servers, determination } = opened({ servers: [] });
    expect(servers).toEqual([{ ref: 's1', address: null, reportRef: null }]);
    expect(determination.facts.servers).toEqual([{ ref: 's1', location: 'UNKNOWN' }]);
  });

  it.each<[Kind, 'DEFENCE' | 'GOVERNMENT', Kind]>([
    ['SDF', 'DEFENCE', 'SDF'],
    ['USFJ', 'DEFENCE', 'USFJ'],
    ['SDF', 'GOVERNMENT', 'UNKNOWN'],
    ['USFJ', 'GOVERNMENT', 'UNKNOWN'],
    ['CRITICAL_INFRASTRUCTURE', 'GOVERNMENT', 'CRITICAL_INFRASTRUCTURE'],
    ['DEFENCE_INDUSTRY', 'GOVERNMENT', 'DEFENCE_INDUSTRY'],
    ['UNKNOWN', 'DEFENCE', 'UNKNOWN'],
  ])('take %s from an organisation registered as %s as %s', (kind, sector, expected) => {
    const organisation = { id: 'o', name: 'o', sector };
    // What is reported of the operator is no registration.
    const operator = { name: 'o', sector: 'DEFENCE', designated: false } as const;
    const targets = [{ ref: 'x', name: 'system', kind, country: 'JP' }];
    const { facts } = opened({ targets, operator }, { organisation }).determination;
    expect(facts.targets).toEqual([{ ref: 't1', kind: expected }]);
  });

  it('have one server and one target of which nothing is known where the report names none yet', () => {
    const thin = submitted({
      targets: [{ ref: 'unknown', name: 'UNKNOWN', kind: 'UNKNOWN', country: 'ZZ' }],
      servers: [],
      notYetKnown: ['summary', 'targets', 'servers', 'impact', 'indicators'],
    });
    const { servers, targets, claims, determination } = openIncident(thin, {
      incidentId: nextId(),
      openedAt: AT,
      nextId,
      adoptions: ENACTED,
    });
    expect(servers).toEqual([{ ref: 's1', address: null, reportRef: null }]);
    expect(targets).toEqual([{ ref: 't1', name: 'UNKNOWN', reportRef: null }]);
    expect(claims.map(({ fact, value, note }) => [fact, value, note])).toEqual([
      ['plannedActionAt', RECEIVED, 'Time of receipt.'],
      ['servers.s1.location', 'UNKNOWN', 'The report names no server.'],
      ['targets.t1.kind', 'UNKNOWN', 'The report names no target yet.'],
    ]);
    expect(determination.determination.outcome).toBe('PROVISIONAL');
  });

  it.each<[string, Parameters<typeof submitted>]>([
    ['one', []],
    [
      'servers and no target',
      [{ notYetKnown: ['targets'], targets: [{ ref: 'x', name: 'x', kind: 'UNKNOWN', country: 'ZZ' }] }],
    ],
    ['no server', [{ servers: [] }]],
    ['a kind that its organisation cannot say', [{ targets: [{ ref: 'x', name: 'x', kind: 'SDF', country: 'JP' }] }]],
  ])('of %s are those that a partner is told beforehand', (_, given) => {
    const report = submitted(...given);
    const { determination } = openIncident(report, { incidentId: nextId(), openedAt: AT, nextId, adoptions: ENACTED });
    expect(determination.facts).toEqual(firstFacts(report).facts);
  });

  it('plan for the time of receipt and know nothing else', () => {
    const { facts } = opened().determination;
    expect(facts).toMatchObject({
      plannedActionAt: RECEIVED,
      measureContemplated: 'UNKNOWN',
      graveHarmUrgent: 'UNKNOWN',
      nationalSecurityImpact: 'UNKNOWN',
      communicationProtection: 'UNKNOWN',
      noTimeForPriorApproval: 'UNKNOWN',
    });
  });
});

describe('an incident', () => {
  it('has refs of its own in the report’s order, and says which the report’s were', () => {
    const { report } = submitted();
    const { servers, targets, claims } = opened({
      servers: [
        { ref: 'zz', address: '192.0.2.1' },
        { ref: 's1', address: '192.0.2.2' },
      ],
      targets: [...report.targets, { ref: 's1', name: 'office', kind: 'PRIVATE', country: 'JP' }],
    });
    expect(servers).toEqual([
      { ref: 's1', address: '192.0.2.1', reportRef: 'zz' },
      { ref: 's2', address: '192.0.2.2', reportRef: 's1' },
    ]);
    expect(targets.map(({ ref, reportRef }) => [ref, reportRef])).toEqual([
      ['t1', 'grid'],
      ['t2', 's1'],
    ]);
    expect(claims.map(({ fact }) => fact)).toEqual([
      'plannedActionAt',
      'servers.s1.location',
      'servers.s2.location',
      'targets.t1.kind',
      'targets.t2.kind',
    ]);
    expect(claims.every(({ origin, assertedBy }) => origin === 'REPORT' && assertedBy === null)).toBe(true);
  });

  it('starts with an answer of the guideline in force at receipt', () => {
    const { determination } = opened().determination;
    expect(determination).toMatchObject({
      guideline: 'acd-2026-10',
      inForce: true,
      outcome: 'PROVISIONAL',
      nscReview: { required: 'YES', bases: ['OVERSEAS_SERVER'] },
    });
  });
});
