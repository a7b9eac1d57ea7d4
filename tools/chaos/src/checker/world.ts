import type { Service, TopicName } from '@sekisho/contracts';
import type { Counts } from '@sekisho/demo';

/** A row as PostgreSQL writes it as JSON: instants are RFC 3339. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rows of any table; what is read of them is said by its migrations
export type Row = Readonly<Record<string, any>>;

export interface Database {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  /** Constraints, unique indexes, triggers and policies, each as PostgreSQL defines it. */
  readonly rules: readonly string[];
  /** The same of a database that was just made by the same migrations. */
  readonly rulesAsMade: readonly string[];
}

/** A message as it lies in a topic. */
export interface Message {
  readonly topic: TopicName;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A write that a client was answered. */
export interface HeardWrite {
  readonly client: string;
  readonly method: string;
  readonly url: string;
  readonly service: Service;
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A return that the broker acknowledged to an agency. */
export interface SentReturn {
  readonly agency: 'npa' | 'sdf';
  readonly orderId: string;
  readonly kind: string;
}

/** A line of a batch, and all that was answered to it: a batch that was cut off is sent again whole. */
export interface SentLine {
  readonly batch: string;
  readonly externalId: string;
  readonly answers: readonly { readonly status: number; readonly reportId: string | null }[];
}

/** What an agency's own client got and could open. */
export interface Delivered {
  readonly agency: 'npa' | 'sdf';
  readonly id: string;
  readonly type: string;
  readonly incidentId: string;
  readonly orderId: string | null;
}

/** What was tried while something was away on purpose, and what came of it. */
export interface Observation {
  readonly what: string;
  readonly good: boolean;
  readonly detail: string;
}

/** The periodic report, as the commission sees it in the end. */
export interface Report {
  readonly counts: Counts;
  readonly basis: readonly { readonly topic: string; readonly events: number; readonly missing: number }[];
  readonly reauthorised: readonly {
    readonly orderId: string;
    readonly stands: boolean;
    readonly reasons: readonly string[];
  }[];
}

/** All that there is to know after a run: what clients and agencies were promised, and what databases and topics hold. */
export interface World {
  readonly answers: readonly HeardWrite[];
  readonly returns: readonly SentReturn[];
  readonly lines: readonly SentLine[];
  readonly delivered: readonly Delivered[];
  readonly observations: readonly Observation[];
  /** What still was under way when the wait for it ended. */
  readonly unsettled: readonly string[];
  readonly databases: Readonly<Record<Service, Database>>;
  readonly topics: ReadonlyMap<TopicName, readonly Message[]>;
  readonly report: Report | { readonly fault: string };
}

/** What one check found. It holds when there is no fault. */
export interface Finding {
  readonly name: string;
  /** What was counted. */
  readonly counted: string;
  readonly faults: readonly string[];
}

export type Check = (world: World) => Finding;

export const rows = (world: World, service: Service, table: string): readonly Row[] => {
  const found = world.databases[service].tables[table];
  if (found === undefined) throw new Error(`${service} has no table ${table}: the check is older than the schema`);
  return found;
};

/** An event of ours in a topic: the first of the messages that carry it. */
export interface Event {
  readonly id: string;
  readonly type: string;
  readonly sequence: bigint;
  readonly epoch: string;
  readonly data: Row;
  readonly message: Message;
}

export const eventOf = (message: Message): Event => ({
  id: message.headers['ce_id'] ?? '',
  type: message.headers['ce_type'] ?? '',
  sequence: BigInt(message.headers['ce_sequence'] ?? '0'),
  epoch: message.headers['ce_epoch'] ?? '',
  data: JSON.parse(message.value) as Row,
  message,
});

const known = new WeakMap<World, Map<TopicName, readonly Event[]>>();

/** Each event of one of our topics once, in the order of its number. */
export function events(world: World, topic: TopicName): readonly Event[] {
  const cache = known.get(world) ?? new Map<TopicName, readonly Event[]>();
  known.set(world, cache);
  const found = cache.get(topic) ?? firstOfEach((world.topics.get(topic) ?? []).map(eventOf));
  cache.set(topic, found);
  return found;
}

function firstOfEach(all: readonly Event[]): readonly Event[] {
  const byId = new Map<string, Event>();
  for (const event of all) if (!byId.has(event.id)) byId.set(event.id, event);
  return [...byId.values()].sort((a, b) => (a.sequence < b.sequence ? -1 : a.sequence > b.sequence ? 1 : 0));
}

/** Each key with its members. */
export function grouped<Value>(values: Iterable<Value>, key: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return groups;
}

/** Differences between what should be there and what is, each once; a name that is there twice is a difference too. */
export function differences(should: Iterable<string>, is: Iterable<string>, what: string): string[] {
  const wanted = new Map<string, number>();
  for (const one of should) wanted.set(one, (wanted.get(one) ?? 0) + 1);
  for (const one of is) wanted.set(one, (wanted.get(one) ?? 0) - 1);
  return [...wanted].flatMap(([one, count]) => {
    if (count === 0) return [];
    return [count > 0 ? `${what}: ${one} is missing` : `${what}: ${one} is there ${-count} time(s) too often`];
  });
}
