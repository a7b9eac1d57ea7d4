import type { ProvisionTurned } from './counterfactuals.js';
import type { Answer } from './determination.js';
import { EXECUTORS } from './determination.js';
import { answer, determine } from './determine.js';
import type { Facts } from './facts.js';
import type { Guideline } from './guideline.js';

/** What of an answer decides a case: all of it but the guideline's name. */
export type Decided = Omit<Answer, 'guideline' | 'inForce'>;

/** A case that one guideline answers otherwise than another, and the provisions by which it does. */
export interface CaseChange {
  from: Decided;
  to: Decided;
  provisions: ProvisionTurned[];
}

/** How a case ends, in short: `NO_AUTHORITY`, or outcome, review and who may act: `DETERMINED, review YES, NPA_SOLE + JOINT_NPA_SDF`. */
export function endOf({ outcome, nscReview, execution }: Pick<Decided, 'outcome' | 'nscReview' | 'execution'>): string {
  if (outcome === 'NO_MEASURE' || outcome === 'NO_AUTHORITY') return outcome;
  const executors = EXECUTORS.filter((each) => execution.some(({ candidates }) => candidates.includes(each)));
  return `${outcome}, review ${nscReview.required}, ${executors.join(' + ') || 'nobody'}`;
}

/** The same case under two guidelines: how it ends under each, and what changes; null where nothing does. */
export function replay(
  from: Guideline,
  to: Guideline,
  facts: Facts,
): { from: string; to: string; change: CaseChange | null } {
  const [before, after] = [decidedBy(from, facts), decidedBy(to, facts)];
  const change = isSame(before, after) ? null : { from: before, to: after, provisions: turned(from, to, facts) };
  return { from: endOf(before), to: endOf(after), change };
}

function decidedBy(guideline: Guideline, facts: Facts): Decided {
  const { guideline: _, inForce: __, ...decided } = answer(guideline, facts);
  return decided;
}

/** Both are plain data that `answer` writes in one order. */
const isSame = (one: Decided, two: Decided): boolean => JSON.stringify(one) === JSON.stringify(two);

/** What is not asked does not apply: a provision that one guideline lacks counts only where it applies, or may, in the other. */
function turned(from: Guideline, to: Guideline, facts: Facts): ProvisionTurned[] {
  const [before, after] = [from, to].map(
    (guideline) =>
      new Map(determine(guideline, facts).because.map(({ provision, answer: given }) => [provision, given])),
  ) as [Map<string, ProvisionTurned['from'] & string>, Map<string, ProvisionTurned['from'] & string>];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((provision): ProvisionTurned[] => {
    const [one, two] = [before.get(provision) ?? null, after.get(provision) ?? null];
    return (one ?? 'FALSE') === (two ?? 'FALSE') ? [] : [{ provision, from: one, to: two }];
  });
}
