import type { Guideline, GuidelineClause, Judgement } from './guideline.js';
import type { Provision } from './provision.js';

export const CHANGES = ['SAME', 'CHANGED', 'ADDED', 'REMOVED'] as const;

/** What became of a clause, a provision or a judgement. `parts` names what of it reads otherwise: `words`, `when`, `then`… */
export interface Compared<Part> {
  change: (typeof CHANGES)[number];
  from: Part | null;
  to: Part | null;
  parts: string[];
}

export interface Comparison {
  from: string;
  to: string;
  clauses: Compared<GuidelineClause>[];
  /** A provision that takes another's row stands beside it. */
  provisions: Compared<Provision>[];
  judgements: Compared<Judgement>[];
  /** Groups of targets that only one version has, or that hold other kinds. */
  targetGroups: string[];
}

/** Two versions side by side, in the order of the later one; what only the earlier one has stands where it stood there. */
export function compareGuidelines(from: Guideline, to: Guideline): Comparison {
  const names = new Set([...Object.keys(from.targetGroups), ...Object.keys(to.targetGroups)]);
  return {
    from: from.id,
    to: to.id,
    clauses: compare(from.text, to.text, ({ id }) => id),
    provisions: compare(from.provisions, to.provisions, rowOf(from, to)),
    judgements: compare(from.judgements, to.judgements, ({ id }) => id),
    targetGroups: [...names].filter((name) => !isSame(from.targetGroups[name], to.targetGroups[name])),
  };
}

/** A provision is the same by its id; where ids differ, the only one of a row in each version takes the other's place. */
function rowOf(from: Guideline, to: Guideline): (provision: Provision) => string {
  const only = (guideline: Guideline, row: number) =>
    guideline.provisions.filter((each) => each.row === row).length === 1;
  const inBoth = (id: string) => [from, to].every(({ provisions }) => provisions.some((each) => each.id === id));
  return ({ id, row }) => (!inBoth(id) && only(from, row) && only(to, row) ? `row ${row}` : id);
}

function compare<Part extends object>(
  from: readonly Part[],
  to: readonly Part[],
  keyOf: (part: Part) => string,
): Compared<Part>[] {
  const later = new Map(to.map((part) => [keyOf(part), part]));
  const earlier = new Map(from.map((part) => [keyOf(part), part]));
  const keys = [...earlier.keys()];
  /** What is gone and stood right after this one. */
  const goneAfter = (at: number): Compared<Part>[] => {
    const next = keys.findIndex((key, place) => place > at && later.has(key));
    return keys.slice(at + 1, next < 0 ? keys.length : next).map((key) => gone(earlier.get(key)!));
  };
  return [
    ...goneAfter(-1),
    ...[...later].flatMap(([key, part]): Compared<Part>[] => {
      const before = earlier.get(key);
      if (before === undefined) return [{ change: 'ADDED', from: null, to: part, parts: [] }];
      const parts = partsThatDiffer(before, part);
      const change = parts.length > 0 ? 'CHANGED' : 'SAME';
      return [{ change, from: before, to: part, parts }, ...goneAfter(keys.indexOf(key))];
    }),
  ];
}

const gone = <Part>(part: Part): Compared<Part> => ({ change: 'REMOVED', from: part, to: null, parts: [] });

function partsThatDiffer(one: object, two: object): string[] {
  const [before, after] = [
    new Map<string, unknown>(Object.entries(one)),
    new Map<string, unknown>(Object.entries(two)),
  ];
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => !isSame(before.get(name), after.get(name)));
}

/** Plain data, whose keys are written in one order. */
const isSame = (one: unknown, two: unknown): boolean => JSON.stringify(one) === JSON.stringify(two);
