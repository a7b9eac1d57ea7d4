const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Japan has had no summer time since 1951: the offset is a constant. */
const JAPAN = 9 * 60 * MINUTE;

/** From `from` on until just before `to`, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** On which days (1 is Monday) and between which times of day, in Japan, a meeting may be held. */
export interface OfficeHours {
  readonly days: readonly number[];
  /** `09:00`; `24:00` is the end of the day. */
  readonly from: string;
  readonly to: string;
}

/** The day's number in Japan, counted from 1 January 1970. */
const dayOf = (at: number): number => Math.floor((at + JAPAN) / DAY);
const startOf = (day: number): number => day * DAY - JAPAN;
/** 1 January 1970 was a Thursday. */
const weekdayOf = (day: number): number => ((day + 3) % 7) + 1;

/** `2026-11-20`: the day that an instant falls on in Japan. */
export const dateInJapan = (at: number): string => new Date(at + JAPAN).toISOString().slice(0, 10);

/** Minutes from midnight of a time of day. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function openOn(day: number, { days, from, to }: OfficeHours): Span | undefined {
  if (!days.includes(weekdayOf(day))) return undefined;
  return { from: startOf(day) + minutesOf(from) * MINUTE, to: startOf(day) + minutesOf(to) * MINUTE };
}

/** Whether all of a span lies within one day's hours. */
export function isOpen(hours: OfficeHours, { from, to }: Span): boolean {
  const open = openOn(dayOf(from), hours);
  return open !== undefined && open.from <= from && to <= open.to;
}

/** When the hours begin on each day that the window touches. */
export function openings(hours: OfficeHours, window: Span): number[] {
  const found: number[] = [];
  for (let day = dayOf(window.from); startOf(day) < window.to; day += 1) {
    const open = openOn(day, hours);
    if (open !== undefined) found.push(open.from);
  }
  return found;
}
