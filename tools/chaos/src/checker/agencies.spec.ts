import { finds, lose } from '../../test/finds.js';
import { messages, table } from '../../test/small-world.js';
import { agencies } from './agencies.js';

describe('agencies got only what is theirs', () => {
  finds(agencies, '3 messages; 2 cases with a draft, 1 with an order', [
    [
      'a message in a case without an order',
      (world) => (messages(world, 'tasking.npa.v1')[1]!.key = 'incident-2'),
      ['agency-npa got order-stopped.v1 about incident-2, where it has no order'],
    ],
    [
      'a message to the other agency',
      (world) =>
        messages(world, 'tasking.sdf.v1').push({ ...messages(world, 'tasking.npa.v1')[0]!, topic: 'tasking.sdf.v1' }),
      ['agency-sdf got order-issued.v1 about incident-1, where it has no order'],
    ],
    [
      'what an agency could open and was not for it',
      ({ delivered }) => (delivered[2]!.agency = 'sdf'),
      ['agency-sdf opened return-rejected.v1 about incident-1, where it has no order'],
    ],
    [
      'messages of an order that is not there',
      (world) => {
        lose(table(world, 'agency-tasking', 'order_part'), () => true);
        world.delivered.splice(0);
      },
      ['order-issued.v1', 'order-stopped.v1', 'return-rejected.v1'].map(
        (type) => `agency-npa got ${type} about incident-1, where it has no order`,
      ),
    ],
  ]);
});
