import { TARGET_KINDS, type TargetKind } from './facts.js';
import type { Guideline } from './guideline.js';
import {
  type ExecutionProvision,
  isOutcome,
  isReview,
  isSafeguard,
  type OutcomeProvision,
  type ReviewProvision,
  type SafeguardProvision,
} from './provision.js';
import type { Settled } from './settled.js';

/**
 * A guideline made ready to be read many times. Kinds of target that no group tells apart are one class, and what was found for a
 * situation is kept: there are finitely many.
 */
export interface Reading {
  readonly guideline: Guideline;
  /** The kinds of each class. */
  readonly classes: readonly (readonly TargetKind[])[];
  /** The class of each kind; none for what is unknown. */
  readonly classOf: Readonly<Partial<Record<TargetKind, number>>>;
  /** Of each group the classes in it, as bits. */
  readonly groups: ReadonlyMap<string, number>;
  readonly outcomes: readonly OutcomeProvision[];
  /** In the guideline's order, reviews before what rests on them. */
  readonly rules: readonly (ReviewProvision | ExecutionProvision)[];
  readonly safeguards: readonly SafeguardProvision[];
  /** By the number of the situation. */
  readonly settled: Map<number, Settled>;
  /** How much is kept: situations, and lists of provisions with numbers in words. */
  kept: number;
}

const readings = new WeakMap<Guideline, Reading>();

/** @throws RangeError where a provision names a group that the guideline does not define, or a kind of target is in none. */
export function readingOf(guideline: Guideline): Reading {
  const known = readings.get(guideline);
  if (known !== undefined) return known;
  const reading = read(guideline);
  readings.set(guideline, reading);
  return reading;
}

function read(guideline: Guideline): Reading {
  const { targetGroups, provisions } = guideline;
  const names = Object.keys(targetGroups);
  const classes = new Map<string, TargetKind[]>();
  for (const kind of TARGET_KINDS.filter((each) => each !== 'UNKNOWN')) {
    const within = names.filter((name) => targetGroups[name]!.includes(kind)).join();
    if (within === '') throw new RangeError(`${guideline.id}: ${kind} is in no group of targets`);
    classes.set(within, [...(classes.get(within) ?? []), kind]);
  }
  const list = [...classes.values()];
  const bits = (kinds: readonly TargetKind[]): number =>
    list.reduce((mask, [first], at) => (kinds.includes(first!) ? mask | (1 << at) : mask), 0);
  const reading: Reading = {
    guideline,
    classes: list,
    classOf: Object.fromEntries(list.flatMap((kinds, at) => kinds.map((kind) => [kind, at]))),
    groups: new Map(names.map((name) => [name, bits(targetGroups[name]!)])),
    outcomes: provisions.filter(isOutcome),
    rules: provisions.filter(
      (each): each is ReviewProvision | ExecutionProvision => !isOutcome(each) && !isSafeguard(each),
    ),
    safeguards: provisions.filter(isSafeguard),
    settled: new Map(),
    kept: 0,
  };
  for (const rule of reading.rules) {
    for (const condition of rule.when) if ('targets' in condition) groupOf(reading, condition.targets.slice(5));
    if (!isReview(rule)) groupOf(reading, rule.then.targets);
  }
  return reading;
}

/** The classes of a group, as bits. */
export function groupOf({ guideline, groups }: Reading, name: string): number {
  const found = groups.get(name);
  if (found === undefined) throw new RangeError(`${guideline.id}: there is no group of targets ${name}`);
  return found;
}

/** More than come up of a guideline with two classes of targets: then it begins anew. */
const MOST_KEPT = 50_000;

export function keepOneMore(reading: Reading): void {
  if (reading.kept >= MOST_KEPT) {
    reading.settled.clear();
    reading.kept = 0;
  }
  reading.kept += 1;
}
