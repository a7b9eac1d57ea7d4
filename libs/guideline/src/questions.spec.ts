import fc from 'fast-check';
import { FACTS } from '../test/cases.js';
import { anyFacts } from '../test/any-facts.js';
import { determine, type Facts, findGuideline, guidelines, nextQuestions } from './index.js';

const guideline = findGuideline('acd-2026-10')!;

describe('the next best question', () => {
  it('is none where nothing is missing', () => {
    expect(nextQuestions(guideline, FACTS)).toEqual({ ends: 1, questions: [] });
  });

  it('is the one whose worst answer leaves the fewest ends, with what each answer leads to', () => {
    const facts: Facts = {
      ...FACTS,
      graveHarmUrgent: 'UNKNOWN',
      communicationProtection: 'UNKNOWN',
      servers: [
        { ref: 's1', location: 'OVERSEAS' },
        { ref: 's2', location: 'DOMESTIC' },
      ],
    };
    const { ends, questions } = nextQuestions(guideline, facts);
    // No authority; reviewed with the police alone; reviewed with joint action as well.
    expect(ends).toBe(3);
    expect(
      questions.map(({ fact, answers }) => [fact, answers.map(({ values, ends }) => [values.join(), ends])]),
    ).toEqual([
      [
        'graveHarmUrgent',
        [
          ['TRUE', 2],
          ['FALSE', 1],
        ],
      ],
      [
        'communicationProtection',
        [
          ['TRUE', 2],
          ['FALSE', 2],
        ],
      ],
    ]);
    const [yes, no] = questions[0]!.answers;
    expect(yes!.leadsTo).toMatchObject({ outcome: 'PROVISIONAL', missingFacts: ['communicationProtection'] });
    expect(no!.leadsTo).toMatchObject({ outcome: 'NO_AUTHORITY', execution: [], safeguards: [] });
  });

  it('asks of servers that differ in name alone once, and of targets by the kinds that the guideline tells apart', () => {
    const facts: Facts = {
      ...FACTS,
      servers: [1, 2, 3].map((each) => ({ ref: `s${each}`, location: 'UNKNOWN' })),
      targets: [{ ref: 't1', kind: 'UNKNOWN' }],
    };
    const asked = nextQuestions(guideline, facts).questions;
    expect(asked.map(({ fact, alike }) => [fact, alike]).toSorted()).toEqual([['targets.t1.kind', []]]);
    expect(asked[0]!.answers.map(({ values }) => values)).toEqual([
      ['SDF', 'USFJ'],
      ['GOVERNMENT', 'CRITICAL_INFRASTRUCTURE', 'DEFENCE_INDUSTRY', 'MUNICIPALITY', 'PRIVATE'],
    ]);
    const servers = nextQuestions(guideline, { ...facts, nationalSecurityImpact: 'FALSE', targets: FACTS.targets });
    expect(servers.questions.map(({ fact, alike }) => [fact, alike])).toEqual([
      ['servers.s1.location', ['servers.s2.location', 'servers.s3.location']],
    ]);
  });

  it('covers every missing fact once, and each answer is what the case would be answered', () => {
    fc.assert(
      fc.property(fc.constantFrom(...guidelines), anyFacts(), (version, facts) => {
        const { missingFacts } = determine(version, facts);
        const { ends, questions } = nextQuestions(version, facts);
        expect(questions.flatMap(({ fact, alike }) => [fact, ...alike]).toSorted()).toEqual(missingFacts.toSorted());
        expect(ends > 1).toBe(missingFacts.length > 0);
        for (const { answers } of questions) for (const each of answers) expect(each.ends).toBeLessThanOrEqual(ends);
      }),
      { numRuns: 500 },
    );
  });
});
