import { Injectable } from '@nestjs/common';
import type { MeetingBody, MeetingView } from '@sekisho/contracts';
import { type Principal, toActor } from '@sekisho/identity';
import { Outbox } from '@sekisho/messaging';
import { Answer, notFound, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { etagOf, MEETINGS_LOCK, refuseChanged } from '../refusal.js';
import { ReviewStore } from '../reviews/review.store.js';
import { calendarOf } from './meeting-calendar.js';
import { type Meeting, viewOf } from './meeting.js';
import { MeetingPlanner } from './meeting-planner.js';
import { MeetingStore } from './meeting.store.js';

/** Calls meetings, plans them anew, shows them. Events of a meeting are in order because all its writers hold one lock. */
@Injectable()
export class MeetingsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly meetings: MeetingStore,
    private readonly reviews: ReviewStore,
    private readonly planner: MeetingPlanner,
    private readonly outbox: Outbox,
  ) {}

  call(request: WorkRequest, body: MeetingBody): Promise<Answer<MeetingView>> {
    return this.plan(request, body, async () => null);
  }

  planAnew(
    request: WorkRequest,
    meetingId: string,
    body: MeetingBody,
    ifMatch: string | undefined,
  ): Promise<Answer<MeetingView>> {
    return this.plan(request, body, async (tx) => {
      const meeting = await this.meetings.load(tx, meetingId);
      if (meeting === undefined) throw notFound();
      refuseChanged(meeting.version, ifMatch);
      return meeting;
    });
  }

  show(principal: Principal, meetingId: string): Promise<Answer<MeetingView>> {
    return this.work.read(principal, async (tx) => {
      const meeting = await this.meetings.load(tx, meetingId);
      if (meeting === undefined) throw notFound();
      const agenda = await this.reviews.find(tx, { id: { in: [...meeting.reviews] } });
      return new Answer(200, viewOf(meeting, agenda), { etag: etagOf(meeting.version) });
    });
  }

  calendar(principal: Principal, meetingId: string): Promise<Answer<string>> {
    return this.work.read(principal, async (tx) => {
      const meeting = await this.meetings.load(tx, meetingId);
      if (meeting === undefined) throw notFound();
      const headers = { 'content-type': 'text/calendar; charset=utf-8', etag: etagOf(meeting.version) };
      return new Answer(200, calendarOf(meeting), headers);
    });
  }

  private plan(
    request: WorkRequest,
    body: MeetingBody,
    loadEarlier: (tx: Tx) => Promise<Meeting | null>,
  ): Promise<Answer<MeetingView>> {
    return this.work.run(request, [MEETINGS_LOCK], async (tx, context) => {
      const by = toActor(request.principal);
      const earlier = await loadEarlier(tx);
      const { agenda, ...planned } = await this.planner.plan(tx, body, earlier, by);
      const { meeting } = planned;
      const { meetingId, version, form, urgent, startsAt, endsAt, members, scheduledBy, scheduledAt } = meeting;
      await this.meetings.plan(tx, planned, { ...context, by, at: new Date(scheduledAt) });
      await this.outbox.append(tx, context, {
        topic: 'nsc.reviews.v1',
        type: 'meeting-scheduled.v1',
        key: meetingId,
        subject: meetingId,
        data: {
          ...{ meetingId, version, form, urgent, startsAt, endsAt, scheduledBy },
          reviews: agenda.map(({ reviewId, incidentId }) => ({ reviewId, incidentId })),
          members: members.map(({ role, holder }) => ({ role, holder })),
        },
      });
      const now = await this.reviews.find(tx, { id: { in: [...meeting.reviews] } });
      const headers = { location: `/v1/meetings/${meetingId}`, etag: etagOf(version) };
      return new Answer(earlier === null ? 201 : 200, viewOf(meeting, now), headers);
    });
  }
}
