import { type Adoption, ENACTED, governing } from './adoption.js';
import type { Basis } from './determination.js';
import type { Facts } from './facts.js';
import type { Guideline } from './guideline.js';
import { isReview } from './provision.js';
import { acd202512Draft } from './versions/acd-2025-12-draft.js';
import { acd202610 } from './versions/acd-2026-10.js';

/** Every version of the guideline, oldest first. */
export const guidelines: readonly Guideline[] = [acd202512Draft, acd202610];

/** Every reason for which a version has the NSC review a case, in the order of the provisions. */
export const BASES: readonly Basis[] = [
  ...new Set(guidelines.flatMap(({ provisions }) => provisions.filter(isReview).map(({ then }) => then.review))),
];

/** The version with that id; undefined where there is none. */
export function findGuideline(id: string): Guideline | undefined {
  return guidelines.find((guideline) => guideline.id === id);
}

/**
 * The version in force at an instant (RFC 3339 with offset, or milliseconds since 1970) by what was adopted. Undefined before any version
 * is in force, where what was adopted is not known here, and for a time that cannot be read.
 */
export function guidelineInForce(at: string | number, adoptions: readonly Adoption[] = ENACTED): Guideline | undefined {
  const id = governing(adoptions, at)?.guideline;
  return typeof id === 'string' ? findGuideline(id) : undefined;
}

/**
 * The version by which facts are determined: the one named, else the one in force at `plannedActionAt`, else
 * `acd-2026-10`: the determination then says `inForce: false`. Undefined only where a version is named that does not exist.
 */
export function guidelineFor(
  facts: Pick<Facts, 'plannedActionAt'>,
  version?: string,
  adoptions: readonly Adoption[] = ENACTED,
): Guideline | undefined {
  if (version !== undefined) return findGuideline(version);
  return guidelineInForce(facts.plannedActionAt, adoptions) ?? acd202610;
}
