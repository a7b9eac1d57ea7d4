import type { Basis } from './determination.js';
import type { Facts } from './facts.js';
import type { Guideline } from './guideline.js';
import { instant } from './instant.js';
import { isReview } from './provision.js';
import { acd202512Draft } from './versions/acd-2025-12-draft.js';
import { acd202610 } from './versions/acd-2026-10.js';

/** Every version of the guideline, oldest first. */
export const guidelines: readonly Guideline[] = [acd202512Draft, acd202610];

/** Every reason for which a version has the NSC review a case, in the order of the provisions. */
export const BASES: readonly Basis[] = [
  ...new Set(guidelines.flatMap(({ provisions }) => provisions.filter(isReview).map(({ then }) => then.review))),
];

/** What counts before any version is in force: the determination then says `inForce: false`. */
const FIRST_IN_FORCE = acd202610;

/** The versions that are ever in force, the latest first. */
const IN_FORCE = guidelines
  .map((guideline) => ({ guideline, from: instant(guideline.validFrom) }))
  .filter(({ from }) => !Number.isNaN(from))
  .sort((one, two) => two.from - one.from);

/** The version with that id; undefined where there is none. */
export function findGuideline(id: string): Guideline | undefined {
  return guidelines.find((guideline) => guideline.id === id);
}

/**
 * The version in force at an instant: the one whose `validFrom` is the latest not after it. `at` is RFC 3339 with offset,
 * or milliseconds since 1970. Undefined before any version is in force, and for a time that cannot be read.
 */
export function guidelineInForce(at: string | number): Guideline | undefined {
  const time = typeof at === 'number' ? at : instant(at);
  return IN_FORCE.find(({ from }) => from <= time)?.guideline;
}

/**
 * The version by which facts are determined: the one named, else the one in force at `plannedActionAt`, else
 * `acd-2026-10`. Undefined only where a version is named that does not exist.
 */
export function guidelineFor(facts: Pick<Facts, 'plannedActionAt'>, version?: string): Guideline | undefined {
  if (version !== undefined) return findGuideline(version);
  return guidelineInForce(facts.plannedActionAt) ?? FIRST_IN_FORCE;
}
