import type { EventData, EventType, Topic, TopicName } from '@sekisho/contracts';
import { dataschema, TOPICS } from '@sekisho/contracts';
import type { Transaction } from '@sekisho/persistence';
import { uuidv7 } from 'uuidv7';
import type { EventContext } from './event.js';
import type { Clock } from './ports.js';
import { isStorable, isStorableJson } from './storable.js';

/** What an event of one topic and type needs to say; the rest is added on the way. */
export interface NewEvent<T extends TopicName, E extends EventType<T>> {
  readonly topic: T;
  readonly type: E;
  /** Partition key. The caller holds its lock (`lockKeys`) since before it loaded. */
  readonly key: string;
  readonly subject: string;
  readonly data: EventData<T, E>;
  /** `<topic>/<event id>` of an event that consumers of that topic must have taken in before this one. */
  readonly dependsOn?: string;
  readonly id?: string;
}

/** Any event that the catalogue knows. */
export type AnyNewEvent = { [T in TopicName]: { [E in EventType<T>]: NewEvent<T, E> }[EventType<T>] }[TopicName];

export type EventRefusalCode =
  'foreign-topic' | 'unknown-type' | 'bad-attribute' | 'contract' | 'not-storable' | 'too-large';

/** An event that must not be sent. Except for `too-large` this is a bug of the caller. */
export class EventRefused extends Error {
  override readonly name = 'EventRefused';
  constructor(
    readonly code: EventRefusalCode,
    detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** Larger content travels as digest and reference. In bytes of the JSON text. */
export const EVENT_LIMIT = 512 * 1024;
const ATTRIBUTE_LENGTH = 512;

const COLUMNS = [
  ['id', 'uuid'],
  ['topic', 'text'],
  ['key', 'text'],
  ['type', 'text'],
  ['subject', 'text'],
  ['source', 'text'],
  ['time', 'timestamptz'],
  ['dataschema', 'text'],
  ['correlation_id', 'text'],
  ['causation_id', 'text'],
  ['depends_on', 'text'],
  ['traceparent', 'text'],
  ['data', 'text'],
] as const;
const NAMES = COLUMNS.map(([name]) => name).join(', ');

/** An event as a row of the outbox: what its writer says of it, in the order of the columns. */
export type OutboxRow = readonly (string | null)[];

/** Writes events in the transaction that changes the state they tell of. */
export class Outbox {
  /** @param source `/agency-tasking`: the service; it can write to its own topics only. */
  constructor(
    private readonly source: string,
    private readonly clock: Clock,
  ) {}

  /**
   * Appends `events` in this order and returns their ids. The transaction must hold the locks of the events' keys since before it
   * loaded what they tell of: then one key's events are numbered in the order of the commits.
   */
  async append(tx: Transaction, context: EventContext, ...events: AnyNewEvent[]): Promise<string[]> {
    if (events.length === 0) return [];
    const rows = events.map((event) => this.row(context, event));
    const tuples = rows.map((_, row) => {
      const places = COLUMNS.map(([, type], column) => `$${row * COLUMNS.length + column + 1}::${type}`);
      return `(${places.join(', ')})`;
    });
    // In one statement with the word to the relay: it is given when the transaction commits, and each statement costs a round trip.
    await tx.$executeRawUnsafe(
      `WITH appended AS (
         INSERT INTO outbox (${NAMES}) VALUES ${tuples.join(', ')}
       ) SELECT pg_notify('outbox', '')`,
      ...rows.flat(),
    );
    return rows.map(([id]) => id as string);
  }

  /**
   * The row of one event, for a statement that writes many things at once (`outboxInsert`). Its key must be new: no lock orders it among
   * other events.
   */
  row(context: EventContext, event: AnyNewEvent): OutboxRow {
    const contract: Topic | undefined = Object.hasOwn(TOPICS, event.topic) ? TOPICS[event.topic] : undefined;
    if (contract === undefined || `/${contract.writer}` !== this.source) {
      throw new EventRefused('foreign-topic', `${this.source} does not write ${event.topic}`);
    }
    const schema = Object.hasOwn(contract.events, event.type) ? contract.events[event.type] : undefined;
    if (schema === undefined) throw new EventRefused('unknown-type', `${event.type} is not an event of ${event.topic}`);
    for (const [name, value] of Object.entries({
      key: event.key,
      subject: event.subject,
      dependsOn: event.dependsOn ?? '-',
    })) {
      if (value === '' || value.length > ATTRIBUTE_LENGTH || !isStorable(value)) {
        throw new EventRefused(
          'bad-attribute',
          `${name} of ${event.type}: 1 to ${ATTRIBUTE_LENGTH} storable characters`,
        );
      }
    }
    // What the contract does not know is left out: it was never promised, and might be somebody's contact.
    const checked = schema.safeParse(event.data);
    if (!checked.success) {
      const faults = checked.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.message}`);
      throw new EventRefused('contract', `${event.type}: ${faults.join('; ')}`);
    }
    const data = JSON.stringify(checked.data);
    if (!isStorableJson(checked.data, data))
      throw new EventRefused('not-storable', `${event.type} holds U+0000 or a lone surrogate`);
    const bytes = Buffer.byteLength(data);
    if (bytes > EVENT_LIMIT)
      throw new EventRefused('too-large', `${event.type} has ${bytes} bytes, at most ${EVENT_LIMIT}`);
    return [
      event.id ?? uuidv7(),
      event.topic,
      event.key,
      event.type,
      event.subject,
      this.source,
      this.clock.now().toISOString(),
      dataschema(event.type),
      context.correlationId,
      context.causationId ?? null,
      event.dependsOn ?? null,
      context.traceparent ?? null,
      data,
    ];
  }
}

/**
 * The part of a statement that appends rows, which are given from parameter `first` on, and its parameters: for each column an array of
 * its values; for the data one text of all, since JSON never has this character and to escape it once more costs more than to write it.
 * The statement must say `pg_notify('outbox', '')` too.
 */
export const outboxInsert = (first: number): string => {
  const values = COLUMNS.map(([name, type], column) =>
    name === 'data' ? `string_to_array($${first + column}, chr(30))` : `$${first + column}::${type}[]`,
  );
  return `INSERT INTO outbox (${NAMES}) SELECT * FROM unnest(${values.join(', ')})`;
};

export const outboxColumns = (rows: readonly OutboxRow[]): (string | (string | null)[])[] =>
  COLUMNS.map(([name], column) => {
    const values = rows.map((row) => row[column]!);
    return name === 'data' ? joined(values as string[]) : values;
  });

/** Texts without control characters, such as JSON, as one, for `string_to_array(…, chr(30))`. */
export const joined = (texts: readonly string[]): string => texts.join('\u001e');
