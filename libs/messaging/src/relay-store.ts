import { statementNames } from '@sekisho/persistence';
import type pg from 'pg';
import type { OutgoingMessage } from './kafka.js';

export const NUMBERED_AT_ONCE = 1_000;
const SENT_AT_ONCE = 200;
/** Of data in one request: the broker takes 1 MiB per partition, headers included; one event may have half of that. */
const BYTES_AT_ONCE = 600_000;

const nameOf = statementNames();

/** One of these few statements, parsed and planned once for a connection: each runs for every event when few come at once. */
const run = <Row extends pg.QueryResultRow>(
  client: pg.Client,
  sql: string,
  values: unknown[] = [],
): Promise<pg.QueryResult<Row>> => client.query<Row>({ name: nameOf({ sql }), text: sql, values });

export interface NumberedEvent {
  readonly sequence: string;
  readonly message: OutgoingMessage;
}

/**
 * Gives the next numbers of each topic to events without one, in the order of their positions, and answers how many. One statement,
 * committed with it. Rows are locked first and counted afterwards: whoever else numbered at the same time could make neither a gap
 * nor a number twice.
 */
export async function numberEvents(client: pg.Client): Promise<number> {
  const { rowCount } = await run(
    client,
    `WITH locked AS (
       SELECT position, topic FROM outbox WHERE sequence IS NULL ORDER BY position LIMIT $1 FOR UPDATE
     ), placed AS (
       SELECT position, topic, row_number() OVER (PARTITION BY topic ORDER BY position) AS place,
              count(*) OVER (PARTITION BY topic) AS events
         FROM locked
     ), counter AS (
       INSERT INTO outbox_counter AS counter (topic, last) SELECT DISTINCT topic, events FROM placed
       ON CONFLICT (topic) DO UPDATE SET last = counter.last + excluded.last
       RETURNING topic, last
     )
     UPDATE outbox SET sequence = counter.last - placed.events + placed.place
       FROM placed JOIN counter USING (topic) WHERE outbox.position = placed.position`,
    [NUMBERED_AT_ONCE],
  );
  return rowCount ?? 0;
}

/** Topics with numbers that are not acknowledged. */
export async function unsentTopics(client: pg.Client): Promise<string[]> {
  const { rows } = await run<{ topic: string }>(
    client,
    `SELECT topic FROM outbox_counter AS counter WHERE EXISTS (
       SELECT FROM outbox WHERE topic = counter.topic AND sequence IS NOT NULL AND sent_at IS NULL)`,
  );
  return rows.map(({ topic }) => topic);
}

/** How many events are not acknowledged, numbered or not. */
export async function backlog(client: pg.Client): Promise<number> {
  const { rows } = await run<{ events: number }>(
    client,
    `SELECT (SELECT count(*)::int FROM outbox WHERE sequence IS NULL)
          + (SELECT count(*)::int FROM outbox WHERE sequence IS NOT NULL AND sent_at IS NULL) AS events`,
  );
  return rows[0]?.events ?? 0;
}

interface Row {
  readonly id: string;
  readonly key: string;
  readonly type: string;
  readonly subject: string;
  readonly source: string;
  readonly time: Date;
  readonly dataschema: string;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly depends_on: string | null;
  readonly traceparent: string | null;
  readonly data: string;
  readonly sequence: string;
}

/** The lowest numbers of a topic that are not acknowledged, in order: as many as fit into one request. */
export async function unsentEvents(client: pg.Client, topic: string): Promise<NumberedEvent[]> {
  const { rows } = await run<Row>(
    client,
    `SELECT * FROM (
       SELECT id, key, type, subject, source, time, dataschema, correlation_id, causation_id, depends_on, traceparent, data, sequence,
              row_number() OVER lowest AS place, sum(octet_length(data)) OVER lowest AS bytes
         FROM (SELECT * FROM outbox WHERE topic = $1 AND sequence IS NOT NULL AND sent_at IS NULL ORDER BY sequence LIMIT $2) AS unsent
       WINDOW lowest AS (ORDER BY sequence)
     ) AS measured WHERE place = 1 OR bytes <= $3 ORDER BY sequence`,
    [topic, SENT_AT_ONCE, BYTES_AT_ONCE],
  );
  return rows.map((row) => ({ sequence: row.sequence, message: messageOf(row) }));
}

/** Records that the broker has acknowledged these numbers. */
export async function markSent(client: pg.Client, topic: string, events: readonly NumberedEvent[]): Promise<void> {
  await run(
    client,
    `UPDATE outbox SET sent_at = clock_timestamp() WHERE topic = $1 AND sequence = ANY($2::bigint[]) AND sent_at IS NULL`,
    [topic, events.map(({ sequence }) => sequence)],
  );
}

/** A row as a CloudEvent in Kafka's binary mode. */
function messageOf(row: Row): OutgoingMessage {
  const headers = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: row.id,
    ce_source: row.source,
    ce_type: row.type,
    ce_subject: row.subject,
    ce_time: row.time.toISOString(),
    ce_dataschema: row.dataschema,
    ce_sequence: row.sequence.padStart(20, '0'),
    ce_correlationid: row.correlation_id,
    ...(row.causation_id !== null && { ce_causationid: row.causation_id }),
    ...(row.depends_on !== null && { ce_dependson: row.depends_on }),
    ...(row.traceparent !== null && { traceparent: row.traceparent }),
  };
  return { key: row.key, value: row.data, headers };
}
