import { finds, lose, one } from '../../test/finds.js';
import { messages, type SmallWorld, table } from '../../test/small-world.js';
import { orderHistories } from './order-histories.js';
import { eventOf } from './world.js';

const change = (world: SmallWorld, version: number) =>
  one(table(world, 'agency-tasking', 'order_change'), (row) => row['version'] === version);
const order = (world: SmallWorld, wanted: string) =>
  one(table(world, 'agency-tasking', 'tasking_order'), ({ id }) => id === wanted);
const WHOLE = 'DRAFT → ISSUED → ACKNOWLEDGED → EXECUTING → STOP_REQUESTED → STOPPED';

describe('orders moved by legal steps, as told', () => {
  finds(orderHistories, '5 steps of 2 orders', [
    [
      'an illegal step',
      (world) => lose(table(world, 'agency-tasking', 'order_step'), ({ to_state }) => to_state === 'STOP_REQUESTED'),
      ['order order-1: EXECUTING → STOP_REQUESTED is no legal step'],
    ],
    [
      'a step that does not follow the one before it',
      (world) => {
        // Legal in itself.
        table(world, 'agency-tasking', 'order_step').push({ from_state: 'SUSPENDED', to_state: 'STOP_REQUESTED' });
        change(world, 5)['from_state'] = 'SUSPENDED';
      },
      [
        'order order-1: SUSPENDED → STOP_REQUESTED does not follow EXECUTING',
        `order order-1: its history is ${WHOLE}, what was told is ${WHOLE}`,
      ],
    ],
    [
      'a step that is left out of the numbers',
      (world) => (change(world, 6)['version'] = 7),
      ['order order-1: step 5 bears version 7'],
    ],
    [
      'a state that no step led to',
      (world) => (order(world, 'order-2')['state'] = 'ISSUED'),
      ['order order-2 is ISSUED, its history ends at DRAFT'],
    ],
    [
      'an order that counts one step too many',
      (world) => (order(world, 'order-1')['version'] = 7),
      ['order order-1 bears version 7 after 5 steps'],
    ],
    [
      'a step that was not told',
      (world) => lose(messages(world, 'tasking.decisions.v1'), (message) => eventOf(message).data['to'] === 'STOPPED'),
      [`order order-1: its history is ${WHOLE}, what was told is ${WHOLE.replace(' → STOPPED', '')}`],
    ],
    [
      'a step that was told with another reason',
      (world) => (change(world, 5)['reason'] = 'another'),
      [`order order-1: its history is ${WHOLE}, what was told is ${WHOLE}`],
    ],
    [
      'steps of an order that is not there',
      (world) => {
        lose(table(world, 'agency-tasking', 'tasking_order'), ({ id }) => id === 'order-1');
      },
      ['there are steps of order-1, which is no order', 'there are steps of order-1, which is no order'],
    ],
  ]);
});
