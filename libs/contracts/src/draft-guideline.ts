import { determine, findGuideline, type Guideline } from '@sekisho/guideline';
import { facts } from './facts.js';
import { guidelineText } from './http/classification.js';

const shape = guidelineText.omit({ inForce: true, digest: true, adoptions: true });

/** Any case: a version that cannot answer it can answer none. */
const ANY_CASE = facts.parse({
  plannedActionAt: '2026-10-01T00:00:00+09:00',
  measureContemplated: 'UNKNOWN',
  graveHarmUrgent: 'UNKNOWN',
  nationalSecurityImpact: 'UNKNOWN',
  communicationProtection: 'UNKNOWN',
  noTimeForPriorApproval: 'UNKNOWN',
  servers: [{ ref: 's1', location: 'UNKNOWN' }],
  targets: [{ ref: 't1', kind: 'UNKNOWN' }],
});

/**
 * The version of the guideline that a module exports, to be tried and never to be in force: whatever date it bears is taken from it, and
 * none of the versions that there are can be replaced by it. Throws an error that says what is wrong where the module exports no version,
 * several, one under the name of a version that there is, or one that answers no case.
 */
export function draftIn(module: Readonly<Record<string, unknown>>): Guideline {
  const exported = Object.values(module).filter(
    (value) => typeof value === 'object' && value !== null && 'provisions' in value,
  );
  if (exported.length !== 1)
    throw new Error(`it exports ${exported.length} versions of the guideline, and one is wanted`);
  const parsed = shape.safeParse(exported[0]);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`);
    throw new Error(`it exports no version of the guideline: ${faults.join('; ')}`);
  }
  const draft: Guideline = { ...(exported[0] as Guideline), validFrom: null };
  if (findGuideline(draft.id) !== undefined) {
    throw new Error(`it is called ${draft.id}, as a version that there is: an amendment is a new version`);
  }
  try {
    determine(draft, ANY_CASE);
  } catch (error) {
    throw new Error(`it cannot be asked: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  return draft;
}
