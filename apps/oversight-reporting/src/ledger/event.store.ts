import { Injectable } from '@nestjs/common';
import type { ReceivedEvent } from '@sekisho/messaging';
import { Clock } from '@sekisho/service';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';

/** A recorded event as figures and checks read it. Times are RFC 3339, UTC. */
export interface RecordedEvent {
  readonly id: string;
  readonly topic: string;
  readonly type: string;
  readonly key: string;
  readonly time: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- checked by its contract when it was taken in
  readonly data: any;
}

export interface TopicRange {
  readonly topic: string;
  readonly events: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly missing: number;
}

const AT_ONCE = 1000;

/** The events that oversight has taken in, whole and append-only: what everything else here is computed from. */
@Injectable()
export class EventStore {
  constructor(private readonly clock: Clock) {}

  async record(tx: Tx, event: ReceivedEvent, causationId: string | null): Promise<void> {
    const at = this.clock.now();
    // An agency's message says no time that can be relied on before its signature is verified: its arrival counts.
    const time = event.sequence === undefined ? at.toISOString() : event.time;
    // In plain SQL, with the event's text as it came: everything on every topic comes by here.
    await tx.$executeRaw`
      INSERT INTO recorded_event (event_id, topic, sequence, type, subject, key, source, time, data, recorded_at, recorded_by,
                                  correlation_id, causation_id)
      VALUES (${event.id}, ${event.topic}, ${event.sequence?.toString() ?? null}::text::bigint, ${event.type}, ${event.subject},
              ${event.key}, ${event.source}, ${time}::timestamptz, ${event.text}::jsonb, ${at.toISOString()}::timestamptz,
              '/oversight-reporting', ${event.correlationId}, ${causationId})`;
  }

  /** Events of some types before a time, in the order in which they came, a thousand at a time: memory stays constant. */
  async *before(tx: Tx, to: string, types?: readonly string[]): AsyncGenerator<RecordedEvent> {
    for (let position = 0n; ;) {
      const rows = await tx.recordedEvent.findMany({
        where: { position: { gt: position }, time: { lt: to }, ...(types ? { type: { in: [...types] } } : {}) },
        orderBy: { position: 'asc' },
        take: AT_ONCE,
      });
      for (const row of rows) yield toEvent(row);
      const last = rows.at(-1);
      if (!last || rows.length < AT_ONCE) return;
      position = last.position;
    }
  }

  /** Events of one key, in the order in which they came. */
  async ofKey(tx: Tx, key: string): Promise<RecordedEvent[]> {
    return (await tx.recordedEvent.findMany({ where: { key }, orderBy: { position: 'asc' } })).map(toEvent);
  }

  /** Events of one type, of which there are few, in the order in which they came. */
  async ofType(tx: Tx, type: string): Promise<RecordedEvent[]> {
    return (await tx.recordedEvent.findMany({ where: { type }, orderBy: { position: 'asc' } })).map(toEvent);
  }

  /** What there is of each topic, and how many numbers are missing among them. */
  async ranges(tx: Tx): Promise<TopicRange[]> {
    return tx.$queryRawUnsafe<TopicRange[]>(
      `SELECT topic, count(*)::int AS events, min(sequence)::text AS first, max(sequence)::text AS last,
              greatest(0, coalesce(max(sequence), 0) - count(DISTINCT sequence))::int AS missing
         FROM recorded_event GROUP BY topic ORDER BY topic`,
    );
  }
}

type Row = Prisma.RecordedEventGetPayload<object>;

const toEvent = (row: Row): RecordedEvent => ({
  id: row.eventId,
  topic: row.topic,
  type: row.type,
  key: row.key,
  time: row.time.toISOString(),
  data: row.data,
});
