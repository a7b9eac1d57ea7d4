import {
  answer,
  CASE_FACTS,
  determine,
  type Facts,
  findGuideline,
  TARGET_KINDS,
  type TargetKind,
} from '@sekisho/guideline';
import type { Bench, Benchmark, Figure } from '../figure.js';
import { flatTable, inputsOf, saidBy } from '../engines/flat-table.js';
import { type OtherEngine, otherEngines } from '../engines/other-engines.js';
import { median } from '../statistics.js';

const CASES = 10_000;
const ROUNDS = 5;
const guideline = findGuideline('acd-2026-10')!;
const KINDS = TARGET_KINDS.filter((kind) => kind !== 'UNKNOWN');
/** Looked at, so that no answer can be left out as unused. */
let said = 0;

/** The same numbers in each run: a linear congruential generator, as good as these cases need. */
function numbers(): (below: number) => number {
  let state = 20_261_001;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Cases of up to three servers and targets of which everything is known. Most have a measure, so that there is something to say. */
function knownCases(): Facts[] {
  const draw = numbers();
  return Array.from({ length: CASES }, () => ({
    plannedActionAt: '2026-11-26T12:00:00+09:00',
    ...(Object.fromEntries(
      CASE_FACTS.map((name, at) => [name, draw(at < 2 ? 10 : 2) === 0 ? 'FALSE' : 'TRUE']),
    ) as unknown as Pick<Facts, (typeof CASE_FACTS)[number]>),
    servers: Array.from({ length: 1 + draw(3) }, (_, at) => ({
      ref: `s${at + 1}`,
      location: draw(2) === 0 ? ('OVERSEAS' as const) : ('DOMESTIC' as const),
    })),
    targets: Array.from({ length: 1 + draw(3) }, (_, at) => ({
      ref: `t${at + 1}`,
      kind: KINDS[draw(KINDS.length)] as TargetKind,
    })),
  }));
}

/** Cases a second, of each way in turn, so that what else the machine does falls on all of them. */
async function rates(ways: readonly (() => Promise<number> | number)[]): Promise<number[]> {
  const found = ways.map(() => [] as number[]);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [at, way] of ways.entries()) {
      const begun = performance.now();
      const count = await way();
      const rate = (1000 * count) / (performance.now() - begun);
      // The first round is for the compilers.
      if (round > 0) found[at]!.push(rate);
    }
  }
  return found.map(median);
}

async function agree(engine: OtherEngine, cases: readonly Facts[]): Promise<void> {
  for (const facts of cases) {
    const theirs = [...new Set(await engine.evaluate(inputsOf(guideline, facts)))].sort().join('; ');
    const ours = saidBy(guideline, facts, answer(guideline, facts)).join('; ');
    if (theirs !== ours)
      throw new Error(`${engine.name} says ${theirs} where determine says ${ours}: ${JSON.stringify(facts)}`);
  }
}

async function measure({ tell, folder }: Bench): Promise<Figure[]> {
  tell('installing the other engines');
  const engines = await otherEngines(folder, flatTable(guideline));
  const cases = knownCases();
  const inputs = cases.map((facts) => inputsOf(guideline, facts));
  tell(`${CASES} cases: do all agree?`);
  for (const engine of engines) await agree(engine, cases);
  tell('each in turn');
  const again = 20;
  const ours = (read: (facts: Facts) => number) => () => {
    for (let time = 0; time < again; time += 1) for (const facts of cases) said += read(facts);
    return again * CASES;
  };
  const theirs = (engine: OtherEngine) => async () => {
    for (const each of inputs) said += (await engine.evaluate(each)).length;
    return CASES;
  };
  const [plain, traced, ...others] = await rates([
    ours((facts) => answer(guideline, facts).safeguards.length),
    ours((facts) => determine(guideline, facts).because.length),
    ...engines.map(theirs),
  ]);
  if (said === 0) throw new Error('nothing was said');
  const aims = { 'json-rules-engine': 100, 'zen-engine': 5 } as Readonly<Record<string, number>>;
  return [
    { name: 'known facts, without reasons', value: plain!, unit: '1/s' },
    { name: 'known facts, with reasons', value: traced!, unit: '1/s' },
    { name: 'times that reasons take', value: plain! / traced!, unit: '', aim: { atMost: 2 } },
    ...engines.flatMap(({ name }, at): Figure[] => [
      { name: `${name}, the same table`, value: others[at]!, unit: '1/s' },
      { name: `times ${name}`, value: plain! / others[at]!, unit: '', aim: { atLeast: aims[name]! } },
    ]),
  ];
}

export const enginesBenchmark: Benchmark = {
  name: 'engines',
  title: 'the decision table beside general rule engines, on known facts, one core',
  run: measure,
};
