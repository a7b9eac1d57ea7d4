import type { Check } from './world.js';

/** Once the faults ended, everything flowed by itself and came to rest. */
export const settled: Check = ({ unsettled }) => ({
  name: 'everything has flowed',
  counted: unsettled.length === 0 ? 'outboxes empty, topics read to their ends, all processes ready' : 'not in time',
  faults: unsettled,
});
