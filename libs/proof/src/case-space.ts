import {
  CASE_FACTS,
  type CaseFact,
  type Facts,
  type Guideline,
  type ServerLocation,
  type TargetKind,
  type ThreeValued,
} from '@sekisho/guideline';
import { classesOf, type TargetClass } from './classes.js';

/** One server in Japan attacks one private system, a measure is thought of and lawful, and nothing else is the case. */
export const PLAIN: Readonly<Record<CaseFact, ThreeValued>> = {
  measureContemplated: 'TRUE',
  graveHarmUrgent: 'TRUE',
  nationalSecurityImpact: 'FALSE',
  communicationProtection: 'FALSE',
  noTimeForPriorApproval: 'FALSE',
};
const PLAIN_SERVER: ServerLocation = 'DOMESTIC';
const PLAIN_TARGET: TargetKind = 'PRIVATE';

/** Two unknown servers, or targets, stand for any number of them: `proveStanding` sees to it. */
export const MOST_UNKNOWN = 2;

/** The instant of every witness: access and neutralisation measures are lawful by then. */
const AT = '2027-01-01T12:00:00+09:00';

/** Cases that stand for all, the smallest first: by servers and targets, then by how many facts differ from the plain case, then by what is unknown. */
export interface CaseSpace {
  readonly classes: readonly TargetClass[];
  readonly settled: readonly Facts[];
  /** Also those in which something is unknown. */
  readonly all: readonly Facts[];
}

/** By the kinds that stand for the classes: versions that draw the same lines share their cases. */
const spaces = new Map<string, CaseSpace>();

export function caseSpaceOf(guideline: Guideline): CaseSpace {
  const classes = classesOf(guideline);
  const lines = JSON.stringify(classes);
  const known = spaces.get(lines);
  if (known !== undefined) return known;
  const kinds = classes.map(({ kind }) => kind);
  const servers = listsOf<ServerLocation>(['DOMESTIC', 'OVERSEAS'], MOST_UNKNOWN);
  const targets = listsOf<TargetKind>(kinds, MOST_UNKNOWN);
  const all = combine(valuesOf(['TRUE', 'FALSE', 'UNKNOWN']), servers, targets);
  const space: CaseSpace = { classes, all, settled: all.filter((facts) => !hasUnknown(facts)) };
  spaces.set(lines, space);
  return space;
}

export function hasUnknown(facts: Facts): boolean {
  return (
    CASE_FACTS.some((name) => facts[name] === 'UNKNOWN') ||
    facts.servers.some(({ location }) => location === 'UNKNOWN') ||
    facts.targets.some(({ kind }) => kind === 'UNKNOWN')
  );
}

/** A case with these values; servers and targets are numbered. */
export function caseOf(
  values: Readonly<Record<CaseFact, ThreeValued>>,
  servers: readonly ServerLocation[],
  targets: readonly TargetKind[],
): Facts {
  return {
    plannedActionAt: AT,
    ...values,
    servers: servers.map((location, at) => ({ ref: `s${at + 1}`, location })),
    targets: targets.map((kind, at) => ({ ref: `t${at + 1}`, kind })),
  };
}

/** Every way to have, or not to have, one of each value, with up to so many unknown beside; never nothing at all. */
function listsOf<T>(values: readonly T[], mostUnknown: number): (T | 'UNKNOWN')[][] {
  let lists: (T | 'UNKNOWN')[][] = [[]];
  for (const value of values) lists = lists.flatMap((list) => [list, [...list, value]]);
  lists = lists.flatMap((list) =>
    Array.from({ length: mostUnknown + 1 }, (_, unknown) => [...list, ...Array<'UNKNOWN'>(unknown).fill('UNKNOWN')]),
  );
  return lists.filter(({ length }) => length > 0);
}

function valuesOf(each: readonly ThreeValued[]): Record<CaseFact, ThreeValued>[] {
  let values = [{ ...PLAIN }];
  for (const name of CASE_FACTS) values = values.flatMap((some) => each.map((value) => ({ ...some, [name]: value })));
  return values;
}

function combine(
  values: readonly Record<CaseFact, ThreeValued>[],
  servers: readonly ServerLocation[][],
  targets: readonly TargetKind[][],
): Facts[] {
  /** What differs counts ten times what is unknown, so that it comes first. */
  const odd = <T>(list: readonly T[], plain: T): number =>
    list.reduce((sum, each) => sum + (each === plain ? 0 : each === 'UNKNOWN' ? 11 : 10), 0);
  const sized: { facts: Facts; rank: number }[] = [];
  for (const some of values) {
    const differing = CASE_FACTS.reduce((sum, name) => sum + odd([some[name]], PLAIN[name]), 0);
    for (const where of servers) {
      for (const what of targets) {
        const distance = differing + odd(where, PLAIN_SERVER) + odd(what, PLAIN_TARGET);
        sized.push({ facts: caseOf(some, where, what), rank: (where.length + what.length) * 1000 + distance });
      }
    }
  }
  return sized.sort((one, two) => one.rank - two.rank).map(({ facts }) => facts);
}
