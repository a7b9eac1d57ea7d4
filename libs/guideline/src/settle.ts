import type { CaseFact, Facts, ThreeValued } from './facts.js';
import { CASE_FACTS } from './facts.js';
import type { Reading } from './reading.js';

/** How many servers there are at each kind of place, and how many targets of each class. Trace lines spell it. */
export interface Tally {
  servers: { overseas: number; domestic: number; unknown: number };
  /** By class of the reading; the unknown ones apart. */
  targets: number[];
  unknownTargets: number;
}

/** Everything that conditions can tell apart about a case: two cases with the same situation are answered alike. */
export interface Situation {
  readonly facts: Readonly<Record<CaseFact, ThreeValued>>;
  readonly overseas: boolean;
  readonly domestic: boolean;
  readonly unknownServers: number;
  /** A bit for each class of target of which there is one. */
  readonly targets: number;
  readonly unknownTargets: number;
}

/** One way of settling everything unknown. */
export interface Way {
  facts: Record<CaseFact, 'TRUE' | 'FALSE'>;
  overseas: boolean;
  domestic: boolean;
  /** A bit for each class of target of which there is one. */
  targets: number;
  /** The class of the first unknown target; null where none is unknown. */
  unknownTarget: number | null;
}

/** Something unknown whose settling may matter. A few unknown servers and targets stand for all. */
export type Unknown = CaseFact | 'server' | 'target';

/** `noTimeForPriorApproval` is not among them: unknown counts as no. */
const SETTLED_BOTH_WAYS = CASE_FACTS.filter((name) => name !== 'noTimeForPriorApproval');

/**
 * Two unknown servers stand for any number: conditions ask only whether some or all are at a kind of place, so they bring about what any
 * number can (all at one, all at the other, or both present), and one beside the rest changes nothing once the rest holds both.
 */
export const MOST_UNKNOWN_SERVERS = 2;

/** As many unknown targets as there are classes, and one: then whatever the rest may hold, one more can still be of each class. */
export const mostUnknownTargets = ({ classes }: Reading): number => classes.length + 1;

/** Counts servers and targets by class, reading each once. */
export function tally({ classes, classOf }: Reading, facts: Facts): Tally {
  const servers = { overseas: 0, domestic: 0, unknown: 0 };
  for (const { location } of facts.servers) {
    servers[location === 'OVERSEAS' ? 'overseas' : location === 'DOMESTIC' ? 'domestic' : 'unknown'] += 1;
  }
  const targets = classes.map(() => 0);
  let unknownTargets = 0;
  for (const { kind } of facts.targets) {
    const of = classOf[kind];
    if (of === undefined) unknownTargets += 1;
    else targets[of]! += 1;
  }
  return { servers, targets, unknownTargets };
}

/** The situation of a case. */
export function situationOf(reading: Reading, facts: Facts, { servers, targets, unknownTargets }: Tally): Situation {
  let present = 0;
  for (let each = 0; each < targets.length; each += 1) if (targets[each]! > 0) present |= 1 << each;
  return {
    facts,
    overseas: servers.overseas > 0,
    domestic: servers.domestic > 0,
    unknownServers: Math.min(MOST_UNKNOWN_SERVERS, servers.unknown),
    targets: present,
    unknownTargets: Math.min(mostUnknownTargets(reading), unknownTargets),
  };
}

/** A number for each situation, the same for equal ones. */
export function numberOf(reading: Reading, situation: Situation): number {
  let number = 0;
  for (const name of CASE_FACTS) {
    const value = situation.facts[name];
    number = number * 3 + (value === 'TRUE' ? 0 : value === 'FALSE' ? 1 : 2);
  }
  number = (number * 2 + Number(situation.overseas)) * 2 + Number(situation.domestic);
  number = number * (MOST_UNKNOWN_SERVERS + 1) + situation.unknownServers;
  number = number * 2 ** reading.classes.length + situation.targets;
  return number * (mostUnknownTargets(reading) + 1) + situation.unknownTargets;
}

/** What is unknown in a situation. */
export function unknowns({ facts, unknownServers, unknownTargets }: Situation): Unknown[] {
  return [
    ...SETTLED_BOTH_WAYS.filter((name) => facts[name] === 'UNKNOWN'),
    ...Array<Unknown>(unknownServers).fill('server'),
    ...Array<Unknown>(unknownTargets).fill('target'),
  ];
}

/** The values that each unknown may take are numbered from 0: FALSE and TRUE, domestic and overseas, or the classes of targets. */
export const valuesOf = ({ classes }: Reading, unknown: Unknown): number => (unknown === 'target' ? classes.length : 2);

/** The way in which each of the unknowns takes the value that `values` has for it. */
export function settle(situation: Situation, open: readonly Unknown[], values: readonly number[]): Way {
  const { facts, overseas, domestic, targets } = situation;
  const way: Way = { facts: {} as Way['facts'], overseas, domestic, targets, unknownTarget: null };
  for (const name of CASE_FACTS) way.facts[name] = facts[name] === 'TRUE' ? 'TRUE' : 'FALSE';
  open.forEach((name, place) => {
    const value = values[place]!;
    if (name === 'server') {
      way[value === 1 ? 'overseas' : 'domestic'] = true;
    } else if (name === 'target') {
      way.targets |= 1 << value;
      way.unknownTarget ??= value;
    } else {
      way.facts[name] = value === 1 ? 'TRUE' : 'FALSE';
    }
  });
  return way;
}
