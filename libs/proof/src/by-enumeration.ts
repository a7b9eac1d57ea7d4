import { CASE_FACTS, type Facts, type Guideline, type TargetKind } from '@sekisho/guideline';
import { answersOf } from './answers.js';
import { caseSpaceOf } from './case-space.js';
import { placesOf } from './classes.js';
import { giversOf, readSettled } from './settled-reading.js';
import type { CaseView, LearningProperty, Logic, StatedProperty } from './statement.js';

/** The smallest case that does not keep a property; with `learned`, what the same case has become. */
export interface Witness {
  readonly facts: Facts;
  readonly learned?: Facts;
}

export interface Enumerated {
  /** How many cases, or steps from one to a better known one, were looked at. */
  readonly cases: number;
  readonly witness: Witness | null;
}

const TRUTH: Logic<boolean> = {
  all: (each) => each.every(Boolean),
  some: (each) => each.some(Boolean),
  not: (one) => !one,
  implies: (one, other) => !one || other,
};

/** Asks `determine` of every case that stands for the others. */
export function enumerate(guideline: Guideline, property: StatedProperty): Enumerated {
  if (property.over === 'LEARNING') return enumerateSteps(guideline, property);
  const { all, settled } = caseSpaceOf(guideline);
  const cases = property.over === 'CASES' ? all : settled;
  const at = cases.findIndex((facts) => !keeps(guideline, property, { facts }));
  return at < 0 ? { cases: cases.length, witness: null } : { cases: at + 1, witness: { facts: cases[at]! } };
}

/** Does one case, or one case and what it has become, keep a property? */
export function keeps(guideline: Guideline, property: StatedProperty, { facts, learned }: Witness): boolean {
  const { classes } = caseSpaceOf(guideline);
  const kinds = classes.map(({ kind }) => kind);
  const answers = answersOf(guideline);
  const view = answers.of(facts);
  switch (property.over) {
    case 'CASES':
      return property.holds(TRUTH, view, kinds);
    case 'SETTLED_CASES': {
      const reading = readSettled(guideline, facts);
      const givers = (kind: TargetKind) => {
        const naming = giversOf(guideline, reading, kind);
        return [...reading.candidates.keys()].map((each) => naming.includes(each));
      };
      return property.holds(TRUTH, { ...view, givers }, kinds);
    }
    case 'LEARNING': {
      if (learned === undefined) return true;
      const places = placesOf(classes);
      const count = ({ targets }: Facts, kind: TargetKind) =>
        targets.filter((each) => places[each.kind] === places[kind]).length;
      const became = (kind: TargetKind) => count(learned, kind) > count(facts, kind);
      return property.holds(TRUTH, view, { ...answers.of(learned), became }, kinds);
    }
  }
}

function enumerateSteps(guideline: Guideline, property: LearningProperty): Enumerated {
  const { all, classes } = caseSpaceOf(guideline);
  const kinds = classes.map(({ kind }) => kind);
  const answers = answersOf(guideline);
  const kept = new Map<CaseView<boolean>, Map<CaseView<boolean>, Set<TargetKind | undefined>>>();
  let cases = 0;
  for (const facts of all) {
    const before = answers.of(facts);
    const laters = kept.get(before) ?? new Map<CaseView<boolean>, Set<TargetKind | undefined>>();
    kept.set(before, laters);
    for (const { facts: learned, became } of steps(facts, kinds)) {
      cases += 1;
      const after = answers.of(learned);
      const seen = laters.get(after) ?? new Set();
      if (seen.has(became)) continue;
      laters.set(after, seen.add(became));
      const later = { ...after, became: (kind: TargetKind) => kind === became };
      if (!property.holds(TRUTH, before, later, kinds)) return { cases, witness: { facts, learned } };
    }
  }
  return { cases, witness: null };
}

/** Everything that may become known next: one fact, the place of one server, the kind of one target. More is several steps. */
export function* steps(facts: Facts, kinds: readonly TargetKind[]): Generator<{ facts: Facts; became?: TargetKind }> {
  for (const name of CASE_FACTS) {
    if (facts[name] !== 'UNKNOWN') continue;
    for (const value of ['TRUE', 'FALSE'] as const) yield { facts: { ...facts, [name]: value } };
  }
  const server = facts.servers.findIndex(({ location }) => location === 'UNKNOWN');
  for (const location of server < 0 ? [] : (['DOMESTIC', 'OVERSEAS'] as const)) {
    yield { facts: { ...facts, servers: facts.servers.with(server, { ...facts.servers[server]!, location }) } };
  }
  const target = facts.targets.findIndex(({ kind }) => kind === 'UNKNOWN');
  for (const kind of target < 0 ? [] : kinds) {
    const targets = facts.targets.with(target, { ...facts.targets[target]!, kind });
    yield { facts: { ...facts, targets }, became: kind };
  }
}
