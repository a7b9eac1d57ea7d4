import { type Guideline, isSdfOrUsfj, TARGET_KINDS, type TargetKind } from '@sekisho/guideline';

/** Kinds of target that neither the guideline nor a property tells apart; `kind` stands for all of them in a witness. */
export interface TargetClass {
  readonly kind: TargetKind;
  readonly kinds: readonly TargetKind[];
}

/** The line of the properties is drawn in every version, also in one whose groups of targets have lost it. */
export function classesOf({ targetGroups }: Guideline): TargetClass[] {
  const groups = Object.entries(targetGroups);
  const classes = new Map<string, TargetKind[]>();
  for (const kind of TARGET_KINDS.filter((each) => each !== 'UNKNOWN')) {
    const within = groups.filter(([, kinds]) => kinds.includes(kind)).map(([name]) => name);
    const line = [isSdfOrUsfj(kind), ...within].join();
    classes.set(line, [...(classes.get(line) ?? []), kind]);
  }
  return [...classes.values()].map((kinds) => ({ kind: kinds.includes('PRIVATE') ? 'PRIVATE' : kinds[0]!, kinds }));
}

/** Of each kind the place of its class in the list; what is unknown comes after all of them. */
export function placesOf(classes: readonly TargetClass[]): Readonly<Record<TargetKind, number>> {
  const places = classes.flatMap(({ kinds }, place) => kinds.map((kind) => [kind, place]));
  return { UNKNOWN: classes.length, ...Object.fromEntries(places) } as Record<TargetKind, number>;
}
