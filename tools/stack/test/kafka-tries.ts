import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { readInfrastructure } from '../src/infrastructure.js';
import { kafkaClient } from '../src/kafka-client.js';

/** A client of the test broker with a user's real credentials. */
export const client = (username: string): Kafka => {
  const { brokers, ca, users } = readInfrastructure().kafka;
  return kafkaClient({ brokers, ca, username, password: users[username]! });
};

/** How a try ended: `granted`, `refused` by the broker's authorisation, or what else went wrong. */
export type Outcome = 'granted' | 'refused' | `other: ${string}`;

/** All that an error of kafkajs says, with the errors that it gathers. */
function words(error: unknown): string {
  const { message, type, cause, errors, partitions } = error as {
    message: string;
    type?: string;
    cause?: unknown;
    errors?: unknown[];
    partitions?: { error: unknown }[];
  };
  const inner = [
    ...(cause ? [cause] : []),
    ...(errors ?? []),
    ...(partitions ?? []).map((partition) => partition.error),
  ];
  return [message, type, ...inner.map(words)].filter(Boolean).join(' ');
}

export async function outcomeOf(attempt: () => Promise<unknown>): Promise<Outcome> {
  try {
    await attempt();
    return 'granted';
  } catch (error) {
    const said = words(error);
    return /not authorized|authorization failed|AUTHORIZATION_FAILED/i.test(said) ? 'refused' : `other: ${said}`;
  }
}

/** Tries to write one event to each topic, of a type that nobody handles. */
export async function writes(user: string, topics: readonly string[]): Promise<Map<string, Outcome>> {
  const producer = client(user).producer({ retry: { retries: 0 } });
  await producer.connect();
  const outcomes = new Map<string, Outcome>();
  for (const topic of topics) {
    const id = randomUUID();
    const headers = {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: id,
      ce_source: `/${user}`,
      ce_type: 'nothing-happened.v1',
      ce_subject: id,
      ce_time: new Date().toISOString(),
      ce_correlationid: id,
    };
    const messages = [{ key: id, value: '{}', headers }];
    outcomes.set(topic, await outcomeOf(() => producer.send({ topic, acks: -1, messages })));
  }
  await producer.disconnect();
  return outcomes;
}

/** Whether a member of the group gets messages of the topic. */
export async function reads(user: string, groupId: string, topic: string): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await outcomeOf(() => fetchOne(user, groupId, topic));
    // A broker that has not been asked for a group yet makes their topic first; of a group that a user may not see, kafkajs says the same.
    if (!/coordinator/i.test(outcome) || attempt === 3) return outcome;
  }
}

/** Fetches until a message comes. */
async function fetchOne(user: string, groupId: string, topic: string): Promise<void> {
  const consumer = client(user).consumer({ groupId, retry: { retries: 0 }, maxWaitTimeInMs: 100 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      consumer.run({ eachMessage: () => Promise.resolve(resolve()) }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}
