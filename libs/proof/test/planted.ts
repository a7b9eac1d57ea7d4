import { findGuideline, type Guideline, type Provision } from '@sekisho/guideline';

/** A copy of the version in force in which one thing was changed. */
export function planted(change: (copy: Guideline) => void): Guideline {
  const copy = structuredClone(findGuideline('acd-2026-10')!);
  change(copy);
  return copy;
}

/** A provision of a copy, to be changed in place. Whoever plants a fault knows what kind of provision it is. */
export function provision<P extends Provision>({ provisions }: Guideline, id: string): P {
  const found = provisions.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no provision ${id}`);
  return found as P;
}

export function without(copy: Guideline, id: string): void {
  copy.provisions = copy.provisions.filter((each) => each.id !== id);
}
