import type { Facts } from './facts.js';
import type { Guideline } from './guideline.js';
import { instant } from './instant.js';
import { acd202512Draft } from './versions/acd-2025-12-draft.js';
import { acd202610 } from './versions/acd-2026-10.js';

/** Every version of the guideline, oldest first. */
export const guidelines: readonly Guideline[] = [acd202512Draft, acd202610];

/** What counts before any version is in force: the determination then says `inForce: false`. */
const FIRST_IN_FORCE = acd202610;

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
  let latest: Guideline | undefined;
  for (const guideline of guidelines) {
    const begun = instant(guideline.validFrom) <= time;
    if (begun && (!latest || instant(guideline.validFrom) >= instant(latest.validFrom))) latest = guideline;
  }
  return latest;
}

/**
 * The version by which facts are determined: the one named, else the one in force at `plannedActionAt`, else
 * `acd-2026-10`. Undefined only where a version is named that does not exist.
 */
export function guidelineFor(facts: Pick<Facts, 'plannedActionAt'>, version?: string): Guideline | undefined {
  if (version !== undefined) return findGuideline(version);
  return guidelineInForce(facts.plannedActionAt) ?? FIRST_IN_FORCE;
}
