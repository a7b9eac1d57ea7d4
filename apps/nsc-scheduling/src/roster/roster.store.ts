import type { BusyTime, HolderBody, HolderView } from '@sekisho/contracts';
import { digestOf } from '@sekisho/signing';
import type { Tx } from '../database.js';
import type { Busy } from '../planning/earliest-fit.js';
import { json, type Provenance, recorded } from '../provenance.js';
import type { Roster } from './roster.js';

export interface RosterEdition {
  readonly version: number;
  readonly roster: Roster;
}

export interface CalendarEdition {
  /** 0 where none was ever entered. */
  readonly version: number;
  readonly busy: BusyTime[];
}

/** Rows of the roster, its holders and calendars. Whoever saves holds the lock of the meetings. */
export class RosterStore {
  /** The edition that counts. The service does not start without one. */
  async load(tx: Tx): Promise<RosterEdition> {
    const { version, content } = await tx.roster.findFirstOrThrow({ orderBy: { version: 'desc' } });
    return { version, roster: content as Roster };
  }

  /** Adds an edition if it differs from the latest; answers whether it did. */
  async add(tx: Tx, roster: Roster, by: Provenance): Promise<boolean> {
    const digest = digestOf(roster);
    const latest = await tx.roster.findFirst({ orderBy: { version: 'desc' } });
    if (latest?.digest === digest) return false;
    const version = (latest?.version ?? 0) + 1;
    await tx.roster.create({ data: { version, digest, content: json(roster), ...recorded(by) } });
    return true;
  }

  /** Every holder of each office: the roster's, then those entered since. */
  async holders(tx: Tx, { members }: Roster): Promise<Map<string, HolderView[]>> {
    const entered = await tx.holder.findMany({ orderBy: { version: 'asc' } });
    return new Map(
      members.map(({ role, holders }) => {
        const since = entered
          .filter((row) => row.role === role)
          .map(({ name, validFrom }) => ({
            name,
            from: validFrom.toISOString().slice(0, 10),
            invented: false,
          }));
        return [role, [...holders, ...since]];
      }),
    );
  }

  async addHolder(tx: Tx, role: string, { name, from }: HolderBody, by: Provenance): Promise<void> {
    const { _max: latest } = await tx.holder.aggregate({ where: { role }, _max: { version: true } });
    const version = (latest.version ?? 0) + 1;
    await tx.holder.create({ data: { role, version, name, validFrom: new Date(from), ...recorded(by) } });
  }

  async calendars(tx: Tx, roles: readonly string[]): Promise<Map<string, CalendarEdition>> {
    const latest = await tx.calendar.findMany({
      where: { role: { in: [...roles] } },
      orderBy: { version: 'desc' },
      distinct: ['role'],
      include: { busy: { orderBy: { position: 'asc' } } },
    });
    return new Map(
      latest.map(({ role, version, busy }) => [
        role,
        {
          version,
          busy: busy.map(({ startsAt, endsAt }) => ({ from: startsAt.toISOString(), to: endsAt.toISOString() })),
        },
      ]),
    );
  }

  /** Replaces a member's calendar with a new edition and returns its version. */
  async addCalendar(tx: Tx, role: string, busy: readonly BusyTime[], by: Provenance): Promise<number> {
    const { _max: latest } = await tx.calendar.aggregate({ where: { role }, _max: { version: true } });
    const version = (latest.version ?? 0) + 1;
    await tx.calendar.create({ data: { role, version, ...recorded(by) } });
    await tx.busyTime.createMany({
      data: busy.map(({ from, to }, position) => ({
        role,
        version,
        position,
        startsAt: new Date(from),
        endsAt: new Date(to),
      })),
    });
    return version;
  }

  /** When members cannot come: by their calendars, and because they sit in another meeting than `except`. */
  async busy(tx: Tx, roles: readonly string[], except: string | null): Promise<Busy[]> {
    const calendars = await this.calendars(tx, roles);
    const booked = await tx.booking.findMany({
      where: { role: { in: [...roles] }, ...(except === null ? {} : { meetingId: { not: except } }) },
    });
    return [
      ...[...calendars].flatMap(([role, { busy }]) =>
        busy.map(({ from, to }) => ({
          role,
          from: Date.parse(from),
          to: Date.parse(to),
          because: 'CALENDAR' as const,
        })),
      ),
      ...booked
        .map(({ role, startsAt, endsAt }) => ({
          role,
          from: startsAt.getTime(),
          to: endsAt.getTime(),
          because: 'MEETING' as const,
        }))
        // A meeting that never took place books nothing.
        .filter(({ from, to }) => from < to),
    ];
  }
}
