/** What the same route does elsewhere, to be compared with: what is made of a report, and the rows of its clocks. */
export { clockColumns, insertClocks, startedClocks } from '../deadlines/clock-rows.js';
export { type Accepted, accept, receiptOf, submitted } from './accept.js';
export { shown } from './shown.js';
