import { answer, type Facts, type Guideline } from '@sekisho/guideline';
import { ANSWER } from '@sekisho/dmn';
import type { DmnEngine } from './dmn-engine.js';

/** A case of which a model and the library say different things. */
export interface Disagreement {
  readonly facts: Facts;
  readonly model: unknown;
  readonly library: unknown;
}

/**
 * Asks an engine of every case and holds what the model answers against `determine`; null where they agree. The first case of the list of
 * which they do not is told: the smallest, where the smallest come first. Whether a version is in force the model does not know.
 */
export async function disagreement(
  guideline: Guideline,
  model: string,
  cases: readonly Facts[],
  decide: DmnEngine,
): Promise<Disagreement | null> {
  const inputs = cases.map(({ plannedActionAt: _, ...facts }) => facts);
  const answers = await decide(model, ANSWER, inputs);
  for (const [at, facts] of cases.entries()) {
    const { inForce: _, ...library } = answer(guideline, facts);
    const said = withoutNulls(answers[at]);
    if (inOneOrder(said) !== inOneOrder(library)) return { facts, model: said, library };
  }
  return null;
}

/** What a structure of the model has not is null; in the library it is not there. */
const withoutNulls = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, each) => each ?? undefined));

const inOneOrder = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [two]) => (one < two ? -1 : 1)))
      : each,
  );
