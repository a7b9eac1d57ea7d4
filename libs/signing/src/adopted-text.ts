import { type Adoption, ENACTED, findGuideline, type Guideline } from '@sekisho/guideline';
import { digestOf } from './canonical.js';

const known = new WeakMap<Guideline, string>();

/** The digest of all that a version says: its text, provisions, groups of targets and judgements. People adopt this, and not a name. */
export function digestOfGuideline(guideline: Guideline): string {
  const digest = known.get(guideline) ?? digestOf(guideline);
  known.set(guideline, digest);
  return digest;
}

/** An adoption as it was recorded. `digest` is that of the text that was adopted. */
export interface RecordedAdoption {
  readonly guideline: string;
  readonly digest: string;
  readonly from: string;
  readonly confirmedAt: string;
}

/** What a recorded adoption puts in force by this release: nothing, where the release has another text under that name or none. */
export function adoptionOf({ guideline, digest, from, confirmedAt }: RecordedAdoption): Adoption {
  const version = findGuideline(guideline);
  const same = version !== undefined && digestOfGuideline(version) === digest;
  return { guideline: same ? guideline : null, from, adoptedAt: confirmedAt };
}

/** What takes effect when: what the statute itself says, and what was recorded since. */
export const lawOf = (recorded: readonly RecordedAdoption[]): readonly Adoption[] =>
  recorded.length === 0 ? ENACTED : [...ENACTED, ...recorded.map(adoptionOf)];
