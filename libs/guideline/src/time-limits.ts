import { instant } from './instant.js';
import type { Source } from './sources.js';
import { PROPOSAL } from './sources.js';

/** Time limits in hours, from the instant `validFrom` on. The sources give none: they are ours to correct. */
export interface TimeLimits {
  validFrom: string;
  notificationHours: number;
  rulingAnswerHours: number;
  source: Source;
}

/** Dated settings, oldest first. */
export const TIME_LIMITS: readonly TimeLimits[] = [
  { validFrom: '2026-10-01T00:00:00+09:00', notificationHours: 24, rulingAnswerHours: 72, source: PROPOSAL },
];

/** The limits in force at an instant (RFC 3339): before any are, the first. @throws RangeError for an empty list. */
export function limitsAt(limits: readonly TimeLimits[], time: string): TimeLimits {
  const inForce = limits.filter(({ validFrom }) => instant(validFrom) <= instant(time));
  const found = inForce.at(-1) ?? limits[0];
  if (!found) throw new RangeError('no time limits are given');
  return found;
}
