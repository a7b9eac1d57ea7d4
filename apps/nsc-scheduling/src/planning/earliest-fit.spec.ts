import fc from 'fast-check';
import { type Busy, earliestFit, inTheWay, type PlanningRules, type Wanted } from './earliest-fit.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (text: string): number => Date.parse(`${text}+09:00`);
const shown = (span: { from: number } | undefined) => span && new Date(span.from + 9 * HOUR).toISOString().slice(0, 16);

const NOW = at('2026-11-20T10:00:00'); // a Friday
const urgent: PlanningRules = { leadMinutes: 0, durationMinutes: 30, horizonDays: 7, hours: null };
const office = { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };
const ordinary: PlanningRules = { leadMinutes: 1440, durationMinutes: 60, horizonDays: 30, hours: office };
const ministers = ['PRIME_MINISTER', 'FOREIGN_MINISTER', 'DEFENCE_MINISTER'];
const busy = (role: string, from: string, to: string): Busy => ({
  role,
  from: at(from),
  to: at(to),
  because: 'CALENDAR',
});

describe('earliestFit', () => {
  it('is now, in haste, where nobody is busy', () => {
    expect(earliestFit({ members: ministers, busy: [], now: NOW, rules: urgent })).toEqual({
      from: NOW,
      to: NOW + 30 * MINUTE,
    });
  });

  it('is the first office hour after the lead else, and never a weekend', () => {
    // Friday 10:00 and a day is Saturday: Monday 09:00.
    expect(shown(earliestFit({ members: ministers, busy: [], now: NOW, rules: ordinary }))).toBe('2026-11-23T09:00');
  });

  it('does not run over the end of the office hours', () => {
    const late = at('2026-11-16T17:30:00');
    expect(shown(earliestFit({ members: ministers, busy: [], now: late, rules: ordinary }))).toBe('2026-11-18T09:00');
  });

  it('follows the calendars: changing one, or removing or adding a member, changes the answer', () => {
    const times = [
      busy('PRIME_MINISTER', '2026-11-20T09:00:00', '2026-11-20T11:00:00'),
      busy('FOREIGN_MINISTER', '2026-11-20T11:15:00', '2026-11-20T14:00:00'),
      busy('OTHER_MINISTER', '2026-11-20T14:00:00', '2026-11-20T20:00:00'),
    ];
    const ask = (members: string[], busyTimes: Busy[]) =>
      shown(earliestFit({ members, busy: busyTimes, now: NOW, rules: urgent }));
    expect(ask(ministers, times)).toBe('2026-11-20T14:00');
    expect(ask(ministers, times.slice(0, 1))).toBe('2026-11-20T11:00');
    expect(ask(['PRIME_MINISTER', 'DEFENCE_MINISTER'], times)).toBe('2026-11-20T11:00');
    expect(ask([...ministers, 'OTHER_MINISTER'], times)).toBe('2026-11-20T20:00');
    expect(ask(['DEFENCE_MINISTER'], times)).toBe('2026-11-20T10:00');
  });

  it('is nothing where nothing fits, and tells who is in the way', () => {
    const away = busy('DEFENCE_MINISTER', '2026-11-19T00:00:00', '2026-12-31T00:00:00');
    const wanted = { members: ministers, busy: [away, { ...away, role: 'OTHER' }], now: NOW, rules: urgent };
    expect(earliestFit(wanted)).toBeUndefined();
    expect(inTheWay(wanted)).toEqual([away]);
  });

  it('takes busy times as half-open: a meeting may begin when another ends and end when another begins', () => {
    const times = [
      busy('PRIME_MINISTER', '2026-11-20T09:00:00', '2026-11-20T10:30:00'),
      busy('FOREIGN_MINISTER', '2026-11-20T11:00:00', '2026-11-20T15:00:00'),
    ];
    expect(shown(earliestFit({ members: ministers, busy: times, now: NOW, rules: urgent }))).toBe('2026-11-20T10:30');
  });
});

describe('for all calendars', () => {
  const roles = ['A', 'B', 'C', 'D'];
  const busyTime = fc
    .record({
      role: fc.constantFrom(...roles),
      start: fc.integer({ min: -600, max: 5000 }),
      length: fc.integer({ min: 1, max: 900 }),
    })
    .map(({ role, start, length }): Busy => ({
      role,
      from: NOW + start * MINUTE,
      to: NOW + (start + length) * MINUTE,
      because: 'CALENDAR',
    }));
  const wanted: fc.Arbitrary<Wanted> = fc.record({
    members: fc.subarray(roles, { minLength: 1 }),
    busy: fc.array(busyTime, { maxLength: 25 }),
    now: fc.constant(NOW),
    rules: fc.record({
      leadMinutes: fc.integer({ min: 0, max: 1440 }),
      durationMinutes: fc.integer({ min: 1, max: 180 }),
      horizonDays: fc.integer({ min: 1, max: 3 }),
      hours: fc.option(
        fc.record({
          days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 3 }),
          from: fc.constantFrom('00:00', '08:30', '09:00'),
          to: fc.constantFrom('12:00', '18:00', '24:00'),
        }),
      ),
    }),
  });

  /** The rule said again, minute by minute, with Japan's calendar from the platform instead of by arithmetic. */
  const japan = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Tokyo',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const WEEK = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  function fitsAt({ members, busy: times, now, rules }: Wanted, from: number): boolean {
    const to = from + rules.durationMinutes * MINUTE;
    if (from < now + rules.leadMinutes * MINUTE || to > now + rules.horizonDays * 24 * HOUR) return false;
    if (times.some((time) => members.includes(time.role) && time.from < to && from < time.to)) return false;
    if (rules.hours === null) return true;
    const parts = Object.fromEntries(japan.formatToParts(from).map(({ type, value }) => [type, value]));
    const minute = Number(parts['hour']) * 60 + Number(parts['minute']);
    const [opens, closes] = [rules.hours.from, rules.hours.to].map((time) => {
      const [hours, minutes] = time.split(':').map(Number);
      return hours! * 60 + minutes!;
    });
    return (
      rules.hours.days.includes(WEEK.indexOf(parts['weekday']!)) &&
      minute >= opens! &&
      minute + rules.durationMinutes <= closes!
    );
  }

  it('the answer is free for everybody and no earlier minute is', () => {
    fc.assert(
      fc.property(wanted, (given) => {
        const found = earliestFit(given);
        const end = given.now + given.rules.horizonDays * 24 * HOUR;
        // With everything on whole minutes the earliest fit is one too.
        let expected: number | undefined;
        for (let from = given.now + given.rules.leadMinutes * MINUTE; from < end; from += MINUTE) {
          const busyUntil = Math.max(
            0,
            ...given.busy
              .filter(({ role, from: start, to }) => given.members.includes(role) && start <= from && from < to)
              .map(({ to }) => to),
          );
          // Nothing can begin inside a busy time: go on where it ends.
          if (busyUntil > from) from = busyUntil;
          if (from < end && fitsAt(given, from)) {
            expected = from;
            break;
          }
        }
        expect(found?.from).toBe(expected);
        if (found) expect(found.to - found.from).toBe(given.rules.durationMinutes * MINUTE);
      }),
      { numRuns: 150 },
    );
  });

  it('another member never makes it earlier, and one member less never later', () => {
    fc.assert(
      fc.property(wanted, fc.constantFrom(...roles), (given, role) => {
        const less = earliestFit({ ...given, members: given.members.filter((member) => member !== role) });
        const more = earliestFit({ ...given, members: [...given.members, role] });
        expect(less?.from ?? Infinity).toBeLessThanOrEqual(more?.from ?? Infinity);
      }),
    );
  });
});
