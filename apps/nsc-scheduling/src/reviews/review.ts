import type { DecisionView, DeterminationBody, ScopeBody, WithdrawalView } from '@sekisho/contracts';
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
  /** Of those decisions, as entered, oldest first. Of each, only the latest that is not confirmed can still be. */
  readonly withdrawals: readonly WithdrawalView[];
}

/** What was returned for information or deferred comes back to the council; every other outcome ends the review until it is withdrawn. */
const ends = ({ outcome }: DecisionView): boolean => outcome !== 'RETURNED' && outcome !== 'DEFERRED';

export const isConfirmed = ({ confirmedAt }: Pick<DecisionView, 'confirmedAt'>): boolean => confirmedAt !== null;

/** The latest decision that two people stand for; null while there is none. */
export const confirmedDecision = ({ decisions }: Review): DecisionView | null =>
  decisions.findLast(isConfirmed) ?? null;

/** What two people took a decision back with; null while it stands. */
export const withdrawalOf = ({ withdrawals }: Review, { decisionId }: DecisionView): WithdrawalView | null =>
  withdrawals.find((one) => one.decisionId === decisionId && isConfirmed(one)) ?? null;

/** Which round the review is in: each withdrawal opens another, in which the council may decide anew. */
export const roundOf = ({ withdrawals }: Review): number => 1 + withdrawals.filter(isConfirmed).length;

/** The decision that ends the review; null while it is open, also after the one that ended it was withdrawn. */
export const endingDecision = (review: Review): DecisionView | null =>
  review.decisions.find((one) => isConfirmed(one) && ends(one) && withdrawalOf(review, one) === null) ?? null;

/** Whether nothing of this review is left to discuss at a meeting. */
export function isSettledAt(review: Review, meetingId: string): boolean {
  if (review.supersededAt !== null || endingDecision(review) !== null) return true;
  return review.decisions.some((one) => isConfirmed(one) && one.meetingId === meetingId);
}

/** The latest meeting that is to discuss it and has not; null where there is none. */
export const pendingMeeting = (review: Review): AgendaEntry | null =>
  review.meetings.findLast(({ meetingId, closed }) => !closed && !isSettledAt(review, meetingId)) ?? null;

export function stateOf(review: Review): ReviewState {
  if (review.supersededAt !== null) return 'SUPERSEDED';
  if (endingDecision(review) !== null) return 'DECIDED';
  return pendingMeeting(review) === null ? 'OPEN' : 'SCHEDULED';
}
