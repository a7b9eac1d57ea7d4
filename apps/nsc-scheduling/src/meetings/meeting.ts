import type { AttendanceBody, AttendanceView, Fault, MeetingView } from '@sekisho/contracts';
import { isSettledAt, pendingMeeting, type Review, stateOf } from '../reviews/review.js';
import { illegal, type Refusal } from '../refusal.js';

/** Attendance as it was recorded last, with the event that tells of it. */
export interface RecordedAttendance extends AttendanceView {
  readonly meetingVersion: number;
  readonly eventId: string;
}

/** A meeting as it is planned now. */
export interface Meeting extends Omit<MeetingView, 'reviews' | 'attendance'> {
  readonly reviews: readonly string[];
  readonly attendance: RecordedAttendance | null;
}

const hasBegun = ({ startsAt }: Meeting, now: number): boolean => now >= Date.parse(startsAt);

/** Reviews that are named but do not exist, each with its pointer into the body. */
export function agendaFaults(wanted: readonly string[], found: readonly Review[]): Fault[] {
  return wanted.flatMap((id, index) =>
    found.some(({ reviewId }) => reviewId === id)
      ? []
      : [{ pointer: `/reviews/${index}`, code: 'unknown-review', detail: 'There is no such review.' }],
  );
}

/** Why these reviews cannot go on the agenda of a meeting (`own` is its id if it is planned anew); null where they can. */
export function agendaRefusal(reviews: readonly Review[], own: string | null, now: number): Refusal | null {
  for (const review of reviews) {
    const { reviewId, scopeDigest } = review;
    const state = stateOf(review);
    if (state === 'SUPERSEDED') {
      const detail = `Review ${reviewId} is superseded: its scope ${scopeDigest} is not confirmed any more.`;
      return { code: 'stale-scope', detail, extensions: { reviewId } };
    }
    if (state === 'DECIDED') return illegal(`Review ${reviewId} is decided.`, { reviewId });
    const pending = pendingMeeting(review);
    if (pending !== null && pending.meetingId !== own && now < Date.parse(pending.endsAt)) {
      const { meetingId, startsAt } = pending;
      const detail = `Review ${reviewId} is on the agenda of meeting ${meetingId}: plan that one anew, or wait until it has ended.`;
      return illegal(detail, { reviewId, meetingId, startsAt });
    }
  }
  return null;
}

/** Why a meeting cannot be planned anew; null where it can. */
export function replanRefusal(meeting: Meeting, now: number): Refusal | null {
  const { closedAt, startsAt } = meeting;
  if (closedAt !== null)
    return illegal('The meeting is closed: nothing was left to discuss. Call another.', { closedAt });
  if (hasBegun(meeting, now)) return illegal(`The meeting began at ${startsAt}: call another.`, { startsAt });
  return null;
}

/** Members who are missing from the list or were not called, each with its pointer into the body. */
export function attendanceFaults({ members }: Meeting, body: AttendanceBody): Fault[] {
  const unknown = body.members.flatMap(({ role }, index) =>
    members.some((member) => member.role === role)
      ? []
      : [
          {
            pointer: `/members/${index}/role`,
            code: 'unknown-member',
            detail: `${role} was not called to this meeting.`,
          },
        ],
  );
  const missing = members
    .filter(({ role }) => !body.members.some((line) => line.role === role))
    .map(({ role }) => ({ pointer: '/members', code: 'missing-member', detail: `${role} is missing.` }));
  return [...unknown, ...missing];
}

/** Why attendance cannot be recorded; null where it can. What was confirmed on it keeps it as it is. */
export function attendanceRefusal(meeting: Meeting, reviews: readonly Review[], now: number): Refusal | null {
  const { meetingId, startsAt } = meeting;
  if (!hasBegun(meeting, now)) return illegal(`The meeting has not begun: it begins at ${startsAt}.`, { startsAt });
  const decided = reviews.find(({ decisions }) =>
    decisions.some((decision) => decision.meetingId === meetingId && decision.confirmedAt !== null),
  );
  if (decided !== undefined) {
    const { reviewId } = decided;
    return illegal(`Its decision on review ${reviewId} is confirmed: the attendance stays as it is.`, { reviewId });
  }
  if (meeting.closedAt !== null) return illegal('The meeting is closed: nothing was left to discuss.');
  return null;
}

/** Whether nothing on the agenda is left to discuss. */
export const isDone = (meetingId: string, agenda: readonly Review[]): boolean =>
  agenda.every((review) => isSettledAt(review, meetingId));

export const viewOf = (meeting: Meeting, reviews: readonly Review[]): MeetingView => {
  const { attendance, ...rest } = meeting;
  const shown = attendance && {
    meetingId: attendance.meetingId,
    version: attendance.version,
    members: attendance.members,
    recordedBy: attendance.recordedBy,
    recordedAt: attendance.recordedAt,
  };
  return {
    ...rest,
    attendance: shown,
    reviews: rest.reviews.flatMap((id) => {
      const review = reviews.find(({ reviewId }) => reviewId === id);
      if (review === undefined) return [];
      const { reviewId, incidentId, scopeDigest } = review;
      return [{ reviewId, incidentId, scopeDigest, state: stateOf(review) }];
    }),
  };
};
