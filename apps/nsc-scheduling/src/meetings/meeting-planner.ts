import { Injectable } from '@nestjs/common';
import type { Actor, MeetingBody } from '@sekisho/contracts';
import { Clock, Ids, invalid } from '@sekisho/service';
import type { Tx } from '../database.js';
import { problemOf, refuse } from '../refusal.js';
import type { Review } from '../reviews/review.js';
import { ReviewStore } from '../reviews/review.store.js';
import { RosterStore } from '../roster/roster.store.js';
import { agendaFaults, agendaRefusal, type Meeting, replanRefusal } from './meeting.js';
import type { Planned } from './meeting.store.js';
import { calledOn, planMeeting } from './plan-meeting.js';

/** Loads what a plan depends on (agenda, roster, calendars, other meetings) and makes the plan. */
@Injectable()
export class MeetingPlanner {
  constructor(
    private readonly roster: RosterStore,
    private readonly reviews: ReviewStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The plan of a new meeting, or the next one of `earlier`. Throws the problem where there can be none. */
  async plan(
    tx: Tx,
    { reviews: wanted, urgent }: MeetingBody,
    earlier: Meeting | null,
    scheduledBy: Actor,
  ): Promise<Planned & { agenda: Review[] }> {
    const now = this.clock.now().getTime();
    if (earlier !== null) refuse(replanRefusal(earlier, now));
    const agenda = await this.reviews.find(tx, { id: { in: wanted } });
    const faults = agendaFaults(wanted, agenda);
    if (faults.length > 0) throw invalid(faults);
    const own = earlier?.meetingId ?? null;
    refuse(agendaRefusal(agenda, own, now));

    const { version: rosterVersion, roster } = await this.roster.load(tx);
    const holders = await this.roster.holders(tx, roster);
    const busy = await this.roster.busy(tx, calledOn(roster, now), own);
    const proposed = planMeeting({ roster, holders, busy }, urgent, now);
    if ('refusal' in proposed) throw problemOf(proposed.refusal);
    const { rules, ...proposal } = proposed.proposal;
    const meeting: Meeting = {
      meetingId: own ?? this.ids.next(),
      version: (earlier?.version ?? 0) + 1,
      form: 'MEETING',
      urgent,
      ...proposal,
      closedAt: null,
      reviews: wanted,
      attendance: null,
      scheduledBy,
      scheduledAt: new Date(now).toISOString(),
    };
    return { meeting, rules, rosterVersion, agenda };
  }
}
