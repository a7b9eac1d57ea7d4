import { Injectable } from '@nestjs/common';
import type { Actor, ReadingView } from '@sekisho/contracts';
import type { EventContext } from '@sekisho/messaging';
import { Ids } from '@sekisho/service';
import type { Tx } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';

/** Somebody's reading of a report, here or where the report went. */
export interface Reading {
  readonly reportId: string;
  /** Whose report it is; the transaction acts for it. */
  readonly organisation: string;
  readonly record: string;
  readonly viewedBy: Actor;
  readonly roles: readonly string[];
  readonly viewedAt: string;
}

interface Row extends Omit<ReadingView, 'readAt'> {
  readonly id: string;
  readonly readAt: Date;
}

/** Where a page of readings ends: time and id. Who read is nobody's to learn from a cursor. */
export const READING_POSITION = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z [0-9a-f-]{36}$/;
export const readingPosition = ({ readAt, id }: Row): string => `${readAt.toISOString()} ${id}`;

/** Readings of reports. Row-level security shows each organisation those of its own. */
@Injectable()
export class ReadingStore {
  constructor(private readonly ids: Ids) {}

  /** Answers whether it is new: what one person reads of a report within one hour of the clock is one reading. */
  async add(tx: Tx, reading: Reading, by: EventContext & { recordedBy: string }): Promise<boolean> {
    const { reportId, organisation, record, viewedBy, roles, viewedAt } = reading;
    const added = await tx.$executeRaw`
      INSERT INTO report_reading (id, report_id, organisation_id, person, reader, roles, record, read_at, recorded_by, correlation_id,
                                  causation_id)
      VALUES (${this.ids.next()}::uuid, ${reportId}::uuid, ${organisation}, ${viewedBy.person}, ${JSON.stringify(viewedBy)}::jsonb,
              ${[...roles]}::text[], ${record}, ${viewedAt}::timestamptz, ${by.recordedBy}, ${by.correlationId}, ${by.causationId ?? null})
      ON CONFLICT ON CONSTRAINT report_reading_once_an_hour DO NOTHING`;
    return added > 0;
  }

  /** The latest first, before the place where an earlier page ended. */
  async page(tx: Tx, reportId: string, before: string | undefined, take: number): Promise<Row[]> {
    const [at, id] = before?.split(' ') ?? [];
    const earlier = before ? Prisma.sql`AND (read_at, id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty;
    return tx.$queryRaw<Row[]>`
      SELECT id, read_at AS "readAt", reader ->> 'organisation' AS organisation, roles FROM report_reading
       WHERE report_id = ${reportId}::uuid ${earlier} ORDER BY read_at DESC, id DESC LIMIT ${take}`;
  }
}
