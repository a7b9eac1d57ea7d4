export { type CaseSpace, caseSpaceOf } from './case-space.js';
export { FINDING_CODES, type Finding, type FindingCode } from './finding.js';
export { lintGuideline, type LintReport, type Theorem } from './lint-guideline.js';
export { PROPERTIES } from './properties.js';
export { Solver } from './solver.js';
export { scriptOf } from './by-solver.js';
export type { Witness } from './by-enumeration.js';
