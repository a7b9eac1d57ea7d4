import type { Transaction } from '@sekisho/persistence';
import { uuidv7 } from 'uuidv7';
import type { Identity } from './decode.js';
import type { Inbound } from './inbound.js';

export type ParkedState = 'WAITING' | 'PARKED' | 'HELD' | 'RELEASED' | 'DONE' | 'DISCARDED';

/** States in which a row holds up what comes behind it on the same topic and key. */
export const OPEN = `('WAITING', 'PARKED', 'HELD', 'RELEASED')`;

/** The first open row of a topic and key: the only one that may go on. */
export interface Head {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
}

export interface HeadRow extends Identity {
  readonly id: string;
  readonly state: ParkedState;
  readonly version: number;
  readonly waitWaived: boolean;
  readonly message: Inbound;
}

/** Keeps a message aside and answers its id. */
export async function keepAside(
  tx: Transaction,
  group: string,
  message: Inbound,
  identity: Identity,
  state: 'WAITING' | 'PARKED' | 'HELD',
  error: string | null,
  at: Date,
): Promise<string> {
  const id = uuidv7();
  await tx.$executeRawUnsafe(
    `INSERT INTO parked (id, consumer_group, topic, partition, "offset", key, event_id, type, headers, payload, state, error, depends_on,
                         parked_at, changed_at, changed_by)
     VALUES ($1::uuid, $2::text, $3::text, $4::int, $5::bigint, $6::text, $7::text, $8::text, $9::jsonb, decode($10::text, 'base64'),
             $11::text, $12::text, $13::text, $14::timestamptz, $14::timestamptz, $2::text)`,
    id,
    group,
    message.topic,
    message.partition,
    message.offset,
    message.key,
    identity.eventId,
    identity.type,
    JSON.stringify(message.headers),
    message.value === null ? null : message.value.toString('base64'),
    state,
    error,
    identity.dependsOn,
    at.toISOString(),
  );
  return id;
}

/** Heads that may go on now: released, held by nothing any more, or with what they waited for in the inbox. */
export function readyHeads(tx: Transaction, topics: readonly string[], limit: number): Promise<Head[]> {
  return tx.$queryRawUnsafe<Head[]>(
    `SELECT id::text AS id, topic, partition, key FROM (
       SELECT DISTINCT ON (topic, key) id, topic, partition, key, state, depends_on FROM parked
        WHERE state IN ${OPEN} AND topic = ANY($1::text[]) ORDER BY topic, key, partition, "offset"
     ) AS head
      WHERE state IN ('RELEASED', 'HELD')
         OR state = 'WAITING' AND EXISTS (
              SELECT FROM inbox WHERE inbox.topic = split_part(head.depends_on, '/', 1)
                                  AND inbox.event_id = substr(head.depends_on, strpos(head.depends_on, '/') + 1))
      ORDER BY head.id LIMIT $2::int`,
    [...topics],
    limit,
  );
}

interface StoredHead {
  readonly id: string;
  readonly state: ParkedState;
  readonly version: number;
  readonly partition: number;
  readonly offset: string;
  readonly event_id: string | null;
  readonly type: string | null;
  readonly depends_on: string | null;
  readonly wait_waived: boolean;
  readonly headers: string;
  readonly payload: string | null;
}

/** The head of a topic and key as it is now. To be asked behind the lock of its partition. */
export async function headOf(tx: Transaction, topic: string, key: string): Promise<HeadRow | undefined> {
  const [row] = await tx.$queryRawUnsafe<StoredHead[]>(
    `SELECT id::text AS id, state, version, partition, parked."offset"::text AS "offset", event_id, type, depends_on, wait_waived,
            headers::text AS headers, encode(payload, 'base64') AS payload
       FROM parked WHERE topic = $1::text AND key = $2::text AND state IN ${OPEN} ORDER BY partition, parked."offset" LIMIT 1`,
    topic,
    key,
  );
  if (row === undefined) return undefined;
  const { id, state, version, partition, offset } = row;
  const headers = JSON.parse(row.headers) as Record<string, string>;
  const value = row.payload === null ? null : Buffer.from(row.payload, 'base64');
  return {
    id,
    state,
    version,
    eventId: row.event_id,
    type: row.type,
    dependsOn: row.depends_on,
    waitWaived: row.wait_waived,
    message: { topic, partition, offset, key, headers, value },
  };
}

export async function changeState(
  tx: Transaction,
  id: string,
  change: { readonly state: ParkedState; readonly error?: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await tx.$executeRawUnsafe(
    `UPDATE parked SET state = $2::text, error = coalesce($3::text, error), changed_by = $4::text, changed_at = $5::timestamptz, reason = NULL
      WHERE id = $1::uuid`,
    id,
    change.state,
    change.error ?? null,
    change.by,
    change.at.toISOString(),
  );
}
