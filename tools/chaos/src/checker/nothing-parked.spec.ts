import { finds } from '../../test/finds.js';
import { messages, table } from '../../test/small-world.js';
import { nothingParked } from './nothing-parked.js';

describe('nothing parked, nothing waiting', () => {
  finds(nothingParked, '1 messages waited for another on the way', [
    [
      'a message that still waits',
      (world) => (table(world, 'agency-tasking', 'parked')[0]!['state'] = 'WAITING'),
      ['agency-tasking: nsc.reviews.v1 nsc.reviews#7 is WAITING'],
    ],
    [
      'a message that stands behind another',
      (world) =>
        table(world, 'classification', 'parked').push({
          topic: 'intake.reports.v1',
          event_id: 'e',
          state: 'HELD',
          error: 'why',
        }),
      ['classification: intake.reports.v1 e is HELD: why'],
    ],
    [
      'one that was parked on the way, though it was released since',
      (world) => table(world, 'agency-tasking', 'parked_change').push({ version: 3, state: 'PARKED' }),
      ['agency-tasking parked 1 messages and told of 0'],
    ],
    [
      'one that was told of',
      (world) => messages(world, 'oversight-reporting.parked.v1').push({ ...messages(world, 'nsc.reviews.v1')[0]! }),
      ['oversight-reporting parked 0 messages and told of 1'],
    ],
  ]);
});
