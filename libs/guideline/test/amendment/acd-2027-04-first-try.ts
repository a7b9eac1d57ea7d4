import type { Guideline } from '../../src/guideline.js';
import { acd202610 } from '../../src/versions/acd-2026-10.js';
import { acd202704Invented } from './acd-2027-04-invented.js';

/** The amendment with two slips, which the linter is to find: it takes the government out of the others, and has no clause for its provision. */
export const acd202704FirstTry: Guideline = {
  ...acd202704Invented,
  id: 'acd-2027-04-first-try',
  text: acd202610.text,
  targetGroups: {
    SDF_OR_USFJ: ['SDF', 'USFJ'],
    GOVERNMENT: ['GOVERNMENT'],
    OTHER: ['CRITICAL_INFRASTRUCTURE', 'DEFENCE_INDUSTRY', 'MUNICIPALITY', 'PRIVATE'],
  },
};
