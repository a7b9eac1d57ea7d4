import type { Check } from './world.js';

/** What was tried while something was away went as it must. */
export const outages: Check = ({ observations }) => ({
  name: 'outages were borne',
  counted: observations.length === 0 ? 'none was long enough to try' : `${observations.length} tried`,
  faults: observations.filter(({ good }) => !good).map(({ what, detail }) => `${what}: ${detail}`),
});
