import type { Basis, Executor } from './determination.js';
import type { Condition, Provision, TargetClass } from './provision.js';
import { isExecution, isOutcome, isReview } from './provision.js';
import type { Way } from './settle.js';

/** What the guideline says of one settled way. Bases and executors are empty unless a measure is possible. */
export interface Conclusion {
  way: Way;
  outcome: 'NO_MEASURE' | 'NO_AUTHORITY' | 'MEASURE';
  bases: Basis[];
  executors: Record<TargetClass, Executor[]>;
}

/** Does a condition hold in a settled way? `bases` are those of the review provisions, which come first. */
export function holds(condition: Condition, way: Way, bases: readonly Basis[]): boolean {
  if ('fact' in condition) return way.facts[condition.fact] === condition.is;
  if ('nscReview' in condition) return bases.length > 0;
  if ('targets' in condition) return condition.targets === 'SOME_SDF_OR_USFJ' ? way.sdfOrUsfj : way.other;
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
export function conclude(provisions: readonly Provision[], way: Way): Conclusion {
  const conclusion: Conclusion = { way, outcome: 'MEASURE', bases: [], executors: { SDF_OR_USFJ: [], OTHER: [] } };
  const met = (conditions: readonly Condition[] = []) =>
    conditions.every((condition) => holds(condition, way, conclusion.bases));

  for (const provision of provisions) {
    if (isOutcome(provision) && met(provision.when)) return { ...conclusion, outcome: provision.then.outcome };
    if (isReview(provision) && met(provision.when)) conclusion.bases.push(provision.then.review);
    if (isExecution(provision) && met(provision.when)) {
      const candidates = provision.then.candidates.filter((candidate) => met(candidate.when));
      conclusion.executors[provision.then.targets].push(...candidates.map(({ executor }) => executor));
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
  const unlike = (a: TargetClass, b: TargetClass) => one.executors[a].join() !== two.executors[b].join();
  if (one.way.sdfOrUsfj && two.way.sdfOrUsfj && unlike('SDF_OR_USFJ', 'SDF_OR_USFJ')) return true;
  if (one.way.other && two.way.other && unlike('OTHER', 'OTHER')) return true;
  const [first, second] = [one.way.unknownTarget, two.way.unknownTarget];
  return first !== null && second !== null && unlike(first, second);
}
