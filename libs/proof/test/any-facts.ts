import fc from 'fast-check';
import {
  CASE_FACTS,
  type CaseFact,
  SERVER_LOCATIONS,
  TARGET_KINDS,
  THREE_VALUES,
  type ThreeValued,
} from '@sekisho/guideline';
import { caseOf } from '../src/case-space.js';

/** Any case with a few servers and targets. */
export const anyFacts = fc
  .tuple(
    fc.tuple(...CASE_FACTS.map(() => fc.constantFrom(...THREE_VALUES))),
    fc.array(fc.constantFrom(...SERVER_LOCATIONS), { minLength: 1, maxLength: 4 }),
    fc.array(fc.constantFrom(...TARGET_KINDS), { minLength: 1, maxLength: 4 }),
  )
  .map(([values, servers, targets]) =>
    caseOf(
      Object.fromEntries(CASE_FACTS.map((name, at) => [name, values[at]])) as Record<CaseFact, ThreeValued>,
      servers,
      targets,
    ),
  );
