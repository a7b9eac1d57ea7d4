import fc from 'fast-check';
import {
  answer,
  EXECUTORS,
  type Facts,
  findGuideline,
  type Guideline,
  guidelines,
  REVIEW_ANSWERS,
  SAFEGUARD_KINDS,
} from '@sekisho/guideline';
import { anyFacts } from '../../test/any-facts.js';
import { planted } from '../../test/planted.js';
import { Solver } from '../solver.js';
import { and, declare, not, or, same, type Term } from './terms.js';
import { Theory } from './theory.js';

const inForce = findGuideline('acd-2026-10')!;

/** With a second line between targets: three classes of them. */
const amended = planted((copy) => {
  copy.targetGroups = { ...copy.targetGroups, GOVERNMENT: ['GOVERNMENT'] };
  const of = { row: 4, words: copy.title, sources: [] };
  copy.provisions.splice(3, 0, {
    ...of,
    id: 'review-government-target',
    when: [{ targets: 'SOME_GOVERNMENT' }],
    then: { review: 'GOVERNMENT_SYSTEM' },
  });
});

/** That the theory of a version says of some case something else than `answer` does. */
function agreement(
  guideline: Guideline,
  cases: readonly Facts[],
  asked: 'WHOLE' | 'BUT_MISSING',
  by = guideline,
): string {
  const theory = new Theory(guideline);
  const it = theory.case('x');
  const view = theory.view(it);
  const differs = cases.map((facts) => {
    const { outcome, nscReview, execution, safeguards } = answer(by, facts);
    const says: [Term, boolean][] = [
      [view.ended, outcome === 'NO_MEASURE' || outcome === 'NO_AUTHORITY'],
      ...REVIEW_ANSWERS.map((each): [Term, boolean] => [view.review(each), nscReview.required === each]),
      ...SAFEGUARD_KINDS.map((each): [Term, boolean] => [
        view.asks(each),
        safeguards.some(({ kind }) => kind === each),
      ]),
      ...(['PRIOR', 'POST_NOTIFICATION'] as const).map((timing): [Term, boolean] => [
        view.asksIn(timing),
        safeguards.some((each) => each.kind === 'COMMISSION_APPROVAL' && each.timing === timing),
      ]),
      ...execution.flatMap(({ candidates }, at) =>
        EXECUTORS.map((each): [Term, boolean] => [
          view.mayAct(facts.targets[at]!.kind, each),
          candidates.includes(each),
        ]),
      ),
    ];
    if (asked === 'WHOLE') says.push([view.provisional, outcome === 'PROVISIONAL']);
    return and(it.is(facts), not(and(...says.map(([term, value]) => same(term, `${value}`)))));
  });
  const definitions = asked === 'WHOLE' ? [theory.definitions, theory.provisional] : [theory.definitions];
  return [...definitions, declare(it.variables), `(assert ${or(...differs)})`].join('\n');
}

describe('what the solver is told of a version', () => {
  let solver: Solver;
  beforeAll(async () => void (solver = await Solver.start()));
  afterAll(() => solver.end());

  it.each([...guidelines, amended].map((each) => [each.title.en, each] as const))(
    'is what determine answers of random cases: %s',
    async (_, guideline) => {
      const cases = fc.sample(anyFacts, { numRuns: 60, seed: 6 });
      expect(await solver.refute(agreement(guideline, cases, 'BUT_MISSING'))).toEqual({ found: 'PROVEN' });
    },
  );

  it.each(guidelines.map((each) => [each.id, each] as const))(
    'is that something is missing where determine says so: %s',
    async (_, guideline) => {
      for (const facts of fc.sample(anyFacts, { numRuns: 6, seed: 7 })) {
        expect(await solver.refute(agreement(guideline, [facts], 'WHOLE'))).toEqual({ found: 'PROVEN' });
      }
    },
  );

  it('is not what determine answers under another version', async () => {
    const other = { ...inForce, provisions: inForce.provisions.filter(({ id }) => id !== 'joint-action') };
    const cases = fc.sample(anyFacts, { numRuns: 30, seed: 6 });
    expect(await solver.refute(agreement(other, cases, 'BUT_MISSING', inForce))).toMatchObject({ found: 'REFUTED' });
  });

  it('is refused where it is no SMT-LIB', async () => {
    await expect(solver.refute('(assert nonsense)')).rejects.toThrow('unknown constant nonsense');
  });
});
