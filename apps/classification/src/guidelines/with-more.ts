import type { DeterminationBody, DeterminationWith, FactsBody, WithQuery } from '@sekisho/contracts';
import { type Adoption, counterfactuals, findGuideline, nextQuestions } from '@sekisho/guideline';

/** A determination of these facts with what was asked for: what to ask next, and what would have to be otherwise. */
export function withMore(
  determination: DeterminationBody,
  facts: FactsBody,
  { with: asked = [] }: WithQuery,
  adoptions: readonly Adoption[],
): DeterminationWith {
  const guideline = findGuideline(determination.guideline);
  if (guideline === undefined) return determination;
  return {
    ...determination,
    ...(asked.includes('questions') && { questions: nextQuestions(guideline, facts) }),
    ...(asked.includes('counterfactuals') && { counterfactuals: counterfactuals(guideline, facts, adoptions) }),
  };
}
