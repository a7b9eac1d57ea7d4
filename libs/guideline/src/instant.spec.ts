import { hoursAfter, instant, within } from './instant.js';

describe('an instant', () => {
  it.each([
    ['2026-10-01T00:00:00+09:00', Date.UTC(2026, 8, 30, 15)],
    ['2026-09-30T15:00:00Z', Date.UTC(2026, 8, 30, 15)],
    ['2026-09-30T15:00:00.250Z', Date.UTC(2026, 8, 30, 15, 0, 0, 250)],
    ['2026-10-01T00:00:00', NaN],
    ['2026-10-01', NaN],
    ['1 October 2026', NaN],
    ['', NaN],
    [null, NaN],
    [undefined, NaN],
  ])('%s is read as %s', (text, expected) => expect(instant(text)).toBe(expected));

  it('lies in a closed span, and in none that cannot be read', () => {
    const [from, until] = ['2026-10-01T00:00:00+09:00', '2026-10-02T00:00:00+09:00'];
    expect(within(from, until, from)).toBe(true);
    expect(within(from, until, until)).toBe(true);
    expect(within(from, until, '2026-09-30T14:59:59Z')).toBe(false);
    expect(within(from, until, '2026-10-01T15:00:01Z')).toBe(false);
    expect(within('', until, from)).toBe(false);
    expect(within(from, '', from)).toBe(false);
  });

  it('is followed by another some hours later', () => {
    expect(hoursAfter('2026-10-01T00:00:00+09:00', 24)).toBe('2026-10-01T15:00:00.000Z');
  });
});
