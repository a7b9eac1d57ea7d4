import fc from 'fast-check';
import type { RecordedEvent } from '../ledger/event.store.js';
import { Figures } from './figures.js';

const FROM = '2026-10-31T15:00:00.000Z';
const TO = '2026-11-30T15:00:00.000Z';
const DAY = 86_400_000;

const event = (id: string, type: string, time: string, data: object = {}): RecordedEvent => ({
  id,
  topic: 't',
  type,
  key: 'k',
  time,
  data,
});

const viewOf = (events: readonly RecordedEvent[], from = FROM, to = TO) => {
  const figures = new Figures({ from, to });
  for (const each of events) figures.add(each);
  return figures.view();
};

/** Requests and, after them, rulings on some of them, over three months around the period. */
const history = fc
  .array(
    fc.record({
      day: fc.integer({ min: -45, max: 45 }),
      ruledAfter: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
      outcome: fc.constantFrom('APPROVED', 'REFUSED', 'RETURNED'),
    }),
    { maxLength: 30 },
  )
  .map((cases) =>
    cases.flatMap(({ day, ruledAfter, outcome }, index) => {
      const at = (days: number) => new Date(Date.parse(FROM) + days * DAY).toISOString();
      const requestId = `r${index}`;
      const asked = event(`a${index}`, 'commission-requested.v1', at(day), { requestId, timing: 'PRIOR' });
      if (ruledAfter === undefined) return [asked];
      return [asked, event(`b${index}`, 'ruling-confirmed.v1', at(day + ruledAfter), { requestId, outcome })];
    }),
  );

describe('figures', () => {
  it('balance: opening stock and what was asked, less what was ruled, is the closing stock, which the next period opens with', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { commission } = viewOf(events);
        const { openingStock, asked, ruled, closingStock } = commission;
        expect(openingStock + asked - ruled).toBe(closingStock);
        expect(viewOf(events, TO, '2026-12-31T15:00:00.000Z').commission.openingStock).toBe(closingStock);
        const open = events.filter(({ type, time }) => type === 'commission-requested.v1' && time < TO).length;
        const closed = events.filter(({ type, time }) => type === 'ruling-confirmed.v1' && time < TO).length;
        expect(closingStock).toBe(open - closed);
      }),
    );
  });

  it('are the same in whatever order events come, and however often', () => {
    const shuffled = history.chain((events) =>
      fc.record({
        events: fc.constant(events),
        other: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
      }),
    );
    fc.assert(fc.property(shuffled, ({ events, other }) => expect(viewOf(other)).toEqual(viewOf(events))));
  });

  it('of two periods add up to those of both', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 29 }), (events, day) => {
        const middle = new Date(Date.parse(FROM) + day * DAY).toISOString();
        const [first, second, both] = [viewOf(events, FROM, middle), viewOf(events, middle, TO), viewOf(events)];
        for (const figure of ['asked', 'ruled', 'approved', 'refused', 'returned'] as const) {
          expect(first.commission[figure] + second.commission[figure]).toBe(both.commission[figure]);
        }
      }),
    );
  });

  it('take in the first instant of the period and leave out the first after it', () => {
    const requests = [FROM, TO].map((time, index) =>
      event(`${index}`, 'commission-requested.v1', time, { requestId: `${index}`, timing: 'PRIOR' }),
    );
    expect(viewOf(requests).commission).toMatchObject({ openingStock: 0, asked: 1, closingStock: 1 });
  });

  it('count a case once however often it is confirmed, and an attendance as it was corrected last', () => {
    const at = (hour: number) => `2026-11-20T${hour}:00:00.000Z`;
    const sat = (id: string, hour: number, ...kinds: string[]) => {
      const members = kinds.map((attendance) => ({ attendance }));
      return event(id, 'attendance-recorded.v1', at(hour), { meetingId: 'm', recordedAt: at(hour), members });
    };
    const confirmed = (id: string, hour: number) => {
      const determination = { outcome: 'DETERMINED', nscReview: { bases: [] } };
      return event(id, 'determination-confirmed.v1', at(hour), { incidentId: 'i', scopeDigest: null, determination });
    };
    const events = [
      confirmed('c1', 10),
      confirmed('c2', 11),
      sat('a1', 12, 'SUBSTITUTE', 'SUBSTITUTE'),
      sat('a2', 13, 'SUBSTITUTE', 'RECUSED'),
    ];
    for (const some of [events, events.toReversed()]) {
      expect(viewOf(some)).toMatchObject({ incidents: { confirmed: 1 }, nsc: { substitutes: 1, recusals: 1 } });
    }
  });

  it('count an approval that was withdrawn as given and as withdrawn, once two people stand for it', () => {
    const at = (hour: number) => `2026-11-20T${hour}:00:00.000Z`;
    const events = [
      event('d1', 'decision-confirmed.v1', at(10), { reviewId: 'r', outcome: 'APPROVED' }),
      event('w1', 'withdrawal-recorded.v1', at(11), { reviewId: 'r' }),
      event('w2', 'decision-withdrawn.v1', at(12), { reviewId: 'r' }),
    ];
    expect(viewOf([...events, ...events]).nsc).toMatchObject({ decisions: 1, approved: 1, withdrawn: 1 });
    expect(viewOf(events.slice(0, 2)).nsc.withdrawn).toBe(0);
  });

  it('count a deadline as missed where it applied for certain, and none that is near', () => {
    const at = '2026-11-20T10:00:00.000Z';
    const told = ['deadline-missed.v1', 'deadline-approaching.v1'].flatMap((type) =>
      ['APPLIES', 'IF_CONFIRMED'].map((applies) => event(`${type} ${applies}`, type, at, { reportId: 'r', applies })),
    );
    expect(viewOf([...told, ...told]).intake).toEqual({ deadlinesMissed: 1 });
  });

  it('count a report once, when it came: what it is when it goes out, and its revisions apart', () => {
    const at = (hour: number) => `2026-11-20T${hour}:00:00.000Z`;
    const data = {
      reportId: 'r',
      organisation: { sector: 'HEALTHCARE' },
      report: { form: 'OTHER', basis: 'VOLUNTARY' },
    };
    const events = [
      event('e1', 'report-withheld.v1', at(10), { reportId: 'r' }),
      event('e2', 'report-withheld.v1', at(11), { reportId: 'r', revision: 2 }),
      event('e3', 'report-submitted.v1', at(12), { ...data, revision: 2, released: true }),
      event('e4', 'report-revised.v1', at(13), { ...data, revision: 3 }),
      event('e5', 'report-withdrawn.v1', at(14), { reportId: 'r' }),
    ];
    for (const some of [events, events.toReversed(), [...events, ...events]]) {
      expect(viewOf(some).reports).toEqual({
        received: 1,
        withheld: 1,
        released: 1,
        revised: 2,
        withdrawn: 1,
        byForm: { OTHER: 1 },
        bySector: { HEALTHCARE: 1 },
        byBasis: { VOLUNTARY: 1 },
      });
    }
  });

  it('tell how long a stage took, from the earliest beginning to the earliest end', () => {
    const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
    const events = [1, 2, 4].flatMap((minutes, index) => {
      const data = { requestId: `r${index}`, timing: 'PRIOR', outcome: 'APPROVED' };
      return [
        event(`b${index}`, 'ruling-confirmed.v1', at(minutes), data),
        event(`a${index}`, 'commission-requested.v1', at(0), data),
      ];
    });
    expect(viewOf(events).stages['commissionAskedToRuled']).toEqual({
      count: 3,
      medianSeconds: 120,
      p90Seconds: 240,
      longestSeconds: 240,
    });
    expect(viewOf(events.slice(0, 1)).stages['commissionAskedToRuled']).toMatchObject({
      count: 0,
      medianSeconds: null,
    });
  });
});
