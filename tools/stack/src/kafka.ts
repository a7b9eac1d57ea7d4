import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokerCertificates } from './certificates.js';
import { run, startChild, waitUntilReady, type Child } from './child.js';
import { Fault } from './fault.js';
import { kafkaClient } from './kafka-client.js';
import { kafkaLibraries } from './kafka-libraries.js';
import { kafkaProperties, renderProperties } from './kafka-properties.js';

export interface KafkaOptions {
  /** The repository, for `deploy/kafka`. */
  root: string;
  directory: string;
  /** Where the jars are kept, shared by every stack and test of this checkout. */
  libraries: string;
  port: number;
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
  /** Makes another user while the broker runs (a JVM of its own: about two seconds). */
  addUser(name: string, password: string): Promise<void>;
  stop(): Promise<void>;
}

const java = () => (process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin/java') : 'java');

/** Starts Apache Kafka, formatting its storage with all users the first time, and waits until a client gets in. */
export async function startKafka(options: KafkaOptions): Promise<KafkaBroker> {
  const { directory, signal } = options;
  const libraries = await kafkaLibraries(options.root, options.libraries, signal);
  const classpath = join(libraries, '*');
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
      renderProperties(kafkaProperties({ ...options, directory: folder, ca, keystore, adminPassword })),
      { mode: 0o600 },
    );
  if (!existsSync(join(directory, 'data'))) await format(classpath, properties, write, options);
  else if (!existsSync(join(directory, 'data/meta.properties'))) {
    throw new Fault(
      `${directory}/data is not Kafka's storage: meta.properties is missing.`,
      'npm run reset throws the local state away and the next npm start makes it anew.',
    );
  }
  write(directory);
  const child = await startChild({
    name: 'kafka',
    command: java(),
    args: [
      ...['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
      `-Dlog4j2.configurationFile=${join(options.root, 'deploy/kafka/log4j2.properties')}`,
      ...['-cp', classpath, 'kafka.Kafka', properties],
    ],
    cwd: directory,
    log: options.log ?? join(directory, 'kafka.log'),
    patience: 20_000,
    started: options.started,
    ...(options.env ? { env: options.env } : {}),
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
    addUser: (name, password) => addUser(classpath, directory, brokers, ca, adminPassword, name, password),
    stop: () => child.stop(),
  };
}

/** In a folder that becomes the storage only when it is whole, as with PostgreSQL. */
async function format(
  classpath: string,
  properties: string,
  write: (folder: string) => void,
  { directory, users, signal }: KafkaOptions,
): Promise<void> {
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
  const tool = ['-XX:TieredStopAtLevel=1', '-cp', classpath, 'kafka.tools.StorageTool'];
  await run(java(), [...tool, 'format', cluster, '-c', properties, ...scram], { cwd: directory, signal });
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

async function addUser(
  classpath: string,
  directory: string,
  brokers: string[],
  ca: string,
  adminPassword: string,
  name: string,
  password: string,
): Promise<void> {
  const file = join(directory, `admin-${randomBytes(4).toString('hex')}.properties`);
  const login = `org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="${adminPassword}";`;
  const settings = { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', 'sasl.jaas.config': login };
  const trust = { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': ca };
  writeFileSync(file, renderProperties({ ...settings, ...trust }), { mode: 0o600 });
  try {
    await run(java(), [
      ...['-XX:TieredStopAtLevel=1', '-cp', classpath, 'kafka.admin.ConfigCommand'],
      ...['--bootstrap-server', brokers.join(','), '--command-config', file, '--alter', '--entity-type', 'users'],
      ...['--entity-name', name, '--add-config', `SCRAM-SHA-512=[password=${password}]`],
    ]);
  } finally {
    rmSync(file, { force: true });
  }
}
