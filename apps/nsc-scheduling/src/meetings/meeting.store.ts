import type { Actor, AttendanceView } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { PlanningRules } from '../planning/earliest-fit.js';
import { json, type Provenance, recorded } from '../provenance.js';
import type { Meeting, RecordedAttendance } from './meeting.js';

const WHOLE = {
  closure: true,
  plans: {
    orderBy: { version: 'desc' },
    take: 1,
    include: {
      members: { orderBy: { position: 'asc' } },
      agenda: { orderBy: { position: 'asc' } },
      attendances: { orderBy: { version: 'desc' }, take: 1, include: { members: true } },
    },
  },
} as const satisfies Prisma.MeetingInclude;

type Row = Prisma.MeetingGetPayload<{ include: typeof WHOLE }>;

/** What a plan keeps besides what everyone sees of the meeting: by which rules and which edition of the roster it was made. */
export interface Planned {
  readonly meeting: Meeting;
  readonly rules: PlanningRules;
  readonly rosterVersion: number;
}

/** Rows of meetings. Whoever saves holds the lock of the meetings since before it loaded. */
export class MeetingStore {
  async load(tx: Tx, id: string): Promise<Meeting | undefined> {
    const row = await tx.meeting.findUnique({ where: { id }, include: WHOLE });
    return row === null ? undefined : toMeeting(row);
  }

  /** Saves a plan: of a new meeting, or the next one of a meeting that is there. Its members' time is booked. */
  async plan(tx: Tx, { meeting, rules, rosterVersion }: Planned, by: Provenance): Promise<void> {
    const { meetingId, version, urgent, composition, quorum, form } = meeting;
    const [startsAt, endsAt] = [new Date(meeting.startsAt), new Date(meeting.endsAt)];
    if (version === 1) await tx.meeting.create({ data: { id: meetingId, form, ...recorded(by) } });
    await tx.meetingPlan.create({
      data: {
        ...{ meetingId, version, urgent, startsAt, endsAt, composition, quorum, rosterVersion },
        rules: json(rules),
        ...recorded(by),
      },
    });
    await tx.meetingMember.createMany({
      data: meeting.members.map((member, position) => ({ ...member, meetingId, version, position })),
    });
    await tx.agendaItem.createMany({
      data: meeting.reviews.map((reviewId, position) => ({ reviewId, meetingId, version, position })),
    });
    await tx.booking.deleteMany({ where: { meetingId } });
    await tx.booking.createMany({
      data: meeting.members.map(({ role }) => ({ meetingId, role, startsAt, endsAt, ...recorded(by) })),
    });
  }

  async addAttendance(tx: Tx, { startsAt }: Meeting, attendance: RecordedAttendance, by: Provenance): Promise<void> {
    const { meetingId, version, meetingVersion, eventId, members } = attendance;
    await tx.attendance.create({
      data: { meetingId, version, meetingVersion, eventId, startsAt: new Date(startsAt), ...recorded(by) },
    });
    await tx.attendanceMember.createMany({
      data: members.map((member) => ({ ...member, meetingId, version, meetingVersion })),
    });
  }

  /** Closes a meeting and gives its members their time back. One that has not begun never takes place and books nothing. */
  async close(tx: Tx, meeting: Meeting, by: Provenance): Promise<void> {
    const { meetingId, startsAt, endsAt } = meeting;
    await tx.meetingClosure.create({ data: { meetingId, ...recorded(by) } });
    const until = Math.max(Date.parse(startsAt), Math.min(by.at.getTime(), Date.parse(endsAt)));
    await tx.booking.updateMany({ where: { meetingId }, data: { endsAt: new Date(until) } });
  }
}

function toMeeting({ id: meetingId, form, closure, plans: [plan] }: Row): Meeting {
  if (plan === undefined) throw new Error('a meeting has a plan since it was called');
  return {
    meetingId,
    version: plan.version,
    form: form as Meeting['form'],
    urgent: plan.urgent,
    startsAt: plan.startsAt.toISOString(),
    endsAt: plan.endsAt.toISOString(),
    closedAt: closure?.recordedAt.toISOString() ?? null,
    composition: plan.composition,
    quorum: plan.quorum,
    reviews: plan.agenda.map(({ reviewId }) => reviewId),
    members: plan.members.map(({ role, title, holder }) => ({
      role,
      title: title as { en: string; ja: string },
      holder,
    })),
    attendance: toAttendance(plan.attendances[0], plan.members),
    scheduledBy: plan.recordedBy as unknown as Actor,
    scheduledAt: plan.recordedAt.toISOString(),
  };
}

type Plan = Row['plans'][number];

function toAttendance(row: Plan['attendances'][number] | undefined, order: Plan['members']): RecordedAttendance | null {
  if (row === undefined) return null;
  const { meetingId, version, meetingVersion, eventId } = row;
  return {
    ...{ meetingId, version, meetingVersion, eventId },
    members: order.flatMap(({ role }) =>
      row.members
        .filter((line) => line.role === role)
        .map(({ attendance, reason }) => ({
          role,
          attendance: attendance as AttendanceView['members'][number]['attendance'],
          reason,
        })),
    ),
    recordedBy: row.recordedBy as unknown as Actor,
    recordedAt: row.recordedAt.toISOString(),
  };
}
