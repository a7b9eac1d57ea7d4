const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const JAPAN_MS = 9 * HOUR_MS;

/** Years that RFC 3339 and the database have: what a report puts outside of them is a slip of the pen. */
const [EARLIEST, LATEST] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59+09:00')];

/** RFC 3339 in Japan's time, to the second. */
export const written = (at: number): string =>
  `${new Date(Math.min(LATEST, Math.max(EARLIEST, at)) + JAPAN_MS).toISOString().slice(0, 19)}+09:00`;

/** Midnight in Japan `days` after the one that begins the day of `from`. */
const midnight = (from: string, days: number): number =>
  (Math.floor((Date.parse(from) + JAPAN_MS) / DAY_MS) + days) * DAY_MS - JAPAN_MS;

/** Beginning of the JST calendar day that lies `days` after the day of `from`. */
export const startOfDayAfter = (from: string, days: number): string => written(midnight(from, days));

/** End of the JST calendar day that lies `days` after the day of `from`; the day of `from` itself is not counted. */
export const endOfDayAfter = (from: string, days: number): string => written(midnight(from, days + 1) - SECOND_MS);

/** `hours` after `from`, whose fraction of a second is dropped. */
export const hoursAfter = (from: string, hours: number): string => written(Date.parse(from) + hours * HOUR_MS);

/** The last millisecond that is in time: a deadline names a second, and all of it is. */
export const lastInstantOf = (dueAt: string): number =>
  Math.floor(Date.parse(dueAt) / SECOND_MS) * SECOND_MS + SECOND_MS - 1;
