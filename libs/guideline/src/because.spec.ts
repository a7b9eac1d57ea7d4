import { determined, FACTS } from '../test/cases.js';
import type { Facts } from './index.js';

describe('because', () => {
  it('names every provision with its source, also those that do not hold', () => {
    const { because } = determined();
    expect(because.map(({ provision, answer }) => [provision, answer])).toEqual([
      ['no-measure', 'FALSE'],
      ['no-authority', 'FALSE'],
      ['review-overseas-server', 'TRUE'],
      ['review-sdf-usfj-system', 'FALSE'],
      ['review-domestic-national-security', 'FALSE'],
      ['executor-sdf-usfj-target', 'FALSE'],
      ['executor-overseas-server', 'TRUE'],
      ['executor-domestic-servers', 'FALSE'],
      ['foreign-minister-consultation', 'TRUE'],
      ['commission-approval', 'TRUE'],
      ['joint-action', 'TRUE'],
      ['nsc-approval', 'TRUE'],
    ]);
    for (const { source, conditions } of because) {
      expect(source).toMatch(/^\[[ASP]\] .+/);
      expect(conditions.length).toBeGreaterThan(0);
    }
  });

  it('names conditions with what was expected, what is, and the answer', () => {
    const facts: Facts = { ...FACTS, communicationProtection: 'UNKNOWN', nationalSecurityImpact: 'UNKNOWN' };
    facts.servers = [
      { ref: 's1', location: 'DOMESTIC' },
      { ref: 's2', location: 'UNKNOWN' },
    ];
    const { because } = determined(facts);
    const conditions = (id: string) => because.find(({ provision }) => provision === id)?.conditions;
    expect(conditions('review-domestic-national-security')).toEqual([
      { fact: 'servers.location', expected: 'SOME_DOMESTIC', value: 'DOMESTIC 1, UNKNOWN 1', answer: 'TRUE' },
      { fact: 'nationalSecurityImpact', expected: 'TRUE', value: 'UNKNOWN', answer: 'UNKNOWN' },
    ]);
    expect(conditions('executor-domestic-servers')).toEqual([
      { fact: 'servers.location', expected: 'ALL_DOMESTIC', value: 'DOMESTIC 1, UNKNOWN 1', answer: 'UNKNOWN' },
      { fact: 'targets.kind', expected: 'SOME_OTHER', value: 'OTHER 1', answer: 'TRUE' },
      {
        fact: 'communicationProtection',
        expected: 'TRUE',
        value: 'UNKNOWN',
        answer: 'UNKNOWN',
        alternative: 'JOINT_NPA_SDF',
      },
      {
        fact: 'nscReview.required',
        expected: 'REQUIRED',
        value: 'PROVISIONAL',
        answer: 'UNKNOWN',
        alternative: 'JOINT_NPA_SDF',
      },
    ]);
    expect(conditions('commission-approval')).toEqual([
      { fact: 'measure', expected: 'POSSIBLE', value: 'POSSIBLE', answer: 'TRUE' },
      {
        fact: 'noTimeForPriorApproval',
        expected: 'TRUE',
        value: 'FALSE',
        answer: 'FALSE',
        alternative: 'POST_NOTIFICATION',
      },
    ]);
  });

  it('ends with the provision by which nothing is done', () => {
    const { because, outcome } = determined({ ...FACTS, measureContemplated: 'UNKNOWN', graveHarmUrgent: 'FALSE' });
    expect(outcome).toBe('NO_AUTHORITY');
    expect(because.map(({ provision, answer }) => [provision, answer])).toEqual([
      ['no-measure', 'UNKNOWN'],
      ['no-authority', 'TRUE'],
    ]);
  });
});
