import { finds, lose, ofType, type Planted } from '../../test/finds.js';
import { messages, smallWorld, type SmallWorld } from '../../test/small-world.js';
import { smallReport } from '../../test/small-report.js';
import { figures } from './figures.js';
import type { Report } from './world.js';

const report = (world: SmallWorld): { -readonly [Name in keyof Report]: Report[Name] } => world.report as Report;
const counts = smallReport().counts;

describe('the periodic report is what was published', () => {
  finds(figures, '38 figures recounted, 1 orders judged again', [
    ...Object.entries(counts).map(([figure, count]): Planted => [
      `a figure off by one: ${figure}`,
      (world) => (report(world).counts = { ...counts, [figure]: count + 1 }),
      [`${figure}: ${count} were published, the report says ${count + 1}`],
    ]),
    [
      'a figure that is left out',
      (world) => {
        const { 'orders.issued': _, ...others } = counts;
        report(world).counts = others;
      },
      ['orders.issued: 1 were published, the report says 0'],
    ],
    [
      'what was counted and never published',
      (world) => (report(world).counts = { ...counts, 'reports.byForm.RANSOMWARE': 1 }),
      ['reports.byForm.RANSOMWARE: 0 were published, the report says 1'],
    ],
    [
      'an event that the report knows to be missing',
      (world) => (report(world).basis = [{ topic: 'nsc.reviews.v1', events: 9, missing: 2 }]),
      ['nsc.reviews.v1: the report misses 2 events'],
    ],
    [
      'an order that does not stand',
      (world) =>
        (report(world).reauthorised = [{ orderId: 'order-1', stands: false, reasons: ['NPSC_CONSENT MISSING'] }]),
      ['order order-1 does not stand re-authorisation: NPSC_CONSENT MISSING'],
    ],
    [
      'an order that was not judged again',
      (world) => (report(world).reauthorised = []),
      ['1 orders were issued, 0 judged again'],
    ],
    [
      'an event that was lost since it was counted',
      (world) => lose(messages(world, 'tasking.decisions.v1'), ofType('order-refused')),
      [
        'orders.refused: 0 were published, the report says 1',
        'orders.refusedByMissing.PRIME_MINISTER_ORDER: 0 were published, the report says 1',
      ],
    ],
    [
      'a report that cannot be had',
      (world) => (world.report = { fault: 'it was answered 500' }),
      ['it was answered 500'],
    ],
  ]);

  it('counts an order that goes on as resumed, not once more as acknowledged', () => {
    const world = smallWorld();
    const all = messages(world, 'tasking.decisions.v1');
    const resumed = { orderId: 'order-1', from: 'SUSPENDED', to: 'ACKNOWLEDGED' };
    const headers = { ce_id: 'more', ce_type: 'order-state-changed.v1', ce_sequence: '99' };
    all.push({ ...all[0]!, value: JSON.stringify(resumed), headers });
    expect(figures(world).faults).toEqual(['orders.resumed: 1 were published, the report says 0']);
  });
});
