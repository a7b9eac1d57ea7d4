import { CASE_FACTS, type Guideline, SERVER_LOCATIONS } from '@sekisho/guideline';
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
