import fc from 'fast-check';
import { anyInstant } from '../../test/any-report.js';
import { endOfDayAfter, hoursAfter, lastInstantOf, startOfDayAfter } from './japan-time.js';

describe('the end of a day', () => {
  it.each([
    ['2026-11-20T00:00:00+09:00', 3, '2026-11-23T23:59:59+09:00'],
    ['2026-11-20T23:59:59+09:00', 3, '2026-11-23T23:59:59+09:00'],
    ['2026-11-20T23:59:59.999+09:00', 3, '2026-11-23T23:59:59+09:00'],
    // Midnight in Japan is 15:00 of the day before at Greenwich.
    ['2026-11-19T15:00:00Z', 3, '2026-11-23T23:59:59+09:00'],
    ['2026-11-19T14:59:59Z', 3, '2026-11-22T23:59:59+09:00'],
    ['2026-11-19T14:59:59.999Z', 3, '2026-11-22T23:59:59+09:00'],
    ['2026-11-19T20:00:00-10:00', 3, '2026-11-23T23:59:59+09:00'],
    // Ends of months, short and long.
    ['2026-01-31T09:00:00+09:00', 30, '2026-03-02T23:59:59+09:00'],
    ['2026-04-30T09:00:00+09:00', 1, '2026-05-01T23:59:59+09:00'],
    ['2026-08-31T09:00:00+09:00', 30, '2026-09-30T23:59:59+09:00'],
    // Leap days: 2028 and 2400 have one, 2027 and 2100 none.
    ['2028-02-28T12:00:00+09:00', 1, '2028-02-29T23:59:59+09:00'],
    ['2028-02-29T12:00:00+09:00', 1, '2028-03-01T23:59:59+09:00'],
    ['2027-02-28T12:00:00+09:00', 1, '2027-03-01T23:59:59+09:00'],
    ['2100-02-28T12:00:00+09:00', 1, '2100-03-01T23:59:59+09:00'],
    ['2400-02-28T12:00:00+09:00', 1, '2400-02-29T23:59:59+09:00'],
    // The end of a year.
    ['2026-12-15T12:00:00+09:00', 30, '2027-01-14T23:59:59+09:00'],
    ['2026-12-31T23:30:00+09:00', 0, '2026-12-31T23:59:59+09:00'],
    ['2026-12-31T15:00:00Z', 0, '2027-01-01T23:59:59+09:00'],
    ['2026-11-20T00:00:00+09:00', 60, '2027-01-19T23:59:59+09:00'],
  ])('from %s in %i days is %s', (from, days, end) => expect(endOfDayAfter(from, days)).toBe(end));

  it('is never brought forward by another day, nor by a later beginning', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 180 }), fc.integer({ min: 0, max: 90 }), (from, days, more) => {
        const end = Date.parse(endOfDayAfter(from, days));
        expect(Date.parse(endOfDayAfter(from, days + more)) - end).toBe(more * 86_400_000);
        const later = new Date(Date.parse(from) + more * 3_600_000).toISOString();
        expect(Date.parse(endOfDayAfter(later, days))).toBeGreaterThanOrEqual(end);
      }),
    );
  });

  it('is a second before the next day begins, and no instant lies between', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 180 }), (from, days) => {
        const next = Date.parse(startOfDayAfter(from, days + 1));
        expect(next - Date.parse(endOfDayAfter(from, days))).toBe(1_000);
        expect(next - lastInstantOf(endOfDayAfter(from, days))).toBe(1);
      }),
    );
  });
});

it.each([
  ['2026-11-20T21:15:30+09:00', 24, '2026-11-21T21:15:30+09:00'],
  ['2026-12-31T20:00:00.750+09:00', 24, '2027-01-01T20:00:00+09:00'],
  ['2028-02-28T16:00:00Z', 24, '2028-03-01T01:00:00+09:00'],
])('%s and %i hours are %s, to the second', (from, hours, end) => expect(hoursAfter(from, hours)).toBe(end));

it('a year before our era is the first of it: what comes of it can be written and stored', () => {
  expect(startOfDayAfter('0000-01-01T00:00:00+23:59', 1)).toBe('0001-01-01T09:00:00+09:00');
});
