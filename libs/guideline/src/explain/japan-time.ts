import { instant } from '../instant.js';
import type { Language } from './explanation.js';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const JAPAN_MS = 9 * 3_600_000;

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

/**
 * A deadline (RFC 3339) as people in Japan read it: a day that ends with it by its date alone, any other with its time of day. Japanese
 * years are counted by era. What is no instant is given back as it came.
 */
export function dueOn(dueAt: string, language: Language): string {
  const at = instant(dueAt);
  if (Number.isNaN(at)) return dueAt;
  const date = dayOf(at, language);
  const endsDay = (at + SECOND_MS + JAPAN_MS) % DAY_MS === 0;
  if (endsDay) return date;
  const timeOfDay = new Date(at + JAPAN_MS).toISOString().slice(-13, -8);
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
