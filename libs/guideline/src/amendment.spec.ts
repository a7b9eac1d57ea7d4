import fc from 'fast-check';
import { acd202704Invented } from '../test/amendment/acd-2027-04-invented.js';
import { anyFacts } from '../test/any-facts.js';
import { FACTS } from '../test/cases.js';
import { counterfactuals, determine, type Facts, findGuideline, nextQuestions } from './index.js';

const before = findGuideline('acd-2026-10')!;

/** A police case at home: reviewed by nobody until the amendment. */
const ministry: Facts = {
  ...FACTS,
  nationalSecurityImpact: 'FALSE',
  communicationProtection: 'FALSE',
  servers: [{ ref: 's1', location: 'DOMESTIC' }],
  targets: [
    { ref: 't1', kind: 'GOVERNMENT' },
    { ref: 't2', kind: 'PRIVATE' },
  ],
};

describe('an amendment', () => {
  it('that draws a new line between targets changes the cases on that line alone', () => {
    expect(determine(before, ministry).nscReview.required).toBe('NO');
    const after = determine(acd202704Invented, ministry);
    expect(after).toMatchObject({
      outcome: 'DETERMINED',
      nscReview: { required: 'YES', bases: ['GOVERNMENT_SYSTEM'] },
      execution: [
        { target: 't1', candidates: ['NPA_SOLE'] },
        { target: 't2', candidates: ['NPA_SOLE'] },
      ],
    });
    expect(after.because.find(({ provision }) => provision === 'review-government-target')?.conditions).toEqual([
      { fact: 'targets.kind', expected: 'SOME_GOVERNMENT', value: 'OTHER 2, GOVERNMENT 1', answer: 'TRUE' },
    ]);
  });

  it('leaves cases without a target of the government, known or possible, as they were', () => {
    fc.assert(
      fc.property(anyFacts(), (facts) => {
        fc.pre(facts.targets.every(({ kind }) => kind !== 'GOVERNMENT' && kind !== 'UNKNOWN'));
        const [old, { guideline, inForce, because, ...now }] = [
          determine(before, facts),
          determine(acd202704Invented, facts),
        ];
        expect([guideline, inForce, because.length > 0]).toEqual(['acd-2027-04-invented', false, true]);
        expect(old).toMatchObject(now);
      }),
    );
  });

  it('asks of an unknown target between the kinds that it tells apart, and finds the way back', () => {
    const unknown: Facts = { ...ministry, targets: [{ ref: 't1', kind: 'UNKNOWN' }] };
    expect(nextQuestions(acd202704Invented, unknown).questions[0]?.answers.map(({ values }) => values)).toEqual([
      ['SDF', 'USFJ'],
      ['GOVERNMENT'],
      ['CRITICAL_INFRASTRUCTURE', 'DEFENCE_INDUSTRY', 'MUNICIPALITY', 'PRIVATE'],
    ]);
    const [noReview] = counterfactuals(acd202704Invented, ministry);
    expect(noReview?.ways.map(({ changes }) => changes)).toEqual([
      [
        {
          fact: 'targets.t1.kind',
          from: 'GOVERNMENT',
          to: ['CRITICAL_INFRASTRUCTURE', 'DEFENCE_INDUSTRY', 'MUNICIPALITY', 'PRIVATE'],
          alike: [],
        },
      ],
    ]);
  });

  it('that names a group of targets that it does not define, or leaves a kind in none, is no guideline', () => {
    const { GOVERNMENT: _, ...groups } = acd202704Invented.targetGroups;
    expect(() => determine({ ...acd202704Invented, targetGroups: groups }, FACTS)).toThrow(
      'no group of targets GOVERNMENT',
    );
    expect(() => determine({ ...before, targetGroups: { SDF_OR_USFJ: ['SDF', 'USFJ'] } }, FACTS)).toThrow(
      'GOVERNMENT is in no group',
    );
  });
});
