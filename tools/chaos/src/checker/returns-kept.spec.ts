import { double, finds, lose, one } from '../../test/finds.js';
import { messages, type SmallMessage, type SmallWorld, table } from '../../test/small-world.js';
import { returnsKept } from './returns-kept.js';
import { eventOf } from './world.js';

/** The event that tells what became of a return of that kind. */
const verdict =
  (kind: string) =>
  (message: SmallMessage): boolean => {
    const { type, data } = eventOf(message);
    return type === 'return-recorded.v1' && data['payload'].kind === kind;
  };
const jwsOf = (world: SmallWorld, kind: string): string =>
  String(eventOf(one(messages(world, 'tasking.decisions.v1'), verdict(kind))).data['jws']);

describe('no return of an agency is lost, none counts twice', () => {
  finds(returnsKept, '4 acknowledged, 4 different ones in 4 messages, 3 accepted', [
    [
      'a return that the broker took and does not have',
      ({ returns }) => returns.push({ agency: 'sdf', orderId: 'order-1', kind: 'ACKNOWLEDGED' }),
      ['sdf ACKNOWLEDGED order-1: 1 were acknowledged, 0 are in the topic'],
    ],
    [
      'a return that nobody judged',
      (world) => lose(messages(world, 'tasking.decisions.v1'), verdict('COMPLETED')),
      ['npa COMPLETED order-1: tasking never told what became of it'],
    ],
    [
      'a return that was accepted twice',
      (world) => {
        const all = messages(world, 'tasking.decisions.v1');
        const { headers } = one(all, verdict('STOPPED'));
        double(all, verdict('STOPPED'), { headers: { ...headers, ce_id: 'other', ce_sequence: '99' } });
        double(table(world, 'agency-tasking', 'agency_return'), ({ kind }) => kind === 'STOPPED');
      },
      ['npa STOPPED order-1: accepted more than once'],
    ],
    [
      'an accepted return that is not stored',
      (world) => lose(table(world, 'agency-tasking', 'agency_return'), ({ kind }) => kind === 'STOPPED'),
      [expect.stringMatching(/^accepted returns in the database: head\.\S+\.signature is missing$/)],
    ],
    [
      'a stored return that was not accepted',
      (world) => table(world, 'agency-tasking', 'agency_return').push({ jws: jwsOf(world, 'COMPLETED') }),
      [expect.stringMatching(/^accepted returns in the database: head\.\S+\.signature is there 1 time/)],
    ],
    [
      'nothing in a return that was sent twice and judged once',
      (world) => double(messages(world, 'agency.npa.v1'), ({ offset }) => offset === '0', { offset: '4' }),
      [],
    ],
  ]);
});
