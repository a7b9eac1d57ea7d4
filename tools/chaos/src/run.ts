import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from '@sekisho/contracts';
import { Caller, counts, type Endpoints, reportUrl, Turns } from '@sekisho/demo';
import {
  endDescendants,
  freePortBase,
  freePorts,
  type Interruption,
  kafkaClient,
  type RunningStack,
  startStack,
  type Steps,
} from '@sekisho/stack';
import { BrokerProxy } from './broker-proxy.js';
import { judge } from './checker/checks.js';
import { readDatabases } from './checker/read-databases.js';
import { readTopics } from './checker/read-topics.js';
import type { Finding, Report, World } from './checker/world.js';
import { Faults } from './faults.js';
import { Memory } from './memory.js';
import type { ChaosOptions } from './options.js';
import { plantedRoot, plantInDatabases } from './plant.js';
import { scheduleOf } from './schedule.js';
import { settle } from './settle.js';
import { SmallDisk } from './small-disk.js';
import { type GivenUp, PROCESSES, Supervisor } from './supervisor.js';
import { type Tally, Workload } from './workload.js';

export interface Outcome {
  readonly kills: number;
  readonly tally: ReadonlyMap<string, Tally>;
  readonly failures: readonly string[];
  readonly gaveUp: readonly GivenUp[];
  readonly findings: readonly Finding[];
}

const CASES_END_WITHIN_MS = 180_000;
const SETTLES_WITHIN_MS = 150_000;
const PATIENCE_MS = 20_000;

/** One run, from an empty folder to its verdict; everything that it started is ended when this returns or throws. */
export async function run(
  root: string,
  options: ChaosOptions,
  tell: (line: string) => void,
  interruption: Interruption,
): Promise<Outcome> {
  const { signal } = interruption;
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-chaos-'));
  // PostgreSQL runs as another user where this is root, and must be able to pass.
  chmodSync(folder, 0o711);
  const directory = join(folder, 'local');
  let stack: RunningStack | undefined;
  let proxy: BrokerProxy | undefined;
  let disk: SmallDisk | undefined;
  const remove = (): void => {
    disk?.unmount();
    disk = undefined;
    if (!options.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  };
  interruption.tidy = remove;
  try {
    const planted = options.plant === undefined ? root : plantedRoot(root, join(folder, 'built'), options.plant);
    const portBase = await freePortBase();
    const [kafkaListenPort] = (await freePorts(1)) as [number];
    // Each is put in its place just before what it stands under or in front of: the stack must have seen that the place was free.
    const steps: Steps = {
      step: async (name, work) => {
        if (name === 'PostgreSQL' && options.faults.includes('disk-full'))
          disk = SmallDisk.mount(join(directory, 'postgres'));
        if (name === 'Kafka') proxy = await BrokerProxy.listen(portBase + 92, kafkaListenPort);
        return work();
      },
    };
    stack = await startStack({
      root: planted,
      directory,
      settings: { portBase, kafkaListenPort },
      signal,
      steps,
    });
    await plantInDatabases(stack.endpoints.postgres, options.plant);
    return await interruption.orNot(upset(planted, stack, proxy!, disk, options, tell, signal));
  } finally {
    for (const name of PROCESSES) await resume(stack, name);
    await stack?.stop();
    await proxy?.close();
    // Broken off while something was being started again: the stack does not wait for that.
    if (signal.aborted) await endDescendants(PATIENCE_MS);
    remove();
    if (options.keep) tell(`kept: ${directory}`);
  }
}

async function resume(stack: RunningStack | undefined, name: string): Promise<void> {
  const child = stack?.process(name);
  if (child && child.exit() === undefined) process.kill(child.pid, 'SIGCONT');
}

async function upset(
  root: string,
  stack: RunningStack,
  proxy: BrokerProxy,
  disk: SmallDisk | undefined,
  options: ChaosOptions,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  const endpoints = stack.endpoints as Endpoints;
  const memory = new Memory(endpoints);
  const supervisor = new Supervisor(stack);
  const workload = await Workload.prepare(endpoints, memory, options.seed);
  try {
    supervisor.start();
    workload.start(options.cases);
    const faults = new Faults({ endpoints, supervisor, proxy, disk, memory, tell, signal });
    await faults.run(scheduleOf({ ...options, milliseconds: options.minutes * 60_000 }));
    signal.throwIfAborted();
    tell('no more faults; the cases under way may end');
    await workload.finish(CASES_END_WITHIN_MS);
    tell('waiting until everything has flowed');
    const unsettled = await settle(stack, SETTLES_WITHIN_MS, signal);
    signal.throwIfAborted();
    tell('reading five databases and all topics');
    const world = await see(root, stack, memory, unsettled);
    const { tally, failures } = workload;
    return { kills: faults.kills, tally, failures, gaveUp: supervisor.gaveUp, findings: judge(world) };
  } finally {
    supervisor.stop();
    await workload.close();
  }
}

async function see(root: string, stack: RunningStack, memory: Memory, unsettled: readonly string[]): Promise<World> {
  const migrations = (service: Service): string[] =>
    ['libs/messaging', 'libs/service', `apps/${service}`].map((part) => join(root, part, 'prisma/migrations'));
  const report = await seeReport(stack.endpoints as Endpoints).catch((error: unknown) => ({ fault: String(error) }));
  const databases = await readDatabases(stack.endpoints.postgres, migrations);
  const topics = await readTopics(kafkaClient(stack.kafkaAdmin!));
  const { answers, returns, lines, delivered, observations } = memory;
  return { answers, returns, lines, delivered, observations, unsettled, databases, topics, report };
}

async function seeReport(at: Endpoints): Promise<Report> {
  const platform = { at, call: new Caller(at), council: new Turns() };
  const { basis, reauthorised } = await platform.call.get<Pick<Report, 'basis' | 'reauthorised'>>(
    'commission-1',
    reportUrl(platform),
  );
  return { counts: await counts(platform), basis, reauthorised };
}
