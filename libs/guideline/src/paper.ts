import type { Evidence } from './evidence.js';
import { instant, within } from './instant.js';

export const FAULTS = [
  'MISSING',
  'STALE',
  'UNREADABLE',
  'NOT_YET_VALID',
  'EXPIRED',
  'UNCONFIRMED',
  'SAME_PERSON',
  'PENDING',
  'RETURNED',
  'DEFERRED',
  'REJECTED',
  'REFUSED',
  'UNJUSTIFIED',
  'WITHDRAWN',
  'SUPERSEDED',
  'NOT_DETERMINED_URGENT',
  'URGENCY_UNEXPLAINED',
] as const;
/** Why a safeguard does not carry an order. */
export type Fault = (typeof FAULTS)[number];

/** What is dated after `at` is not seen; what carries an order has begun at `at` and is still valid at `until`, not earlier. */
export interface Moment {
  at: string;
  until: string;
}

/** What keeps a paper that has a first and a last instant from carrying an order; null where nothing does. */
export function paperFault(paper: Evidence, from: string, until: string, on: Moment): Fault | null {
  if (!(instant(from) <= instant(on.at))) return 'NOT_YET_VALID';
  if (!within(from, until, on.until)) return 'EXPIRED';
  return personsFault(paper.recordedBy, paper.confirmedBy);
}

/** Two people, both named. */
function personsFault(recordedBy: string | null, confirmedBy: string | null): Fault | null {
  if (!recordedBy?.trim() || !confirmedBy?.trim()) return 'UNCONFIRMED';
  return recordedBy === confirmedBy ? 'SAME_PERSON' : null;
}
