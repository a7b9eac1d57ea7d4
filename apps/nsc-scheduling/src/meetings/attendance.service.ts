import { Injectable } from '@nestjs/common';
import type { AttendanceBody, AttendanceView } from '@sekisho/contracts';
import { toActor } from '@sekisho/identity';
import { Outbox } from '@sekisho/messaging';
import { Answer, Clock, invalid, notFound, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { MEETINGS_LOCK, refuse } from '../refusal.js';
import { ReviewStore } from '../reviews/review.store.js';
import { attendanceFaults, attendanceRefusal } from './meeting.js';
import { MeetingStore } from './meeting.store.js';

/** Records who came. Until a decision is confirmed on it, what was recorded can be recorded anew; the earlier record stays. */
@Injectable()
export class AttendanceService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly meetings: MeetingStore,
    private readonly reviews: ReviewStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  record(
    request: WorkRequest,
    meetingId: string,
    body: AttendanceBody,
    status: 200 | 201,
  ): Promise<Answer<AttendanceView>> {
    return this.work.run(request, [MEETINGS_LOCK], async (tx, context) => {
      const meeting = await this.meetings.load(tx, meetingId);
      if (meeting === undefined) throw notFound();
      const faults = attendanceFaults(meeting, body);
      if (faults.length > 0) throw invalid(faults);
      const at = this.clock.now();
      const agenda = await this.reviews.find(tx, { id: { in: [...meeting.reviews] } });
      refuse(attendanceRefusal(meeting, agenda, at.getTime()));

      const by = toActor(request.principal);
      const recordedAt = at.toISOString();
      const members = body.members.map(({ reason = null, ...line }) => ({ ...line, reason }));
      const [eventId] = await this.outbox.append(tx, context, {
        topic: 'nsc.reviews.v1',
        type: 'attendance-recorded.v1',
        key: meetingId,
        subject: meetingId,
        data: { meetingId, members, recordedBy: by, recordedAt },
      });
      const version = (meeting.attendance?.version ?? 0) + 1;
      const view: AttendanceView = { meetingId, version, members, recordedBy: by, recordedAt };
      const attendance = { ...view, meetingVersion: meeting.version, eventId: eventId! };
      await this.meetings.addAttendance(tx, meeting, attendance, { ...context, by, at });
      return new Answer(status, view, { location: `/v1/meetings/${meetingId}` });
    });
  }
}
