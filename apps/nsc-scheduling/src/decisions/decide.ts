import type { DecisionAgain, DecisionBody, DecisionView, Fault } from '@sekisho/contracts';
import type { Meeting } from '../meetings/meeting.js';
import { illegal, type Refusal } from '../refusal.js';
import { endingDecision, isConfirmed, type Review, withdrawalOf } from '../reviews/review.js';

const time = (at: string): number => Date.parse(at);

/** Nothing is entered on a review that another has taken the place of. */
export const superseded = ({ scopeDigest, supersededAt }: Review): Refusal => ({
  code: 'stale-scope',
  detail: `${scopeDigest} is not the incident's confirmed scope any more: its review is superseded since ${supersededAt}.`,
  extensions: { supersededAt },
});

/** Why nothing can be entered on this review under this digest; null where it can. */
export function scopeRefusal(review: Review, named: string): Refusal | null {
  if (review.supersededAt !== null) return superseded(review);
  const { scopeDigest } = review;
  if (named === scopeDigest) return null;
  const detail = `${named} is not the scope of this review; that is ${scopeDigest}.`;
  return { code: 'stale-scope', detail, extensions: { current: { scopeDigest } } };
}

/** What is wrong with a decision by itself. */
export const decisionFaults = ({ expiresAt }: DecisionBody, now: number): Fault[] =>
  time(expiresAt) > now
    ? []
    : [{ pointer: '/expiresAt', code: 'not-in-the-future', detail: 'A decision expires after it is recorded.' }];

/** Whether so many were there as its form asks, by the attendance that is on record now. */
export function quorumRefusal({ meetingId, attendance, quorum }: Meeting): Refusal | null {
  if (attendance === null) return illegal('Record the attendance of the meeting first.', { meetingId });
  const represented = attendance.members.filter((line) => ['PRESENT', 'SUBSTITUTE'].includes(line.attendance)).length;
  if (represented >= quorum) return null;
  const detail = `${represented} members were there or represented; the quorum is ${quorum}.`;
  return illegal(detail, { represented, quorum });
}

/** Why this decision cannot be recorded; null where it can. `meeting` is the one that it names, if there is one. */
export function decisionRefusal(
  review: Review,
  meeting: Meeting | undefined,
  body: DecisionBody,
  now: number,
): Refusal | null {
  const { reviewId, decisions } = review;
  const stale = scopeRefusal(review, body.scopeDigest);
  if (stale !== null) return stale;
  if (endingDecision(review) !== null) return illegal('This review is decided.');
  if (meeting === undefined || !meeting.reviews.includes(reviewId)) {
    return illegal(`The review is not on the agenda of meeting ${body.meetingId}.`);
  }
  const { meetingId, startsAt } = meeting;
  if (now < time(startsAt)) return illegal(`The meeting has not begun: it begins at ${startsAt}.`, { startsAt });
  const short = quorumRefusal(meeting);
  if (short !== null) return short;
  const earlier = decisions.find((decision) => isConfirmed(decision) && decision.meetingId === meetingId);
  if (earlier !== undefined) {
    const withdrawn = withdrawalOf(review, earlier) !== null;
    const what = withdrawn ? 'approved what was withdrawn since' : 'has returned or deferred the review already';
    return illegal(`This meeting ${what}: call another.`, { meetingId });
  }
  const latest = decisions.at(-1);
  if (latest !== undefined && !isConfirmed(latest) && isSame(latest, body)) {
    const detail = 'Exactly this is recorded already and waits for a second person.';
    return { code: 'conflict', detail, extensions: { decisionId: latest.decisionId } };
  }
  return null;
}

function isSame(recorded: DecisionView, body: DecisionBody): boolean {
  return (
    recorded.meetingId === body.meetingId &&
    recorded.outcome === body.outcome &&
    time(recorded.expiresAt) === time(body.expiresAt) &&
    recorded.dissent === (body.dissent ?? null) &&
    JSON.stringify(recorded.conditions) === JSON.stringify(body.conditions)
  );
}

/**
 * The decision that is confirmed, or why none can be. What was recorded is never said: the confirmer enters it unseen. That it is
 * another person is the database's to say.
 */
export function decisionToConfirm(
  review: Review,
  body: DecisionAgain,
  now: number,
): { readonly decision: DecisionView } | { readonly refusal: Refusal } {
  if (review.supersededAt !== null) return { refusal: superseded(review) };
  const decision = review.decisions.at(-1);
  if (decision === undefined) return { refusal: illegal('No decision is recorded that could be confirmed.') };
  const { decisionId, outcome, expiresAt } = decision;
  if (isConfirmed(decision)) return { refusal: illegal('The decision is confirmed already.', { decisionId }) };
  if (body.decisionId !== undefined && body.decisionId !== decisionId) {
    const detail = 'Another decision has been recorded meanwhile.';
    return { refusal: { code: 'conflict', detail, extensions: { decisionId } } };
  }
  if (body.outcome !== outcome || time(body.expiresAt) !== time(expiresAt)) {
    const detail =
      'Outcome or expiry are not what was recorded. Compare with the minutes; whoever erred enters it again.';
    return { refusal: { code: 'conflict', detail, extensions: { decisionId } } };
  }
  if (time(expiresAt) <= now) return { refusal: illegal(`The decision expired at ${expiresAt}.`, { expiresAt }) };
  return { decision };
}
