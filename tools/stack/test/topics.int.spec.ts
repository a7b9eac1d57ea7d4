import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { readInfrastructure } from '../src/infrastructure.js';
import { kafkaClient } from '../src/kafka-client.js';

const client = (user: string): Kafka => {
  const { brokers, ca, users } = readInfrastructure().kafka;
  return kafkaClient({ brokers, ca, username: user, password: users[user]! });
};

async function write(user: string, topic: string, key: string): Promise<void> {
  const producer = client(user).producer({ retry: { retries: 1 } });
  await producer.connect();
  try {
    await producer.send({ topic, acks: -1, messages: [{ key, value: '{}' }] });
  } finally {
    await producer.disconnect();
  }
}

/** Reads until the key comes; rejects with the broker's refusal. */
async function read(user: string, group: string, topic: string, key: string): Promise<void> {
  const consumer = client(user).consumer({ groupId: group, retry: { retries: 0 }, maxWaitTimeInMs: 200 });
  await consumer.connect();
  try {
    const crashed = new Promise<never>((_, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    });
    await consumer.subscribe({ topic, fromBeginning: true });
    const seen = new Promise<void>((resolve, reject) => {
      consumer
        .run({ eachMessage: async ({ message }) => void (message.key?.toString() === key && resolve()) })
        .catch(reject);
    });
    await Promise.race([seen, crashed]);
  } finally {
    await consumer.disconnect();
  }
}

const REFUSED = /not authorized/i;

describe('topics and ACLs on a real broker', () => {
  it('lets an agency read its own tasking topic, in groups of its own name', async () => {
    const key = randomUUID();
    await write('agency-tasking', 'tasking.npa.v1', key);
    await read('agency-npa', `agency-npa.${key}`, 'tasking.npa.v1', key);
  });

  it('lets an agency answer on its own topic, and tasking and oversight read the answer', async () => {
    const key = randomUUID();
    await write('agency-sdf', 'agency.sdf.v1', key);
    await read('agency-tasking', `agency-tasking.${key}`, 'agency.sdf.v1', key);
    await read('oversight-reporting', `oversight-reporting.${key}`, 'agency.sdf.v1', key);
  });

  it.each(['tasking.sdf.v1', 'agency.sdf.v1', 'agency.npa.v1', 'intake.reports.v1', 'tasking.decisions.v1'])(
    'refuses an agency %s',
    async (topic) => {
      await expect(read('agency-npa', `agency-npa.${randomUUID()}`, topic, 'any')).rejects.toThrow(REFUSED);
    },
  );

  it.each(['tasking.npa.v1', 'agency.sdf.v1', 'intake.reports.v1'])(
    'does not let an agency write to %s',
    async (topic) => {
      await expect(write('agency-npa', topic, 'forged')).rejects.toThrow(REFUSED);
    },
  );

  it('refuses an agency a group that bears another’s name', async () => {
    const group = `agency-sdf.${randomUUID()}`;
    // kafkajs says of a group that it may not see only that it found no coordinator.
    await expect(read('agency-npa', group, 'tasking.npa.v1', 'any')).rejects.toThrow(/coordinator|not authorized/i);
  });

  it('refuses a service what the catalogue does not give it', async () => {
    await expect(write('classification', 'nsc.reviews.v1', 'forged')).rejects.toThrow(REFUSED);
    await expect(write('incident-intake', 'classification.parked.v1', 'forged')).rejects.toThrow(REFUSED);
    await expect(
      read('incident-intake', `incident-intake.${randomUUID()}`, 'tasking.decisions.v1', 'any'),
    ).rejects.toThrow(REFUSED);
    // What oversight knows of orders comes by tasking.decisions.v1: it cannot even see the sealed ones.
    await expect(
      read('oversight-reporting', `oversight-reporting.${randomUUID()}`, 'tasking.npa.v1', 'any'),
    ).rejects.toThrow(REFUSED);
  });

  it('makes no topic by its being used, and lets no service make one', async () => {
    await expect(write('provisioner', `unheard-of-${randomUUID()}`, 'any')).rejects.toThrow();
    const admin = client('classification').admin();
    await admin.connect();
    await expect(admin.createTopics({ topics: [{ topic: `own-${randomUUID()}` }] })).rejects.toThrow();
    await admin.disconnect();
  });
});
