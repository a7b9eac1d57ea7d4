import { lockKeys, type Transaction } from '@sekisho/persistence';
import { dependencyOf } from './decode.js';
import type { ReceivedEvent } from './event.js';
import type { Prepared } from './inbox.js';
import { OPEN } from './parked-store.js';

/** What the database knows of messages of one partition. */
export interface Known {
  /** Ids of events that were handled. */
  readonly handled: ReadonlySet<string>;
  /** The same with those that are kept aside, or were. */
  readonly ids: Set<string>;
  /** Offsets of messages that are kept aside, or were: the only identity of one that cannot be read. */
  readonly offsets: ReadonlySet<string>;
  /** Keys that an open row holds up. */
  readonly held: Set<string>;
  /** Dependencies, of those asked for, that were handled. */
  readonly present: Set<string>;
}

/** Serialises all taking in of one partition until the end of the transaction. Comes before the locks of keys, everywhere. */
export const lockPartition = (tx: Transaction, topic: string, partition: number): Promise<void> =>
  lockKeys(tx, [`consume ${topic} ${partition}`]);

export async function knownOf(
  tx: Transaction,
  topic: string,
  partition: number,
  batch: readonly Prepared[],
  dependencies: readonly string[],
): Promise<Known> {
  const wanted = dependencies.map(dependencyOf);
  const rows = await tx.$queryRawUnsafe<{ kind: string; value: string }[]>(
    `SELECT 'handled' AS kind, event_id AS value FROM inbox WHERE topic = $1::text AND event_id = ANY($2::text[])
     UNION ALL
     SELECT 'aside', event_id FROM parked WHERE topic = $1::text AND event_id = ANY($2::text[])
     UNION ALL
     SELECT 'offset', parked."offset"::text FROM parked
      WHERE topic = $1::text AND partition = $3::int AND parked."offset" = ANY($4::text[]::bigint[])
     UNION ALL
     SELECT DISTINCT 'held', key FROM parked WHERE topic = $1::text AND key = ANY($5::text[]) AND state IN ${OPEN}
     UNION ALL
     SELECT 'present', inbox.topic || '/' || inbox.event_id FROM inbox
       JOIN unnest($6::text[], $7::text[]) AS wanted (topic, event_id) USING (topic, event_id)`,
    topic,
    batch.flatMap(({ decoded }) => decoded.eventId ?? []),
    partition,
    batch.map(({ message }) => message.offset),
    [...new Set(batch.map(({ message }) => message.key))],
    wanted.map((dependency) => dependency.topic),
    wanted.map((dependency) => dependency.eventId),
  );
  const of = (...kinds: string[]): Set<string> =>
    new Set(rows.flatMap(({ kind, value }) => (kinds.includes(kind) ? [value] : [])));
  return {
    handled: of('handled'),
    ids: of('handled', 'aside'),
    offsets: of('offset'),
    held: of('held'),
    present: of('present'),
  };
}

/** A violation of its key means that another partition brought the same event at the same time: it is tried again, and known then. */
export async function recordEvents(tx: Transaction, events: readonly ReceivedEvent[], at: Date): Promise<void> {
  if (events.length === 0) return;
  await tx.$executeRawUnsafe(
    `INSERT INTO inbox (topic, event_id, type, key, partition, "offset", sequence, received_at)
     SELECT event.*, $8::timestamptz
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]::int[], $6::text[]::bigint[],
                   array_replace($7::text[], '', NULL)::bigint[]) AS event`,
    events.map(({ topic }) => topic),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ key }) => key),
    events.map(({ partition }) => String(partition)),
    events.map(({ offset }) => offset),
    events.map(({ sequence }) => sequence?.toString() ?? ''),
    at.toISOString(),
  );
}

/** Whether anything waits for one of these events. */
export async function awaited(tx: Transaction, events: readonly ReceivedEvent[]): Promise<boolean> {
  if (events.length === 0) return false;
  const rows = await tx.$queryRawUnsafe<unknown[]>(
    `SELECT 1 AS found FROM parked WHERE state = 'WAITING' AND depends_on = ANY($1::text[]) LIMIT 1`,
    events.map(({ topic, id }) => `${topic}/${id}`),
  );
  return rows.length > 0;
}
