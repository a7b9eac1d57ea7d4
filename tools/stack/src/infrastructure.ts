import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENCIES, SERVICES } from '@sekisho/contracts';
import type { Engine } from '#engine';
import type { Admin, Kafka } from 'kafkajs';
import { startKafka } from './kafka.js';
import { SUPER_USERS } from './kafka-properties.js';
import { kafkaClient } from './kafka-client.js';
import { containerRuntime, javaRuntime } from './kafka-runtime.js';
import { freePorts } from './ports.js';
import { startPostgres } from './postgres.js';
import { startPostgresContainer } from './postgres-container.js';
import { provision } from './topics.js';

/** One PostgreSQL and one Kafka for a whole test run, as the tests find them. */
export interface Infrastructure {
  postgres: { superuserUrl: string };
  kafka: { brokers: string[]; ca: string; users: Record<string, string> };
}

/** Names the JSON file that tells tests where the infrastructure is. */
export const INFRASTRUCTURE_VARIABLE = 'SEKISHO_TEST_INFRA';

/** Users without any right of their own, for tests that hand out rights; see `testBroker` in `@sekisho/testing`. */
const SPARE_USERS = Array.from({ length: 8 }, (_, index) => `test-${index + 1}`);

function randomUsers(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, randomBytes(18).toString('base64url')]));
}

/** How long a new broker may take to take care of groups. */
const COORDINATOR_MS = 30_000;

export interface InfrastructureOptions {
  root: string;
  directory: string;
  /** What runs both in containers; without one they are processes. */
  engine?: Engine | undefined;
  signal?: AbortSignal | undefined;
}

/** Starts both at once on free ports in the folder given, with the catalogue's topics and ACLs in place. */
export async function startInfrastructure(
  options: InfrastructureOptions,
): Promise<Infrastructure & { stop(): Promise<void> }> {
  const { root, directory, engine, signal } = options;
  const [port, kafkaPort, controllerPort] = (await freePorts(3)) as [number, number, number];
  const users = randomUsers([...SUPER_USERS, ...SERVICES, ...AGENCIES, ...SPARE_USERS]);
  const abort = signal ? { signal } : {};
  const runPostgres = engine ? startPostgresContainer.bind(undefined, engine) : startPostgres;
  const runtime = engine
    ? Promise.resolve(containerRuntime(root, engine))
    : javaRuntime(root, join(root, '.local/kafka-libs'), signal);
  const started = await Promise.allSettled([
    runPostgres({
      directory: join(directory, 'postgres'),
      port,
      superuserPassword: randomBytes(18).toString('base64url'),
      ...abort,
    }),
    runtime.then((found) =>
      startKafka({
        runtime: found,
        directory: join(directory, 'kafka'),
        port: kafkaPort,
        controllerPort,
        users,
        ...abort,
      }),
    ),
  ] as const);
  const stop = async () => {
    await Promise.all(started.map((part) => (part.status === 'fulfilled' ? part.value.stop() : undefined)));
  };
  const [postgres, kafka] = started;
  if (postgres.status === 'rejected' || kafka.status === 'rejected') {
    await stop();
    throw postgres.status === 'rejected' ? postgres.reason : (kafka as PromiseRejectedResult).reason;
  }
  const { brokers, ca } = kafka.value;
  try {
    const password = users['provisioner'] as string;
    const client = kafkaClient({ brokers, ca, username: 'provisioner', password });
    await provision(client);
    await coordinatorsLoaded(client);
  } catch (error) {
    await stop();
    throw error;
  }
  return { postgres: { superuserUrl: postgres.value.superuserUrl }, kafka: { brokers, ca, users }, stop };
}

/**
 * A broker that is new makes the topic of its groups' offsets when it is first asked for a group, and turns away who comes while it loads
 * a partition of it. Services try again; a test that wants to see a refusal does not.
 */
async function coordinatorsLoaded(kafka: Kafka): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    // There are four partitions, and names that differ by one at their end lie in one after the other.
    for (let group = 1; group <= 4; group += 1) await coordinatorLoaded(admin, `none-${group}`);
  } finally {
    await admin.disconnect();
  }
}

async function coordinatorLoaded(admin: Admin, groupId: string): Promise<void> {
  const until = Date.now() + COORDINATOR_MS;
  for (;;) {
    try {
      await admin.fetchOffsets({ groupId });
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export function readInfrastructure(file = process.env[INFRASTRUCTURE_VARIABLE]): Infrastructure {
  if (!file)
    throw new Error(`${INFRASTRUCTURE_VARIABLE} is not set: integration tests run through jest's global setup`);
  return JSON.parse(readFileSync(file, 'utf8')) as Infrastructure;
}
