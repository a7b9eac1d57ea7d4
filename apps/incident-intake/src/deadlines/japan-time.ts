import type { Language } from '@sekisho/contracts';

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

const timeZone = 'Asia/Tokyo';
const JAPANESE = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  era: 'long',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  timeZone,
});
const ENGLISH = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone,
});

/** Most deadlines end within a few weeks: their days are put into words once, and not for each of them. */
const DAYS_KEPT = 1_000;
const days = new Map<string, string>();

/** A deadline as people read it: a day that ends with it by its date alone, any other with its time of day. */
export function dueOn(dueAt: string, language: Language): string {
  const at = Date.parse(dueAt);
  const date = dayOf(at, language);
  const endsDay = (at + SECOND_MS + JAPAN_MS) % DAY_MS === 0;
  if (endsDay) return date;
  const timeOfDay = written(at).slice(11, 16);
  return language === 'ja' ? `${date} ${timeOfDay}` : `${date}, ${timeOfDay}`;
}

function dayOf(at: number, language: Language): string {
  const day = `${language} ${Math.floor((at + JAPAN_MS) / DAY_MS)}`;
  let words = days.get(day);
  if (words === undefined) {
    words = language === 'ja' ? JAPANESE.format(at) : english(at);
    if (days.size === DAYS_KEPT) days.clear();
    days.set(day, words);
  }
  return words;
}

/** Put together from its parts, since editions of the language data differ in their commas. */
function english(at: number): string {
  const parts = Object.fromEntries(ENGLISH.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts['weekday']} ${parts['day']} ${parts['month']} ${parts['year']}`;
}
