import {
  CASE_FACTS,
  COMMISSION_TIMINGS,
  EXECUTORS,
  type Guideline,
  REVIEW_ANSWERS,
  SAFEGUARD_KINDS,
  SERVER_LOCATIONS,
} from '@sekisho/guideline';
import type { Witness } from './by-enumeration.js';
import { Theory } from './smt/theory.js';
import { and, atMost, declare, not, or, same, sum, TERMS, type Term } from './smt/terms.js';
import type { CaseVector } from './smt/vectors.js';
import type { Solver } from './solver.js';
import type { StatedProperty } from './statement.js';

/** Asks the solver for a case, of any size, that does not keep a property; null where it has proven that there is none. */
export async function prove(solver: Solver, guideline: Guideline, property: StatedProperty): Promise<Witness | null> {
  const { script, cases } = scriptOf(guideline, property);
  const verdict = await solver.refute(script);
  if (verdict.found === 'PROVEN') return null;
  const [facts, learned] = cases.map((each) => each.read(verdict.model));
  return { facts: facts!, ...(learned !== undefined && { learned }) };
}

/** That a property does not hold, in SMT-LIB: whoever has another solver can ask it the same. */
export function scriptOf(guideline: Guideline, property: StatedProperty): { script: string; cases: CaseVector[] } {
  const theory = new Theory(guideline);
  const kinds = theory.classes.map(({ kind }) => kind);
  const before = theory.case('before');
  const view = theory.view(before);
  if (property.over === 'LEARNING') {
    const after = theory.case('after');
    const places = new Map(kinds.map((kind, place) => [kind, place]));
    const became = (kind: (typeof kinds)[number]) =>
      `(> ${after.targets(places.get(kind)!)} ${before.targets(places.get(kind)!)})`;
    const kept = property.holds(TERMS, view, { ...theory.view(after), became }, kinds);
    return assembled(theory, [before, after], [learns(before, after), not(kept)]);
  }
  if (property.over === 'CASES') return assembled(theory, [before], [not(property.holds(TERMS, view, kinds))]);
  return assembled(theory, [before], [settled(before), not(property.holds(TERMS, view, kinds))]);
}

function assembled(theory: Theory, cases: CaseVector[], assertions: Term[]): { script: string; cases: CaseVector[] } {
  const lines = [
    theory.definitions,
    ...cases.map(({ variables }) => declare(variables)),
    ...[...cases.map(({ sound }) => sound), ...assertions].map((each) => `(assert ${each})`),
  ];
  return { script: lines.join('\n'), cases };
}

const settled = (it: CaseVector): Term =>
  and(...CASE_FACTS.map(it.known), same(it.servers('UNKNOWN'), '0'), same(it.targets(it.classes.length), '0'));

/** What was known stays, and as many servers and targets there are as before. */
function learns(before: CaseVector, after: CaseVector): Term {
  const places = [...before.classes.keys()];
  const all = [...places, places.length];
  return and(
    ...CASE_FACTS.map((name) =>
      or(not(before.known(name)), and(after.known(name), same(before.fact(name), after.fact(name)))),
    ),
    ...(['OVERSEAS', 'DOMESTIC'] as const).map((each) => atMost(before.servers(each), after.servers(each))),
    same(sum(...SERVER_LOCATIONS.map(before.servers)), sum(...SERVER_LOCATIONS.map(after.servers))),
    ...places.map((each) => atMost(before.targets(each), after.targets(each))),
    same(sum(...all.map(before.targets)), sum(...all.map(after.targets))),
  );
}

/** How many unknown servers, and unknown targets, stand for any larger number. */
export interface Most {
  readonly servers: number;
  readonly targets: number;
}

/**
 * Asks the solver for a case that is answered otherwise than the one that stands for it: one known server and target of each kind for all,
 * and no more than so many unknown ones. Null where there is none: then what was found by enumeration holds of every case.
 */
export async function proveStanding(solver: Solver, guideline: Guideline, most: Most): Promise<Witness | null> {
  const theory = new Theory(guideline);
  const [it, stand] = [theory.case('it'), theory.case('stand')];
  const places = [...theory.classes.keys()];
  const capped = (one: Term, other: Term, cap: number): Term => same(other, `(ite (> ${one} ${cap}) ${cap} ${one})`);
  const stands = and(
    ...CASE_FACTS.flatMap((name) => [same(it.known(name), stand.known(name)), same(it.fact(name), stand.fact(name))]),
    ...SERVER_LOCATIONS.map((each) =>
      capped(it.servers(each), stand.servers(each), each === 'UNKNOWN' ? most.servers : 1),
    ),
    ...places.map((each) => capped(it.targets(each), stand.targets(each), 1)),
    capped(it.targets(places.length), stand.targets(places.length), most.targets),
  );
  const [one, other] = [theory.view(it), theory.view(stand)];
  const kinds = [...theory.classes.map(({ kind }) => kind), 'UNKNOWN' as const];
  const answers = (view: typeof one): Term[] => [
    view.ended,
    ...REVIEW_ANSWERS.map(view.review),
    ...kinds.flatMap((kind) => EXECUTORS.map((executor) => view.mayAct(kind, executor))),
    ...SAFEGUARD_KINDS.map(view.asks),
    ...COMMISSION_TIMINGS.map(view.asksIn),
  ];
  const others = answers(other);
  const alike = and(...answers(one).map((each, at) => same(each, others[at]!)));
  const { script } = assembled(theory, [it, stand], [stands, not(alike)]);
  const verdict = await solver.refute(script);
  return verdict.found === 'PROVEN' ? null : { facts: it.read(verdict.model), learned: stand.read(verdict.model) };
}
