import type { Basis, Executor } from './determination.js';
import type { Condition } from './provision.js';
import { isReview } from './provision.js';
import { groupOf, type Reading } from './reading.js';
import type { Way } from './settle.js';

/** What the guideline says of one settled way. Bases and executors are empty unless a measure is possible. */
export interface Conclusion {
  way: Way;
  outcome: 'NO_MEASURE' | 'NO_AUTHORITY' | 'MEASURE';
  bases: Basis[];
  /** By class of target. */
  executors: Executor[][];
}

/** Does a condition hold in a settled way? `bases` are those of the review provisions, which come first. */
export function holds(reading: Reading, condition: Condition, way: Way, bases: readonly Basis[]): boolean {
  if ('fact' in condition) return way.facts[condition.fact] === condition.is;
  if ('nscReview' in condition) return bases.length > 0;
  if ('targets' in condition) return (way.targets & groupOf(reading, condition.targets.slice('SOME_'.length))) !== 0;
  switch (condition.servers) {
    case 'SOME_OVERSEAS':
      return way.overseas;
    case 'SOME_DOMESTIC':
      return way.domestic;
    case 'ALL_DOMESTIC':
      return !way.overseas;
  }
}

/** Reads the provisions in their order on one settled way. */
export function conclude(reading: Reading, way: Way): Conclusion {
  const conclusion: Conclusion = { way, outcome: 'MEASURE', bases: [], executors: reading.classes.map(() => []) };
  for (const { when, then } of reading.outcomes) {
    if (when.every(({ fact, is }) => way.facts[fact] === is)) return { ...conclusion, outcome: then.outcome };
  }
  const met = (conditions: readonly Condition[] = []) =>
    conditions.every((condition) => holds(reading, condition, way, conclusion.bases));
  for (const provision of reading.rules) {
    if (!met(provision.when)) continue;
    if (isReview(provision)) conclusion.bases.push(provision.then.review);
    else {
      const executors = provision.then.candidates.filter(({ when }) => met(when)).map(({ executor }) => executor);
      const group = groupOf(reading, provision.then.targets);
      conclusion.executors.forEach((list, at) => (group & (1 << at)) !== 0 && list.push(...executors));
    }
  }
  return conclusion;
}

/**
 * Do two ways disagree in the outcome, in whether the NSC reviews, or in any target's executors? Targets of a known kind
 * are compared class by class, and the first unknown target as what it is in each way.
 */
export function disagree(one: Conclusion, two: Conclusion): boolean {
  if (one.outcome !== two.outcome) return true;
  if (one.outcome !== 'MEASURE') return false;
  if (one.bases.length > 0 !== two.bases.length > 0) return true;
  const unlike = (a: number, b: number) => one.executors[a]!.join() !== two.executors[b]!.join();
  const both = one.way.targets & two.way.targets;
  if (one.executors.some((_, at) => (both & (1 << at)) !== 0 && unlike(at, at))) return true;
  const [first, second] = [one.way.unknownTarget, two.way.unknownTarget];
  return first !== null && second !== null && unlike(first, second);
}
