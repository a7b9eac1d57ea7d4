import type { Evidence, Facts, Guideline, Words } from '@sekisho/guideline';
import { authorisedLacksNothing, enumerateEvidence } from './authorised.js';
import { enumerate, keeps, type Witness } from './by-enumeration.js';
import { prove, proveStanding } from './by-solver.js';
import { caseSpaceOf, MOST_UNKNOWN } from './case-space.js';
import { gaps, overlaps } from './executors-given.js';
import type { Finding } from './finding.js';
import { redundancies, unusedFacts } from './leftovers.js';
import { PROPERTIES } from './properties.js';
import { unreached } from './reach.js';
import type { Solver } from './solver.js';
import type { StatedProperty } from './statement.js';
import { enumerateSuppliers, everySafeguardHasSupplier } from './suppliers.js';
import { textAndProvisions } from './text-and-provisions.js';

/** Something that holds of a version, or does not, and how that was found out. */
export interface Theorem {
  readonly id: string;
  readonly words: Words;
  readonly holds: boolean;
  /** The solver's word is for any number of servers and targets; enumeration's for so many cases. */
  readonly by: { readonly solver: boolean; readonly cases: number | null };
  /** The smallest case against it. */
  readonly witness: (Witness & { readonly evidence?: readonly Evidence[] }) | null;
}

export interface LintReport {
  readonly guideline: string;
  readonly findings: readonly Finding[];
  readonly theorems: readonly Theorem[];
  /** Neither an error nor a theorem that does not hold. */
  readonly clean: boolean;
}

/** Everything that can be said against a version, and what is proven of it. */
export async function lintGuideline(guideline: Guideline, solver: Solver): Promise<LintReport> {
  const findings = findingsOf(guideline);
  const theorems: Theorem[] = [await standing(guideline, solver)];
  for (const property of PROPERTIES) theorems.push(await theorem(guideline, property, solver));
  theorems.push(...ofCode(guideline));
  const clean = findings.every(({ level }) => level === 'note') && theorems.every(({ holds }) => holds);
  return { guideline: guideline.id, findings, theorems, clean };
}

export function findingsOf(guideline: Guideline): Finding[] {
  return [gaps, overlaps, redundancies, unreached, unusedFacts, textAndProvisions].flatMap((find) => find(guideline));
}

async function standing(guideline: Guideline, solver: Solver): Promise<Theorem> {
  const { all } = caseSpaceOf(guideline);
  const witness = await proveStanding(solver, guideline, { servers: MOST_UNKNOWN, targets: MOST_UNKNOWN });
  return {
    id: 'few-stand-for-all',
    words: {
      en: `${all.length} cases stand for all: however many servers and targets there are, a case is answered as one of these.`,
      ja: `サーバー及び対象の数にかかわらず、あらゆる事例の結論は、${all.length} 件の事例のいずれかと同じである。`,
    },
    holds: witness === null,
    by: { solver: true, cases: null },
    witness,
  };
}

/** Proven and enumerated. Where the two differ, one of them is wrong, and that is worse than a property that does not hold. */
async function theorem(guideline: Guideline, property: StatedProperty, solver: Solver): Promise<Theorem> {
  const { cases, witness } = enumerate(guideline, property);
  const found = await prove(solver, guideline, property);
  if ((witness === null) !== (found === null) || (found !== null && keeps(guideline, property, found))) {
    throw new Error(`${guideline.id}: solver and enumeration disagree on ${property.id}: ${JSON.stringify(found)}`);
  }
  const { id, words } = property;
  return { id, words, holds: witness === null, by: { solver: true, cases }, witness };
}

/** What rests on code, of which the solver knows nothing. */
function ofCode(guideline: Guideline): Theorem[] {
  const supplied = enumerateSuppliers(guideline);
  const facts: Facts | undefined = supplied.witness?.facts ?? undefined;
  const theorems: Theorem[] = [
    {
      ...everySafeguardHasSupplier,
      holds: supplied.witness === null,
      by: { solver: false, cases: supplied.cases },
      witness: facts === undefined ? null : { facts },
    },
  ];
  const evidence = enumerateEvidence(guideline, 'ALL');
  if (evidence === null) return theorems;
  const { cases, witness } = evidence;
  return [{ ...authorisedLacksNothing, holds: witness === null, by: { solver: false, cases }, witness }, ...theorems];
}
