import { Injectable } from '@nestjs/common';
import type { CalendarBody, CalendarView, HolderBody, MemberPage, MemberView } from '@sekisho/contracts';
import { type Principal, toActor } from '@sekisho/identity';
import { Answer, Clock, notFound, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { dateInJapan } from '../planning/office-hours.js';
import type { Provenance } from '../provenance.js';
import { etagOf, MEETINGS_LOCK, refuseChanged } from '../refusal.js';
import { holderOn, type Roster } from './roster.js';
import { RosterStore } from './roster.store.js';

/** Who sits in the council, and when they cannot come. */
@Injectable()
export class MembersService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: RosterStore,
    private readonly clock: Clock,
  ) {}

  list(principal: Principal): Promise<MemberPage> {
    return this.work.read(principal, async (tx) => {
      const { version, roster } = await this.store.load(tx);
      const { compositions, settings } = roster;
      return { items: await this.views(tx, roster), next: null, rosterVersion: version, compositions, settings };
    });
  }

  setCalendar(
    request: WorkRequest,
    role: string,
    { busy }: CalendarBody,
    ifMatch: string | undefined,
  ): Promise<Answer<CalendarView>> {
    return this.change(request, role, async (tx, by) => {
      const before = (await this.store.calendars(tx, [role])).get(role);
      refuseChanged(before?.version ?? 0, ifMatch);
      const version = await this.store.addCalendar(tx, role, busy, by);
      return new Answer(200, { role, version, busy }, { etag: etagOf(version) });
    });
  }

  setHolder(request: WorkRequest, role: string, body: HolderBody): Promise<Answer<MemberView>> {
    return this.change(request, role, async (tx, by, roster) => {
      await this.store.addHolder(tx, role, body, by);
      const [view] = await this.views(tx, {
        ...roster,
        members: roster.members.filter((member) => member.role === role),
      });
      return new Answer(200, view!);
    });
  }

  private change<Body>(
    request: WorkRequest,
    role: string,
    decide: (tx: Tx, by: Provenance, roster: Roster) => Promise<Answer<Body>>,
  ): Promise<Answer<Body>> {
    return this.work.run(request, [MEETINGS_LOCK], async (tx, context) => {
      const { roster } = await this.store.load(tx);
      if (!roster.members.some((member) => member.role === role)) throw notFound();
      return decide(tx, { ...context, by: toActor(request.principal), at: this.clock.now() }, roster);
    });
  }

  private async views(tx: Tx, roster: Roster): Promise<MemberView[]> {
    const today = dateInJapan(this.clock.now().getTime());
    const holders = await this.store.holders(tx, roster);
    const calendars = await this.store.calendars(
      tx,
      roster.members.map(({ role }) => role),
    );
    return roster.members.map(({ role, title }) => {
      const all = holders.get(role) ?? [];
      const calendar = calendars.get(role) ?? { version: 0, busy: [] };
      return { role, title, holder: holderOn(all, today), holders: all, calendar };
    });
  }
}
