import { setTimeout as pause } from 'node:timers/promises';
import { SERVICES, TOPIC_NAMES, type TopicName, TOPICS } from '@sekisho/contracts';
import { kafkaClient, type RunningStack, SHORT_NAMES } from '@sekisho/stack';
import pg from 'pg';
import { inDatabase } from './checker/read-databases.js';

/**
 * Waits until nothing is under way any more: all services ready, outboxes empty, topics read to their ends, nothing waiting; twice in
 * a row. Answers what still was when the time was over.
 */
export async function settle(stack: RunningStack, milliseconds: number, signal: AbortSignal): Promise<string[]> {
  const end = Date.now() + milliseconds;
  for (let quiet = 0; ;) {
    const open = await underWay(stack).catch((error: unknown) => [`it cannot be seen: ${String(error)}`]);
    quiet = open.length === 0 ? quiet + 1 : 0;
    if (quiet === 2) return [];
    if (Date.now() > end || signal.aborted) return open.length > 0 ? open : ['it never came to rest'];
    await pause(1_000);
  }
}

async function underWay(stack: RunningStack): Promise<string[]> {
  const [ready, stored, read] = await Promise.all([notReady(stack), inDatabases(stack), behind(stack)]);
  return [...ready, ...stored, ...read];
}

async function notReady({ endpoints }: RunningStack): Promise<string[]> {
  const asked = SERVICES.map(async (service) => {
    const url = endpoints[SHORT_NAMES[service] as 'intake'];
    const ready = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    return ready?.ok ? [] : [`${service} is not ready`];
  });
  return (await Promise.all(asked)).flat();
}

async function inDatabases({ endpoints }: RunningStack): Promise<string[]> {
  const found: string[] = [];
  for (const service of SERVICES) {
    const client = new pg.Client({ connectionString: inDatabase(endpoints.postgres, SHORT_NAMES[service]) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ unsent: number; open: number }>(
        `SELECT (SELECT count(*)::int FROM outbox WHERE sent_at IS NULL) AS unsent,
                (SELECT count(*)::int FROM parked WHERE state NOT IN ('DONE', 'DISCARDED')) AS open`,
      );
      const { unsent, open } = rows[0]!;
      if (unsent > 0) found.push(`${service}: ${unsent} events are not sent`);
      if (open > 0) found.push(`${service}: ${open} messages are kept aside`);
    } finally {
      await client.end();
    }
  }
  return found;
}

/** Groups whose committed offsets are not at the ends of what they read. */
async function behind({ kafkaAdmin }: RunningStack): Promise<string[]> {
  const admin = kafkaClient(kafkaAdmin!).admin();
  await admin.connect();
  try {
    const ends = new Map<string, bigint>();
    for (const topic of TOPIC_NAMES) {
      for (const { partition, high } of await admin.fetchTopicOffsets(topic))
        ends.set(`${topic}/${partition}`, BigInt(high));
    }
    const found: string[] = [];
    for (const service of SERVICES) {
      const topics = await admin.fetchOffsets({ groupId: service });
      const reads = new Set(topics.map(({ topic }) => topic));
      const late = topics.flatMap(({ topic, partitions }) =>
        partitions.filter(
          ({ partition, offset }) =>
            BigInt(offset) < (ends.get(`${topic}/${partition}`) ?? 0n) && isRead(topic as TopicName, service, reads),
        ),
      );
      if (late.length > 0) found.push(`${service} is behind on ${late.length} partitions`);
    }
    return found;
  } finally {
    await admin.disconnect();
  }
}

const isRead = (topic: TopicName, service: string, reads: ReadonlySet<string>): boolean =>
  reads.has(topic) && (TOPICS[topic].readers as readonly string[]).includes(service);
