// Runs one container as if it were a process, for the keeper of processes that the stack is (`child.ts`):
//   node tools/stack/dist/src/container-process.js OPTIONS.json
// Its output is the container's, and it ends as the container does. The container ends with it, or with whoever started it; should
// it be killed, testcontainers' reaper removes the container, and without a reaper the next one that is started.
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { type ContainerRuntimeClient, GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import type { ContainerOptions } from './container.js';
import { identify, isRunning } from './process-identity.js';

type ContainerClient = ContainerRuntimeClient['container'];

/** On every container of ours: the machine and the process that holds it. */
const HOLDER = 'sekisho.holder';
const STOP_MS = 15_000;

const options = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as ContainerOptions;

class LoopbackContainer extends GenericContainer {
  /** testcontainers publishes on every address of the machine; this is nobody's business but ours. */
  withLoopbackPort({ container, host }: { container: number; host: number }): this {
    this.withExposedPorts({ container, host });
    this.hostConfig.PortBindings = { [`${container}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: String(host) }] };
    return this;
  }
}

let told = false;
let end: () => void = () => undefined;
const stop = () => {
  told = true;
  end();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
const parent = process.ppid;
setInterval(() => process.ppid === parent || stop(), 500).unref();

try {
  process.exitCode = await runToItsEnd();
} catch (error) {
  // Whoever started this shows the last lines of the log.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
process.exit();

/** Answers the container's own exit code; 0 when it was told to stop. */
async function runToItsEnd(): Promise<number> {
  const { container: engine } = await getContainerRuntimeClient();
  await removeAbandoned(engine);
  let flushed: Promise<unknown> = Promise.resolve();
  const described = describedContainer().withLogConsumer((log) => {
    flushed = new Promise((resolve) => log.once('end', resolve).once('error', resolve));
    log.pipe(process.stdout, { end: false });
  });
  const started = await described.start();
  const ended = engine.getById(started.getId()).wait() as Promise<{ StatusCode: number }>;
  const asked = new Promise<undefined>((resolve) => (end = () => resolve(undefined)));
  if (told) end();
  const exit = await Promise.race([ended, asked]);
  await started.stop({ timeout: STOP_MS, removeVolumes: true });
  await flushed;
  return exit?.StatusCode ?? 0;
}

function describedContainer(): LoopbackContainer {
  const described = new LoopbackContainer(options.image)
    .withLabels({ [HOLDER]: JSON.stringify({ host: hostname(), ...identify(process.pid)! }) })
    .withEnvironment(options.environment ?? {})
    .withCommand(options.command)
    // Whoever started this looks for itself whether the server answers.
    .withWaitStrategy(Wait.forAll([]));
  if (options.entrypoint) described.withEntrypoint(options.entrypoint);
  if (options.user) described.withUser(options.user);
  if (options.port) described.withLoopbackPort(options.port);
  if (options.folder) described.withBindMounts([{ source: options.folder, target: options.folder, mode: 'z' }]);
  return described;
}

/** What was left by those of this machine that are gone. */
async function removeAbandoned(engine: ContainerClient): Promise<void> {
  for (const { Id, Labels } of await engine.list()) {
    const holder = Labels[HOLDER];
    if (holder === undefined) continue;
    const { host, pid, startedAt } = JSON.parse(holder) as { host: string; pid: number; startedAt: string };
    if (host !== hostname() || isRunning({ pid, startedAt })) continue;
    // Another one may be at it already.
    await engine
      .getById(Id)
      .remove({ force: true, v: true })
      .catch(() => undefined);
  }
}
