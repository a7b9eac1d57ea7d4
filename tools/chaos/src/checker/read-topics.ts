import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { TOPIC_NAMES, type TopicName } from '@sekisho/contracts';
import type { Kafka, KafkaMessage } from 'kafkajs';
import type { Message } from './world.js';

const PATIENCE_MS = 60_000;

/** Reads every topic from its beginning to its present end, as a user who may. Rejects when that takes longer than a minute. */
export async function readTopics(kafka: Kafka): Promise<Map<TopicName, Message[]>> {
  const admin = kafka.admin();
  const group = `chaos-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId: group, maxWaitTimeInMs: 200, sessionTimeout: 30_000 });
  const read = new Map<TopicName, Message[]>(TOPIC_NAMES.map((name) => [name, []]));
  try {
    await Promise.all([admin.connect(), consumer.connect()]);
    const open = await ends(admin);
    await consumer.subscribe({ topics: [...TOPIC_NAMES], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const topic = batch.topic as TopicName;
        const place = `${topic}/${batch.partition}`;
        read.get(topic)!.push(...batch.messages.map((message) => messageOf(topic, batch.partition, message)));
        if (BigInt(batch.lastOffset()) + 1n >= (open.get(place) ?? 0n)) open.delete(place);
      },
    });
    for (const end = Date.now() + PATIENCE_MS; open.size > 0; await pause(100)) {
      if (Date.now() > end) throw new Error(`these partitions could not be read to their end: ${[...open.keys()]}`);
    }
    return read;
  } finally {
    await consumer.disconnect().catch(() => undefined);
    await admin.deleteGroups([group]).catch(() => undefined);
    await admin.disconnect().catch(() => undefined);
  }
}

/** The present end of each partition that has anything. */
async function ends(admin: ReturnType<Kafka['admin']>): Promise<Map<string, bigint>> {
  const found = new Map<string, bigint>();
  for (const topic of TOPIC_NAMES) {
    for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
      if (BigInt(high) > 0n) found.set(`${topic}/${partition}`, BigInt(high));
    }
  }
  return found;
}

const messageOf = (topic: TopicName, partition: number, { offset, key, value, headers }: KafkaMessage): Message => ({
  topic,
  partition,
  offset,
  key: key?.toString() ?? '',
  value: value?.toString() ?? '',
  headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, header]) => [name, String(header)])),
});
