import type { EventData, EventType, Topic, TopicName } from '@sekisho/contracts';
import { dataschema, TOPICS } from '@sekisho/contracts';
import type { Transaction } from '@sekisho/persistence';
import { uuidv7 } from 'uuidv7';
import type { EventContext } from './event.js';
import type { Clock } from './ports.js';
import { isStorable } from './storable.js';

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
const COLUMNS = 13;

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
      const at = (column: number, type: string): string => `$${row * COLUMNS + column}::${type}`;
      const types = [
        'uuid',
        'text',
        'text',
        'text',
        'text',
        'text',
        'timestamptz',
        ...Array<string>(COLUMNS - 7).fill('text'),
      ];
      return `(${types.map((type, index) => at(index + 1, type)).join(', ')})`;
    });
    // In one statement with the word to the relay: it is given when the transaction commits, and each statement costs a round trip.
    await tx.$executeRawUnsafe(
      `WITH appended AS (
         INSERT INTO outbox (id, topic, key, type, subject, source, time, dataschema, correlation_id, causation_id, depends_on,
                             traceparent, data) VALUES ${tuples.join(', ')}
       ) SELECT pg_notify('outbox', '')`,
      ...rows.flat(),
    );
    return rows.map(([id]) => id as string);
  }

  private row(context: EventContext, event: AnyNewEvent): (string | null)[] {
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
    if (!isStorable(checked.data))
      throw new EventRefused('not-storable', `${event.type} holds U+0000 or a lone surrogate`);
    const data = JSON.stringify(checked.data);
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
