import { join } from 'node:path';
import { type Service, SERVICES } from '@sekisho/contracts';
import { migrate } from '@sekisho/persistence';
import { type Child, startChild, waitUntilReady } from './child.js';
import { createDatabase, type DatabasePasswords, type DatabaseUrls } from './databases.js';
import { type Endpoints, endpointsOf, writeEndpoints } from './endpoints.js';
import { Fault } from './fault.js';
import { type Context, prepareIdentity, prepareKafka, preparePostgres } from './foundations.js';
import type { KafkaAccess } from './kafka-client.js';
import { prepareKeys } from './keys.js';
import { filesIn, portsFrom, SHORT_NAMES } from './layout.js';
import { responds } from './local-issuer.js';
import { plainEnvironment } from './plain-environment.js';
import { requireFree } from './ports.js';
import { identify } from './process-identity.js';
import { loadSecrets } from './secrets.js';
import { environmentOf, migrationsOf, programOf, type Surroundings, urlOf } from './services.js';
import type { StackSettings } from './settings.js';
import { claim, endOrphans, stateRecorder } from './state.js';
import { silentSteps, type Steps } from './steps.js';

export interface StackOptions {
  /** The repository, built. */
  root: string;
  /** The state folder; `<root>/.local` unless told. */
  directory?: string;
  settings: StackSettings;
  /** Which services run; all of them unless told. */
  services?: readonly Service[];
  steps?: Steps;
  /** Aborting it during the start ends all that was started. */
  signal?: AbortSignal;
}

export interface RunningStack {
  endpoints: Endpoints;
  endpointsFile: string;
  /** For whoever has to see everything: `endpoints.postgres` is a superuser's already. Undefined with a Kafka of one's own. */
  kafkaAdmin: KafkaAccess | undefined;
  /** Resolves when one of the processes ends although nobody asked it to. */
  crashed: Promise<Fault>;
  /** A process of the stack, for tests that kill one: by the service's name, or `postgres`, `kafka`, `issuer`. */
  process(name: string): Child | undefined;
  /**
   * Starts a process that has ended again, with the same arguments on the same state, and waits until it is ready. `process` answers
   * the new one as soon as it runs. Rejects when it does not become ready, is not the stack's, or has not ended.
   */
  restart(name: string): Promise<void>;
  /** Makes another process part of the stack: it ends with it, and is found again after a kill. */
  adopt(child: Child): void;
  /** Ends everything, and resolves when all of it has gone, however often it is called. What does not go when asked is killed. */
  stop(): Promise<void>;
}

/** What the services stand on. */
const FOUNDATIONS: readonly string[] = ['issuer', 'kafka', 'postgres'];

/** Starts the whole platform from a state folder, as processes, and waits until all of it is ready. */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const { root, settings, signal, services = SERVICES, steps = silentSteps } = options;
  const directory = options.directory ?? join(root, '.local');
  const release = claim(directory, identify(process.pid)!);
  const children: Child[] = [];
  const again = new Map<string, () => Promise<unknown>>();
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopAll(children).finally(release));
  try {
    const ended = await endOrphans(directory);
    if (ended.length > 0) {
      await steps.step(`ended what a killed stack had left behind: ${ended.join(', ')}`, async () => undefined);
    }
    const record = stateRecorder(directory, identify(process.pid)!);
    const started = (child: Child) => {
      const ended = children.findIndex(({ name, exit }) => name === child.name && exit() !== undefined);
      if (ended >= 0) children.splice(ended, 1);
      children.push(child);
      record(child);
      // Begun just before everything was told to end.
      if (stopping) void child.stop();
    };
    const ports = portsFrom(settings.portBase);
    await requireFree({
      ...ports.services,
      ...(settings.identity ? {} : { issuer: ports.issuer }),
      ...(settings.postgresUrl ? {} : { PostgreSQL: ports.postgres }),
      ...(settings.kafka ? {} : { Kafka: ports.kafka, "Kafka's controller": ports.kafkaController }),
    });
    const secrets = loadSecrets(directory);
    const context = { root, directory, settings, ports, secrets, steps, signal, started, again };
    const postgres = await preparePostgres(context);
    const kafka = await prepareKafka(context);
    const identity = await prepareIdentity(context);
    const databases = await prepareDatabases(root, postgres, secrets.databases, steps, signal);
    const agencies = await prepareKeys(directory);
    const { url: issuer, ...known } = identity;
    const { contactMasterKeys } = secrets;
    const { drafts = [] } = settings;
    const standing = { root, directory, ports, databases, kafka, agencies, contactMasterKeys, drafts };
    const surroundings: Surroundings = { ...standing, ...known };
    const endpoints = endpointsOf(surroundings, postgres, issuer);
    writeEndpoints(directory, endpoints);
    await startServices(services, surroundings, context);
    return {
      endpoints,
      endpointsFile: filesIn(directory).endpoints,
      crashed: firstCrash(children),
      kafkaAdmin: settings.kafka ? undefined : adminOf(kafka),
      restart: async (name) => {
        const start = again.get(name);
        if (!start) throw new Error(`${name} is not one of the stack’s own processes`);
        const running = children.find((child) => child.name === name && child.exit() === undefined);
        if (running) throw new Error(`${name} (process ${running.pid}) still runs`);
        if (!stopping) await start();
      },
      process: (name) => children.find((child) => child.name === name),
      adopt: started,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whatever needs the foundations goes before them, all at once: nothing of it waits for another. */
async function stopAll(children: Child[]): Promise<void> {
  const all = children.splice(0);
  const foundations = all.filter(({ name }) => FOUNDATIONS.includes(name));
  await Promise.all(all.filter((child) => !foundations.includes(child)).map((child) => child.stop()));
  await Promise.all(foundations.map((child) => child.stop()));
}

const adminOf = ({ brokers, ca, users }: Surroundings['kafka']): KafkaAccess => ({
  brokers: [...brokers],
  ca,
  username: 'admin',
  password: users['admin']!,
});

async function prepareDatabases(
  root: string,
  superuserUrl: string,
  passwords: Readonly<Record<string, DatabasePasswords>>,
  steps: Steps,
  signal?: AbortSignal,
): Promise<Record<string, DatabaseUrls>> {
  const work = async () => {
    const made: [string, DatabaseUrls][] = [];
    let applied = 0;
    for (const service of SERVICES) {
      signal?.throwIfAborted();
      const name = SHORT_NAMES[service];
      const urls = await createDatabase(superuserUrl, name, passwords[name]!);
      applied += (await migrate({ ownerUrl: urls.owner, directories: migrationsOf(root, service) })).length;
      made.push([name, urls]);
    }
    return { databases: Object.fromEntries(made), applied };
  };
  const { databases } = await steps.step(
    'databases and migrations',
    work,
    ({ applied }) => `${SERVICES.length} databases, ${applied} migrations applied`,
  );
  return databases;
}

async function startServices(
  services: readonly Service[],
  at: Surroundings,
  { steps, started, signal, again }: Context,
): Promise<void> {
  const begin = (service: Service) =>
    startChild({
      name: service,
      command: process.execPath,
      args: ['--enable-source-maps', programOf(at.root, service)],
      env: { ...plainEnvironment(at.directory), ...environmentOf(service, at) },
      cwd: at.root,
      log: filesIn(at.directory).log(service),
      started,
    });
  // All at once, then one after the other is waited for: they do not need each other to be ready.
  const children = new Map<Service, Child>();
  for (const service of services) children.set(service, await begin(service));
  for (const [service, child] of children) {
    const url = urlOf(at.ports, service);
    again.set(service, async () => becomesReady(await begin(service), `${url}/health/ready`, signal));
    await steps.step(
      service,
      () => becomesReady(child, `${url}/health/ready`, signal),
      () => `${service} on ${url} (process ${child.pid})`,
    );
  }
}

async function becomesReady(child: Child, url: string, signal?: AbortSignal): Promise<void> {
  try {
    await waitUntilReady(child, () => responds(url), { timeout: 120_000, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Fault(error instanceof Error ? error.message : String(error), `All of its log is in ${child.log}.`);
  }
}

function firstCrash(children: readonly Child[]): Promise<Fault> {
  return Promise.race(
    children.map(async (child) => {
      const { code, signal } = await child.exited;
      return new Fault(
        `${child.name} (process ${child.pid}) ended unexpectedly with ${signal ?? `code ${code}`}. The end of its log:\n${child.tail()}`,
        `All of it is in ${child.log}. npm start goes on with the data.`,
      );
    }),
  );
}
