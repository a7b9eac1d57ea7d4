import { randomUUID } from 'node:crypto';
import { dataschema, type KafkaPrincipal, type TopicName } from '@sekisho/contracts';
import { kafkaClient } from '@sekisho/stack';
import type { Kafka } from 'kafkajs';
import { infrastructure } from './infrastructure.js';

/** A message as a foreign client sees it. */
export interface SeenMessage {
  readonly key: string | null;
  readonly partition: number;
  readonly offset: string;
  readonly headers: Record<string, string>;
  readonly value: unknown;
}

/** A client of the test broker as one of its users. */
export function brokerClient(user: string): Kafka {
  const { brokers, ca, users } = infrastructure().kafka;
  const password = users[user];
  if (password === undefined) throw new Error(`the test broker has no user ${user}`);
  return kafkaClient({ brokers, ca, username: user, password });
}

/** Lets a consumer group begin at the end of topics: all tests of a run share them, and what others wrote only takes time. */
export async function startAtTheEnd(group: string, topics: readonly TopicName[]): Promise<void> {
  if (topics.length === 0) return;
  const admin = brokerClient('admin').admin();
  // As a member of the group for a moment: kafkajs' own way to set offsets waits for a fetch per topic.
  const consumer = brokerClient('admin').consumer({ groupId: group, maxWaitTimeInMs: 50 });
  await Promise.all([admin.connect(), consumer.connect()]);
  try {
    const latest = await Promise.all(
      topics.map(async (topic) =>
        (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => ({ topic, partition, offset: high })),
      ),
    );
    await consumer.subscribe({ topics: [...topics], fromBeginning: false });
    const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
    await consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve() });
    await joined;
    await consumer.commitOffsets(latest.flat());
  } finally {
    await Promise.all([admin.disconnect(), consumer.disconnect()]);
  }
}

/**
 * An event as its topic's writer would send it, from outside of any service. All tests of a run share the topics: a test goes by
 * ids of its own, and a service under test reads with a group of its own.
 */
export async function sendEvent(
  writer: KafkaPrincipal,
  topic: TopicName,
  type: string,
  key: string,
  data: unknown,
  headers: Record<string, string> = {},
): Promise<string> {
  const id = headers['ce_id'] ?? randomUUID();
  await sendMessage(writer, topic, key, JSON.stringify(data), {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: `/${writer}`,
    ce_type: type,
    ce_subject: key,
    ce_time: new Date().toISOString(),
    ce_dataschema: dataschema(type),
    ce_correlationid: id,
    ...headers,
  });
  return id;
}

/** Any message at all, also one that is no event. */
export async function sendMessage(
  user: string,
  topic: string,
  key: string | null,
  value: string | null,
  headers: Record<string, string> = {},
): Promise<void> {
  const producer = brokerClient(user).producer();
  await producer.connect();
  try {
    await producer.send({ topic, acks: -1, messages: [{ key, value, headers }] });
  } finally {
    await producer.disconnect();
  }
}

/**
 * Reads a topic from its beginning, as a user with the right to, until `enough` says so of the messages that `wanted` lets through;
 * their order is the partition's. Throws after `patience` milliseconds with what was seen.
 */
export async function readTopic(
  user: string,
  topic: string,
  wanted: (message: SeenMessage) => boolean,
  enough: (messages: SeenMessage[]) => boolean,
  patience = 20_000,
): Promise<SeenMessage[]> {
  const consumer = brokerClient(user).consumer({ groupId: `${user}.${randomUUID()}`, maxWaitTimeInMs: 200 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const seen: SeenMessage[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(
          new Error(`${topic}: not enough in ${patience} ms: ${JSON.stringify(seen.map(({ headers }) => headers))}`),
        );
      }, patience);
      void consumer.run({
        eachMessage: async ({ partition, message }) => {
          const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)] as const);
          const next: SeenMessage = {
            key: message.key?.toString() ?? null,
            partition,
            offset: message.offset,
            headers: Object.fromEntries(headers),
            value: message.value === null ? null : tryJson(message.value.toString()),
          };
          if (wanted(next)) seen.push(next);
          if (!enough(seen)) return;
          clearTimeout(timer);
          resolve();
        },
      });
    });
    return seen;
  } finally {
    await consumer.disconnect();
  }
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
