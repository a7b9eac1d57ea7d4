import fc from 'fast-check';
import { anyFacts } from '../test/any-facts.js';
import { FACTS } from '../test/cases.js';
import {
  CASE_FACTS,
  changed,
  type Change,
  counterfactuals,
  determine,
  type Facts,
  findGuideline,
  GOALS,
  type Goal,
  type Guideline,
} from './index.js';

const guideline = findGuideline('acd-2026-10')!;
const wayTo = (goal: Goal, facts: Facts, version = guideline) =>
  counterfactuals(version, facts).find((each) => each.goal === goal)!;

/** Does the case reach the goal? Read from the determination alone. */
function reaches(version: Guideline, facts: Facts, goal: Goal): boolean {
  const { outcome, nscReview, execution, inForce } = determine(version, facts);
  const measure = ['DETERMINED', 'PROVISIONAL'].includes(outcome);
  switch (goal) {
    case 'NO_REVIEW':
      return measure && nscReview.required === 'NO';
    case 'SDF_MAY_ACT':
      return execution.some(({ candidates }) => candidates.includes('SDF') || candidates.includes('JOINT_NPA_SDF'));
    case 'ORDER_POSSIBLE':
      return inForce && outcome === 'DETERMINED' && execution.every(({ candidates }) => candidates.length > 0);
  }
}

/** Every single change of a fact to a known value. */
function changesOf(facts: Facts): Change[] {
  return [
    ...CASE_FACTS.flatMap((fact) =>
      ['TRUE', 'FALSE'].filter((value) => value !== facts[fact]).map((value) => ({ fact, value })),
    ),
    ...facts.servers.flatMap(({ ref, location }) =>
      ['DOMESTIC', 'OVERSEAS']
        .filter((value) => value !== location)
        .map((value) => ({ fact: `servers.${ref}.location`, value })),
    ),
    ...facts.targets.flatMap(({ ref, kind }) =>
      ['SDF', 'PRIVATE'].filter((value) => value !== kind).map((value) => ({ fact: `targets.${ref}.kind`, value })),
    ),
  ];
}

/** The size of the smallest set of changes that leads to the goal, by trying all of them; undefined above `most`. */
function tried(version: Guideline, facts: Facts, goal: Goal, most: number): number | undefined {
  const changes = changesOf(facts);
  let sets: number[][] = [[]];
  for (let size = 0; size <= most; size += 1) {
    const there = sets.some((set) =>
      reaches(
        version,
        changed(
          facts,
          set.map((at) => changes[at]!),
        ),
        goal,
      ),
    );
    if (there) return size;
    sets = sets.flatMap((set) =>
      changes.flatMap((each, at) =>
        at <= (set.at(-1) ?? -1) || set.some((other) => changes[other]!.fact === each.fact) ? [] : [[...set, at]],
      ),
    );
  }
  return undefined;
}

describe('counterfactuals', () => {
  it('name the facts that would have to be otherwise, and the provisions that turn', () => {
    const facts: Facts = {
      ...FACTS,
      nationalSecurityImpact: 'FALSE',
      communicationProtection: 'FALSE',
      servers: [
        { ref: 's1', location: 'OVERSEAS' },
        { ref: 's2', location: 'DOMESTIC' },
      ],
    };
    expect(wayTo('NO_REVIEW', facts)).toEqual({
      goal: 'NO_REVIEW',
      reached: false,
      size: 1,
      ways: [
        {
          changes: [{ fact: 'servers.s1.location', from: 'OVERSEAS', to: ['DOMESTIC'], alike: [] }],
          provisions: [
            { provision: 'review-overseas-server', from: 'TRUE', to: 'FALSE' },
            { provision: 'executor-overseas-server', from: 'TRUE', to: 'FALSE' },
            { provision: 'executor-domestic-servers', from: 'FALSE', to: 'TRUE' },
            { provision: 'foreign-minister-consultation', from: 'TRUE', to: 'FALSE' },
            { provision: 'nsc-approval', from: 'TRUE', to: 'FALSE' },
          ],
        },
      ],
    });
    expect(
      wayTo('SDF_MAY_ACT', facts).ways.map(({ changes }) => changes.map(({ fact, to }) => `${fact} ${to.join('/')}`)),
    ).toEqual([['communicationProtection TRUE'], ['targets.t1.kind SDF/USFJ']]);
    expect(wayTo('ORDER_POSSIBLE', facts)).toMatchObject({ reached: true, size: 0 });
  });

  it('name every server where all of them have to be elsewhere, and one where one suffices', () => {
    const servers = [1, 2, 3].map((each) => ({ ref: `s${each}`, location: 'OVERSEAS' as const }));
    const all = wayTo('NO_REVIEW', { ...FACTS, nationalSecurityImpact: 'FALSE', servers });
    expect(all).toMatchObject({ size: 3 });
    expect(all.ways[0]!.changes.map(({ fact, alike }) => [fact, alike])).toEqual(
      [1, 2, 3].map((each) => [`servers.s${each}.location`, []]),
    );
    const some = wayTo('SDF_MAY_ACT', {
      ...FACTS,
      communicationProtection: 'FALSE',
      targets: [1, 2].map((each) => ({ ref: `t${each}`, kind: 'PRIVATE' })),
    });
    expect(some.ways.at(-1)!.changes).toEqual([
      { fact: 'targets.t1.kind', from: 'PRIVATE', to: ['SDF', 'USFJ'], alike: ['targets.t2.kind'] },
    ]);
  });

  it('know no way to an order under a version that is not in force', () => {
    const draft = findGuideline('acd-2025-12-draft')!;
    expect(wayTo('ORDER_POSSIBLE', FACTS, draft)).toEqual({
      goal: 'ORDER_POSSIBLE',
      reached: false,
      size: null,
      ways: [],
    });
  });

  it('are exact: each way leads there, and no smaller one does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...['acd-2026-10', 'acd-2025-12-draft'].map((id) => findGuideline(id)!)),
        anyFacts(2),
        (version, facts) => {
          for (const { goal, reached, size, ways } of counterfactuals(version, facts)) {
            expect(reached).toBe(reaches(version, facts, goal));
            for (const { changes } of ways) {
              expect(changes).toHaveLength(size!);
              const values = changes.map(({ fact, to }) => ({ fact, value: to[0]! }));
              expect(reaches(version, changed(facts, values), goal)).toBe(true);
              expect(new Set(values.map(({ fact }) => fact)).size).toBe(values.length);
            }
            const least = tried(version, facts, goal, Math.min(3, size ?? 3));
            if (least !== undefined || (size ?? 9) <= 3) expect([goal, least]).toEqual([goal, size]);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has a case for every goal', () => {
    expect(counterfactuals(guideline, FACTS).map(({ goal }) => goal)).toEqual([...GOALS]);
  });
});
