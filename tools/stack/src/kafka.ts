import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokerCertificates } from './certificates.js';
import { run, startChild, waitUntilReady, type Child } from './child.js';
import { Fault } from './fault.js';
import { kafkaClient } from './kafka-client.js';
import { kafkaProperties, renderProperties } from './kafka-properties.js';
import type { KafkaRuntime } from './kafka-runtime.js';

export interface KafkaOptions {
  runtime: KafkaRuntime;
  directory: string;
  port: number;
  /** Where it listens, if not where clients are to find it. */
  listenPort?: number | undefined;
  controllerPort: number;
  /** Every user there will be, with its password; `admin` and `provisioner` among them. Fixed when the folder is made. */
  users: Readonly<Record<string, string>>;
  log?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  started?: (child: Child) => void;
}

export interface KafkaBroker {
  process: Child;
  brokers: string[];
  ca: string;
  stop(): Promise<void>;
}

/** Starts Apache Kafka, formatting its storage with all users the first time, and waits until a client gets in. */
export async function startKafka(options: KafkaOptions): Promise<KafkaBroker> {
  const { directory, runtime, signal } = options;
  mkdirSync(directory, { recursive: true });
  const ca = join(directory, 'ca.pem');
  const keystore = join(directory, 'broker.pem');
  const properties = join(directory, 'server.properties');
  const adminPassword = options.users['admin'];
  if (adminPassword === undefined) throw new Error('Kafka needs a user called admin');

  if (!existsSync(keystore) || !existsSync(ca)) {
    const made = await brokerCertificates();
    writeFileSync(ca, made.ca);
    writeFileSync(keystore, made.keystore, { mode: 0o600 });
  }
  const write = (folder: string) =>
    writeFileSync(
      properties,
      renderProperties(
        kafkaProperties({ ...options, listenOn: runtime.listenOn, directory: folder, ca, keystore, adminPassword }),
      ),
      { mode: 0o600 },
    );
  if (!existsSync(join(directory, 'data'))) await format(properties, write, options);
  else if (!existsSync(join(directory, 'data/meta.properties'))) {
    throw new Fault(
      `${directory}/data is not Kafka's storage: meta.properties is missing.`,
      'npm run reset throws the local state away and the next npm start makes it anew.',
    );
  }
  write(directory);
  const child = await startChild({
    name: 'kafka',
    ...runtime.broker(properties, options),
    cwd: directory,
    log: options.log ?? join(directory, 'kafka.log'),
    patience: 20_000,
    started: options.started,
  });
  const brokers = [`127.0.0.1:${options.port}`];
  try {
    await waitUntilReady(child, () => answers(brokers, ca, adminPassword), { timeout: 90_000, signal });
  } catch (error) {
    await child.stop();
    throw error;
  }
  return {
    process: child,
    brokers,
    ca,
    stop: () => child.stop(),
  };
}

/** In a folder that becomes the storage only when it is whole, as with PostgreSQL. */
async function format(properties: string, write: (folder: string) => void, options: KafkaOptions): Promise<void> {
  const { directory, users, signal } = options;
  const partial = join(directory, 'formatting');
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  write(partial);
  const scram = Object.entries(users).flatMap(([name, password]) => [
    '--add-scram',
    `SCRAM-SHA-512=[name=${name},password=${password}]`,
  ]);
  // One word with its option: an id may begin with a hyphen.
  const cluster = `--cluster-id=${randomBytes(16).toString('base64url')}`;
  const { command, args, env } = options.runtime.storageTool(['format', cluster, '-c', properties, ...scram], options);
  await run(command, args, { cwd: directory, env, signal });
  renameSync(join(partial, 'data'), join(directory, 'data'));
  rmSync(partial, { recursive: true, force: true });
}

async function answers(brokers: string[], ca: string, password: string): Promise<boolean> {
  const admin = kafkaClient({ brokers, ca, username: 'admin', password }).admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length > 0;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
