import { double, finds, lose, ofType } from '../../test/finds.js';
import { messages, type SmallWorld, table } from '../../test/small-world.js';
import { ordersOnce } from './orders-once.js';

const issued = ofType('order-issued');
const again = (world: SmallWorld): void => {
  const more = { offset: '9', headers: { ce_id: 'other', ce_type: 'order-issued.v1', ce_sequence: '9' } };
  double(messages(world, 'tasking.npa.v1'), issued, more);
};

describe('no order twice', () => {
  finds(ordersOnce, '2 drafts, 1 orders, 1 messages to agencies, 0 of them known by their ids', [
    [
      'an order that was issued twice',
      (world) => double(table(world, 'agency-tasking', 'order_change'), ({ to_state }) => to_state === 'ISSUED'),
      ['issuances: order-1 is there 1 time(s) too often', 'orders told whole: order-1 is missing'],
    ],
    [
      'an order that oversight was not told of',
      (world) => lose(messages(world, 'tasking.decisions.v1'), ofType('order-recorded')),
      ['orders told whole: order-1 is missing'],
    ],
    [
      'a second order to the agency',
      again,
      ['orders sealed to agency-npa, by incident: incident-1 is there 1 time(s) too often'],
    ],
    [
      'an order that the agency was not sent',
      (world) => lose(messages(world, 'tasking.npa.v1'), issued),
      ['orders sealed to agency-npa, by incident: incident-1 is missing'],
    ],
    [
      'an order that the agency opened twice',
      ({ delivered }) => double(delivered, ({ type }) => type === 'order-issued.v1'),
      ['orders that agency-npa opened: order-1 is there 1 time(s) too often'],
    ],
    [
      'an order that is another agency’s',
      ({ delivered }) => double(delivered, ({ type }) => type === 'order-issued.v1', { agency: 'sdf' }),
      ['agency-sdf opened order-1, which is not its own'],
    ],
    [
      'two orders in force for one scope and executor',
      (world) =>
        double(table(world, 'agency-tasking', 'tasking_order'), ({ id }) => id === 'order-2', { id: 'order-3' }),
      ['2 orders are in force for scope-2 NPA_SOLE'],
    ],
    [
      'nothing in a second order after the first has ended',
      (world) =>
        double(table(world, 'agency-tasking', 'tasking_order'), ({ id }) => id === 'order-1', {
          id: 'order-3',
          state: 'DRAFT',
        }),
      [],
    ],
    [
      'nothing in an order that is sent twice under one id',
      (world) => double(messages(world, 'tasking.npa.v1'), issued, { offset: '9' }),
      [],
    ],
  ]);
});
