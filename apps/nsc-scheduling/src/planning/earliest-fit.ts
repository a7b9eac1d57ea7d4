import { isOpen, type OfficeHours, openings, type Span } from './office-hours.js';

/** Why a member cannot come. */
export interface Busy extends Span {
  readonly role: string;
  readonly because: 'CALENDAR' | 'MEETING';
}

/** How a meeting is planned. The values are data, each with an owner. */
export interface PlanningRules {
  readonly leadMinutes: number;
  readonly durationMinutes: number;
  readonly horizonDays: number;
  /** null: at any hour. */
  readonly hours: OfficeHours | null;
}

export interface Wanted {
  /** All of them must be free. */
  readonly members: readonly string[];
  readonly busy: readonly Busy[];
  readonly now: number;
  readonly rules: PlanningRules;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The meeting begins and ends within it. */
export const windowOf = ({ leadMinutes, horizonDays }: PlanningRules, now: number): Span => ({
  from: now + leadMinutes * MINUTE,
  to: now + horizonDays * DAY,
});

const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** What keeps one of the members from coming at some time of the window, in the order of time. */
export function inTheWay({ members, busy, now, rules }: Wanted): Busy[] {
  const window = windowOf(rules, now);
  return busy
    .filter((time) => members.includes(time.role) && overlap(time, window))
    .toSorted((a, b) => a.from - b.from || a.to - b.to || a.role.localeCompare(b.role));
}

/** The same times without overlaps: what is left between them is free. */
function merged(busy: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const { from, to } of busy) {
    const last = spans.at(-1);
    if (last !== undefined && from <= last.to) spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else spans.push({ from, to });
  }
  return spans;
}

/**
 * The earliest time at which every member is free for the whole length, or undefined where there is none in the window.
 *
 * An earliest time cannot be moved forward: it is where the window begins, where somebody's busy time ends, or where the day's hours
 * begin. So no other time needs to be tried.
 */
export function earliestFit(wanted: Wanted): Span | undefined {
  const { rules, now } = wanted;
  const { hours, durationMinutes } = rules;
  const window = windowOf(rules, now);
  const taken = merged(inTheWay(wanted));
  const starts = [window.from, ...taken.map(({ to }) => to), ...(hours === null ? [] : openings(hours, window))];
  let next = 0;
  for (const from of starts.filter((start) => start >= window.from).toSorted((a, b) => a - b)) {
    const span = { from, to: from + durationMinutes * MINUTE };
    if (span.to > window.to) return undefined;
    // The starts only grow: what has ended before this one is in nobody's way any more.
    while (next < taken.length && taken[next]!.to <= from) next += 1;
    const free = next === taken.length || taken[next]!.from >= span.to;
    if (free && (hours === null || isOpen(hours, span))) return span;
  }
  return undefined;
}
