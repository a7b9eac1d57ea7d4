import type { DecisionView, DeterminationBody, ScopeBody } from '@sekisho/contracts';
import { reviewState } from '@sekisho/contracts';
import type { z } from 'zod';

export type ReviewState = z.infer<typeof reviewState>;

/** A meeting that has a review on its agenda, as it is planned now. */
export interface AgendaEntry {
  readonly meetingId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly closed: boolean;
}

export interface Review {
  readonly reviewId: string;
  readonly incidentId: string;
  readonly scopeDigest: string;
  readonly required: 'YES' | 'PROVISIONAL';
  readonly determination: DeterminationBody;
  readonly scope: ScopeBody;
  readonly openedAt: string;
  readonly supersededAt: string | null;
  /** Oldest first. */
  readonly meetings: readonly AgendaEntry[];
  /** As entered, oldest first. Only the latest that is not confirmed can still be. */
  readonly decisions: readonly DecisionView[];
}

/** What was returned for information or deferred comes back to the council; every other outcome ends the review. */
const ends = ({ outcome }: DecisionView): boolean => outcome !== 'RETURNED' && outcome !== 'DEFERRED';

export const isConfirmed = ({ confirmedAt }: DecisionView): boolean => confirmedAt !== null;

/** The latest decision that two people stand for; null while there is none. */
export const confirmedDecision = ({ decisions }: Review): DecisionView | null =>
  decisions.findLast(isConfirmed) ?? null;

/** Whether nothing of this review is left to discuss at a meeting. */
export function isSettledAt(review: Review, meetingId: string): boolean {
  const { supersededAt, decisions } = review;
  return (
    supersededAt !== null || decisions.some((one) => isConfirmed(one) && (ends(one) || one.meetingId === meetingId))
  );
}

/** The latest meeting that is to discuss it and has not; null where there is none. */
export const pendingMeeting = (review: Review): AgendaEntry | null =>
  review.meetings.findLast(({ meetingId, closed }) => !closed && !isSettledAt(review, meetingId)) ?? null;

export function stateOf(review: Review): ReviewState {
  if (review.supersededAt !== null) return 'SUPERSEDED';
  if (review.decisions.some((decision) => isConfirmed(decision) && ends(decision))) return 'DECIDED';
  return pendingMeeting(review) === null ? 'OPEN' : 'SCHEDULED';
}
