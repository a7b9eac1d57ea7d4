import { type Adoption, ENACTED } from './adoption.js';
import { type Change, changed, valueIn } from './change.js';
import type { Answer, AskedProvision } from './determination.js';
import { answer, determine } from './determine.js';
import type { Facts, ThreeValued } from './facts.js';
import type { Guideline } from './guideline.js';
import { type Reading, readingOf } from './reading.js';
import {
  MOST_UNKNOWN_SERVERS,
  mostUnknownTargets,
  numberOf,
  type Situation,
  situationOf,
  type Tally,
} from './settle.js';
import { type Settled, settled } from './settled.js';

/** An outcome that somebody may wish to know the way to. */
export const GOALS = ['NO_REVIEW', 'SDF_MAY_ACT', 'ORDER_POSSIBLE'] as const;
export type Goal = (typeof GOALS)[number];

/** One fact that would have to be otherwise. `alike` are facts that would do in its place. */
export interface Otherwise {
  fact: string;
  from: string;
  /** Any of these. */
  to: string[];
  alike: string[];
}

/** A provision that would then be answered otherwise; null where it is not asked. */
export interface ProvisionTurned {
  provision: string;
  from: AskedProvision['answer'] | null;
  to: AskedProvision['answer'] | null;
}

export interface Counterfactual {
  changes: Otherwise[];
  provisions: ProvisionTurned[];
}

/** The smallest changes that lead to a goal: none where it is reached as things are, and no way where no facts lead there. */
export interface WayTo {
  goal: Goal;
  reached: boolean;
  /** How many facts have to be otherwise. */
  size: number | null;
  ways: Counterfactual[];
}

/** Facts that decide neither outcome, review nor executors are left out: `noTimeForPriorApproval`. */
const DECISIVE = [
  'measureContemplated',
  'graveHarmUrgent',
  'nationalSecurityImpact',
  'communicationProtection',
] as const;

/**
 * For each goal all smallest sets of facts that would have to be otherwise, with the provisions that turn. Exact: no smaller set leads
 * there. Facts change to known values only; what serves as well is named rather than listed again.
 * Source: our own [P].
 */
export function counterfactuals(guideline: Guideline, facts: Facts, adoptions: readonly Adoption[] = ENACTED): WayTo[] {
  const reading = readingOf(guideline);
  const now = answer(guideline, facts, adoptions);
  let found: readonly Option[] | undefined;
  return GOALS.map((goal): WayTo => {
    // An order is possible under a version in force alone, whatever the facts.
    if (goal === 'ORDER_POSSIBLE' && !now.inForce) return { goal, reached: false, size: null, ways: [] };
    if (reaches(goal, now)) return { goal, reached: true, size: 0, ways: [] };
    found ??= optionsOf(reading, facts);
    const ways = smallest(reading, goal, found);
    const turned = ways.map((moves) => counterfactual(guideline, facts, moves));
    return { goal, reached: false, size: ways[0] === undefined ? null : sizeOf(ways[0]), ways: turned };
  });
}

function reaches(
  goal: Goal,
  { outcome, nscReview, execution }: Pick<Answer, 'outcome' | 'nscReview' | 'execution'>,
): boolean {
  const measure = outcome === 'DETERMINED' || outcome === 'PROVISIONAL';
  if (goal === 'NO_REVIEW') return measure && nscReview.required === 'NO';
  if (goal === 'SDF_MAY_ACT') return execution.some(({ candidates }) => candidates.some((each) => each !== 'NPA_SOLE'));
  return outcome === 'DETERMINED' && execution.every(({ candidates }) => candidates.length > 0);
}

/** The same of a situation, whose targets have no names. */
function reachesIn(goal: Goal, { targets, unknownTargets }: Situation, found: Settled): boolean {
  const lists = found.candidates.filter((_, at) => (targets & (1 << at)) !== 0);
  if (unknownTargets > 0) lists.push(found.unknownCandidates);
  const measure = found.outcome === 'DETERMINED' || found.outcome === 'PROVISIONAL';
  const execution = measure ? lists.map((candidates) => ({ target: '', candidates })) : [];
  const nscReview = { required: found.required, bases: found.bases, possibleBases: found.possibleBases };
  return reaches(goal, { outcome: found.outcome, nscReview, execution });
}

/** So many of these facts, which ones does not matter, take one of these values. */
interface Move {
  of: readonly string[];
  count: number;
  to: readonly string[];
}

/** Moves that together make a situation of the case. */
interface Option {
  moves: readonly Move[];
  situation: Situation;
}

const sizeOf = (moves: readonly Move[]): number => moves.reduce((sum, { count }) => sum + count, 0);

/** Every situation that changes of the facts can make, each with its smallest moves, the smallest first. */
function optionsOf(reading: Reading, facts: Facts): Option[] {
  const cases = DECISIVE.reduce<{ moves: Move[]; over: Partial<Record<string, ThreeValued>> }[]>(
    (so, name) =>
      so.flatMap((each) => [
        each,
        ...(['TRUE', 'FALSE'] as const)
          .filter((value) => value !== facts[name])
          .map((value) => ({
            moves: [...each.moves, { of: [name], count: 1, to: [value] }],
            over: { ...each.over, [name]: value },
          })),
      ]),
    [{ moves: [], over: {} }],
  );
  const servers = serverMoves(facts);
  const targets = targetMoves(reading, facts);
  const found = new Map<number, Option[]>();
  for (const { moves, over } of cases) {
    for (const server of servers) {
      for (const target of targets) {
        const [overseas, domestic, unknown] = server.counts as [number, number, number];
        const counts: Tally = {
          servers: { overseas, domestic, unknown },
          targets: target.counts.slice(0, -1),
          unknownTargets: target.counts.at(-1)!,
        };
        const situation = situationOf(reading, { ...facts, ...over } as Facts, counts);
        const option = { moves: [...moves, ...server.moves, ...target.moves], situation };
        keepSmallest(found, numberOf(reading, situation), option);
      }
    }
  }
  return [...found.values()]
    .flat()
    .sort((one, two) => sizeOf(one.moves) - sizeOf(two.moves) || listed(one.moves) - listed(two.moves));
}

/** How many moves concern a server or a target: what is assessed of the case as a whole comes first. */
const listed = (moves: readonly Move[]): number => sizeOf(moves.filter(({ of }) => of[0]!.includes('.')));

/** Of what comes to the same, the smallest alone; several where they are of one size. */
function keepSmallest<Key, Kept extends { moves: readonly Move[] }>(
  found: Map<Key, Kept[]>,
  key: Key,
  one: Kept,
): void {
  const before = found.get(key);
  const difference = before === undefined ? -1 : sizeOf(one.moves) - sizeOf(before[0]!.moves);
  if (difference < 0) found.set(key, [one]);
  else if (difference === 0) before!.push(one);
}

/** The moves of every option of the smallest size that leads to the goal. */
function smallest(reading: Reading, goal: Goal, options: readonly Option[]): (readonly Move[])[] {
  const ways: (readonly Move[])[] = [];
  for (const { moves, situation } of options) {
    if (ways[0] !== undefined && sizeOf(moves) > sizeOf(ways[0])) break;
    if (reachesIn(goal, situation, settled(reading, situation))) ways.push(moves);
  }
  return ways;
}

interface Moved {
  moves: Move[];
  /** How many there are then in each class, the unknown ones last. */
  counts: number[];
}

function serverMoves({ servers }: Facts): Moved[] {
  const at = (place: string) =>
    servers.filter(({ location }) => location === place).map(({ ref }) => `servers.${ref}.location`);
  return movesAmong(
    [at('OVERSEAS'), at('DOMESTIC'), at('UNKNOWN')],
    [['OVERSEAS'], ['DOMESTIC']],
    MOST_UNKNOWN_SERVERS,
  );
}

function targetMoves(reading: Reading, { targets }: Facts): Moved[] {
  const { classes, classOf } = reading;
  const of = (at: number | undefined) =>
    targets.filter(({ kind }) => classOf[kind] === at).map(({ ref }) => `targets.${ref}.kind`);
  return movesAmong([...classes.map((_, at) => of(at)), of(undefined)], classes, mostUnknownTargets(reading));
}

/**
 * The ways to change what there is in each class (the unknown ones last) that may make a difference: a class is emptied into another, or
 * left; and one of what is left goes to a class. More moves of a kind would only do the same again.
 */
function movesAmong(
  members: readonly (readonly string[])[],
  values: readonly (readonly string[])[],
  mostUnknown: number,
): Moved[] {
  const classes = values.map((_, to) => to);
  let ways: Moved[] = [{ moves: [], counts: members.map(({ length }) => length) }];
  const go = (way: Moved, from: number, to: number, count: number, after = 0): Moved => ({
    moves: [...way.moves, { of: members[from]!.slice(after), count, to: values[to]! }],
    counts: way.counts.map((number, at) => number - (at === from ? count : 0) + (at === to ? count : 0)),
  });
  for (const [from, { length }] of members.entries()) {
    const elsewhere = classes.filter((to) => to !== from);
    const each = length === 0 ? [] : length === 1 ? [1] : [length, 1];
    ways = ways.flatMap((way) => [
      way,
      ...each.flatMap((count) => elsewhere.map((to) => go(way, from, to, count))),
      // One to each of two classes.
      ...(length < 2
        ? []
        : elsewhere.flatMap((to, at) =>
            elsewhere.slice(at + 1).map((other) => go(go(way, from, to, 1), from, other, 1, 1)),
          )),
    ]);
  }
  const found = new Map<string, Moved[]>();
  for (const way of ways) {
    const [unknown, ...known] = way.counts.toReversed();
    keepSmallest(found, [Math.min(unknown!, mostUnknown), ...known.map((count) => count > 0)].join(), way);
  }
  return [...found.values()].flat();
}

function counterfactual(guideline: Guideline, facts: Facts, moves: readonly Move[]): Counterfactual {
  const changes = moves.flatMap(({ of, count, to }) =>
    of.slice(0, count).map((fact): Otherwise => ({
      fact,
      from: valueIn(facts, fact)!,
      to: [...to],
      alike: count < of.length ? of.slice(count) : [],
    })),
  );
  const then = changed(
    facts,
    changes.map(({ fact, to }): Change => ({ fact, value: to[0]! })),
  );
  const [before, after] = [determine(guideline, facts).because, determine(guideline, then).because];
  const answerIn = (list: readonly AskedProvision[], id: string) =>
    list.find(({ provision }) => provision === id)?.answer ?? null;
  const provisions = guideline.provisions.flatMap(({ id }): ProvisionTurned[] => {
    const [from, to] = [answerIn(before, id), answerIn(after, id)];
    return from === to ? [] : [{ provision: id, from, to }];
  });
  return { changes, provisions };
}
