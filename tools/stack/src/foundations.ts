import { join } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { findEngine, imagesFor } from '#engine';
import { brokerFault } from '#preflight';
import { z } from 'zod';
import type { Child } from './child.js';
import { type Client, clientsWith } from './clients.js';
import { Fault } from './fault.js';
import { readJson, RESET } from './json-file.js';
import { kafkaClient } from './kafka-client.js';
import { KAFKA, librariesFolder } from './maven-libraries.js';
import { containerRuntime, javaRuntime, type KafkaRuntime } from './kafka-runtime.js';
import { startKafka } from './kafka.js';
import { filesIn, type Ports } from './layout.js';
import { startIssuer } from './local-issuer.js';
import { startPostgres } from './postgres.js';
import type { Secrets } from './secrets.js';
import { plainEnvironment } from './plain-environment.js';
import type { Surroundings } from './services.js';
import type { StackSettings } from './settings.js';
import type { Steps } from './steps.js';
import { provision } from './topics.js';

/** What the services stand on: each either started here or, where the environment says so, somebody's real one. */
export interface Context {
  root: string;
  directory: string;
  settings: StackSettings;
  ports: Ports;
  secrets: Secrets;
  steps: Steps;
  signal: AbortSignal | undefined;
  started: (child: Child) => void;
  /** How each process is started again, by its name. */
  again: Map<string, () => Promise<unknown>>;
}

/** A program of somebody else's that does not come up on its files is, as far as we can tell, a damaged state folder. */
async function orDamaged<Result>(name: string, signal: AbortSignal | undefined, work: Promise<Result>) {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Fault || signal?.aborted) throw error;
    throw new Fault(
      `${name} does not start: ${error instanceof Error ? error.message : String(error)}`,
      `If its log does not name another remedy, its data is damaged: ${RESET}`,
    );
  }
}

/** Answers the superuser's URL. */
export async function preparePostgres(context: Context): Promise<string> {
  const { directory, settings, ports, secrets, steps, signal, started, again } = context;
  if (settings.postgresUrl) return settings.postgresUrl;
  const files = filesIn(directory);
  const start = startPostgres.bind(undefined, {
    directory: files.postgres,
    port: ports.postgres,
    superuserPassword: secrets.superuser,
    log: files.log('postgres'),
    env: plainEnvironment(directory),
    started,
    ...(signal ? { signal } : {}),
  });
  again.set('postgres', start);
  const { superuserUrl } = await steps.step(
    'PostgreSQL',
    () => orDamaged('PostgreSQL', signal, start()),
    (postgres) => `PostgreSQL on 127.0.0.1:${ports.postgres} (process ${postgres.process.pid})`,
  );
  return superuserUrl;
}

/** A JVM where there is one, else a container. */
async function kafkaRuntime({ root, steps, signal }: Context): Promise<KafkaRuntime> {
  const libraries = join(root, '.local/kafka-libs');
  const fault = brokerFault(root);
  if (fault) {
    const engine = await steps.step('container engine', () => findEngine(imagesFor(['kafka'])));
    if (engine.obstacle === undefined) return containerRuntime(root, engine);
    throw new Fault(`${fault.fault} A container would do, but ${engine.obstacle}.`, fault.remedy);
  }
  if (existsSync(librariesFolder(root, KAFKA, libraries))) return javaRuntime(root, libraries, signal);
  return steps.step('Apache Kafka fetched from Maven Central', () => javaRuntime(root, libraries, signal));
}

export async function prepareKafka(context: Context): Promise<Surroundings['kafka']> {
  const { directory, settings, ports, secrets, steps, signal, started, again } = context;
  const files = filesIn(directory);
  const own = settings.kafka;
  let kafka: Surroundings['kafka'];
  if (own) {
    const users = readJson(own.users, z.record(z.string(), z.string())) ?? {};
    kafka = { brokers: own.brokers, ca: own.ca, users };
  } else {
    const start = startKafka.bind(undefined, {
      runtime: await kafkaRuntime(context),
      directory: files.kafka,
      port: ports.kafka,
      listenPort: settings.kafkaListenPort,
      controllerPort: ports.kafkaController,
      users: secrets.kafka,
      log: files.log('kafka'),
      env: plainEnvironment(directory),
      started,
      ...(signal ? { signal } : {}),
    });
    again.set('kafka', start);
    const { brokers, ca } = await steps.step(
      'Kafka',
      () => orDamaged('Kafka', signal, start()),
      (broker) => `Kafka on ${broker.brokers.join(', ')} (process ${broker.process.pid})`,
    );
    kafka = { brokers, ca, users: secrets.kafka };
  }
  const provisioner = own ?? { username: 'provisioner', password: secrets.kafka['provisioner']! };
  const client = kafkaClient({ ...kafka, brokers: [...kafka.brokers], ...provisioner });
  await steps.step(
    'topics and ACLs',
    // A cluster of several decides itself how many copies it keeps.
    () => provision(client, own ? { replication: -1 } : { minInSyncReplicas: 1 }),
    ({ created }) => `topics and ACLs, ${created.length} topics created`,
  );
  return kafka;
}

export async function prepareIdentity(
  context: Context,
): Promise<{ url: string; issuers: string; tokenEndpoint: string; clients: Record<string, Client> }> {
  const { directory, settings, ports, secrets, steps, signal, started, again } = context;
  if (settings.identity) return foreignIdentity(settings.identity);
  const start = startIssuer.bind(undefined, {
    directory,
    port: ports.issuer,
    secrets: secrets.clients,
    signal,
    started,
  });
  again.set('issuer', start);
  const local = await steps.step('OpenID issuer', start, ({ url }) => `OpenID issuer on ${url}`);
  return { ...local, clients: clientsWith(secrets.clients) };
}

const clientsFile = z.record(
  z.string(),
  z.object({ id: z.string(), secret: z.string(), roles: z.array(z.string()), organisation: z.string() }),
);

async function foreignIdentity({ issuers, clients }: { issuers: string; clients: string }) {
  const url = (JSON.parse(issuers) as { issuer: string }[])[0]?.issuer ?? '';
  const discovery = `${url.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(discovery).catch(() => undefined);
  if (!response?.ok) throw new Fault(`The issuer ${url} does not answer at ${discovery}.`, 'Check SEKISHO_ISSUERS.');
  const { token_endpoint: tokenEndpoint } = (await response.json()) as { token_endpoint: string };
  return { url, issuers, tokenEndpoint, clients: clientsFile.parse(JSON.parse(readFileSync(clients, 'utf8'))) };
}
