import { double, finds, ofType, one } from '../../test/finds.js';
import { messages, table } from '../../test/small-world.js';
import { keyOrder } from './key-order.js';

const CLASSIFIED = 'classification.determinations.v1';

describe('each key in the order of its commits', () => {
  finds(keyOrder, '14 keys', [
    [
      'two events of a key that changed places',
      (world) => {
        const [first, second] = messages(world, CLASSIFIED);
        [first!.offset, second!.offset] = [second!.offset, first!.offset];
      },
      [`${CLASSIFIED}: key incident-1: incident-opened.v1 came before what was committed before it`],
    ],
    [
      'a key on two partitions',
      (world) => (messages(world, CLASSIFIED)[0]!.partition = 1),
      [`${CLASSIFIED}: key incident-1 lies on two partitions`],
    ],
    [
      'an event that no commit made',
      (world) => (table(world, 'nsc-scheduling', 'outbox')[1]!['id'] = 'other'),
      ['nsc.reviews.v1: key meeting-1: meeting-scheduled.v1 came before what was committed before it'],
    ],
    [
      'nothing in an event that is sent again later',
      (world) =>
        double(
          messages(world, CLASSIFIED),
          (message) => ofType('incident-opened')(message) && message.key === 'incident-1',
          { offset: '99' },
        ),
      [],
    ],
    [
      'nothing in two keys that overtake each other',
      (world) => {
        const [early, late] = ['incident-1', 'incident-2'].map((key) =>
          one(
            messages(world, CLASSIFIED),
            (message) => ofType('determination-confirmed')(message) && message.key === key,
          ),
        );
        expect(Number(early!.offset)).toBeLessThan(Number(late!.offset));
        for (const message of messages(world, CLASSIFIED))
          if (message.key === 'incident-1') message.offset = String(Number(message.offset) + 100);
      },
      [],
    ],
  ]);
});
