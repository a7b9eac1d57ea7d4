export { caseSpaceOf } from './case-space.js';
export { enumerate } from './by-enumeration.js';
export { PROPERTIES } from './properties.js';
export { Solver } from './solver.js';
export { prove, scriptOf } from './by-solver.js';
