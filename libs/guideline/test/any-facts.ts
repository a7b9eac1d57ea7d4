import fc from 'fast-check';
import {
  CASE_FACTS,
  type CaseFact,
  type Facts,
  SERVER_LOCATIONS,
  TARGET_KINDS,
  THREE_VALUES,
  type ThreeValued,
} from '../src/index.js';
import { FACTS } from './cases.js';

/** Any case with a few servers and targets. */
export const anyFacts = (most = 3): fc.Arbitrary<Facts> =>
  fc
    .tuple(
      fc.tuple(...CASE_FACTS.map(() => fc.constantFrom(...THREE_VALUES))),
      fc.array(fc.constantFrom(...SERVER_LOCATIONS), { minLength: 1, maxLength: most }),
      fc.array(fc.constantFrom(...TARGET_KINDS), { minLength: 1, maxLength: most }),
    )
    .map(([values, locations, kinds]) => ({
      ...FACTS,
      ...(Object.fromEntries(CASE_FACTS.map((name, at) => [name, values[at]])) as Record<CaseFact, ThreeValued>),
      servers: locations.map((location, at) => ({ ref: `s${at + 1}`, location })),
      targets: kinds.map((kind, at) => ({ ref: `t${at + 1}`, kind })),
    }));
