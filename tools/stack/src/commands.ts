import { spawn } from 'node:child_process';
import { existsSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from './fault.js';
import { end, isRunning } from './process-identity.js';
import { readSettings } from './settings.js';
import { type RunningStack, startStack } from './stack.js';
import { endOrphans, readState, runningStack } from './state.js';
import { stepsOn } from './steps.js';

const LEAST_FREE_BYTES = 1024 ** 3;
const PATIENCE_MS = 60_000;

const folderOf = (root: string): string => join(root, '.local');

/** Starts everything, shows the journey unless `empty`, and stays until Ctrl-C. */
export async function start(root: string, { empty, again }: { empty: boolean; again: boolean }): Promise<void> {
  requireRoom(root);
  const interrupted = new AbortController();
  const onSignal = () => interrupted.abort(new Fault('Interrupted.', 'npm start goes on with the data.'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const stack = await startStack({
    root,
    settings: readSettings(process.env),
    steps: stepsOn(process.stdout),
    signal: interrupted.signal,
  });
  try {
    console.log(`\n  ready: ${stack.endpointsFile} tells other programs where everything is`);
    if (!empty) await journey(root, stack, again, interrupted.signal);
    console.log('\nThe platform stays up; Ctrl-C stops all of it.');
    await untilInterrupted(stack, interrupted.signal);
  } finally {
    console.log('\nstopping …');
    await stack.stop();
    console.log('stopped; nothing is left running');
  }
}

function requireRoom(root: string): void {
  const { bavail, bsize } = statfsSync(root);
  const free = bavail * bsize;
  if (free >= LEAST_FREE_BYTES) return;
  throw new Fault(
    `Only ${Math.round(free / 1024 ** 2)} MB are free on the disk of ${root}.`,
    'Make room for at least 1 GB: PostgreSQL and Kafka damage nothing when the disk is full, but they stop.',
  );
}

async function untilInterrupted(stack: RunningStack, signal: AbortSignal): Promise<void> {
  const interrupted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const crash = await Promise.race([interrupted, stack.crashed]);
  if (crash && !signal.aborted) throw crash;
}

/** The journey is a program of its own, with nothing but the endpoints file to go by. */
async function journey(root: string, stack: RunningStack, again: boolean, signal: AbortSignal): Promise<void> {
  const program = join(root, 'tools/demo/dist/src/main.js');
  const child = spawn(process.execPath, [program, '--endpoints', stack.endpointsFile, ...(again ? ['--again'] : [])], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const abort = () => child.kill('SIGTERM');
  signal.addEventListener('abort', abort, { once: true });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  signal.removeEventListener('abort', abort);
  if (code === 0 || signal.aborted) return;
  throw new Fault(
    `The journey ended with ${code}; what it said is above.`,
    'The logs of the services are in .local/log.',
  );
}

/** Ends the stack that runs from this folder, from another terminal. */
export async function stop(root: string): Promise<void> {
  const directory = folderOf(root);
  const running = runningStack(directory);
  if (running) await end(running, 'SIGTERM', PATIENCE_MS);
  const left = await endOrphans(directory);
  console.log(running || left.length > 0 ? 'stopped' : 'nothing was running');
}

/** Forgets all local state but the downloaded libraries. */
export async function reset(root: string): Promise<void> {
  const directory = folderOf(root);
  const running = runningStack(directory);
  if (running) throw new Fault(`A stack runs from here (process ${running.pid}).`, 'npm run stop ends it.');
  await endOrphans(directory);
  for (const name of ['state.json', 'lock', 'secrets.json', 'endpoints.json', 'issuer.json', 'journey.json']) {
    rmSync(join(directory, name), { force: true });
  }
  for (const name of ['postgres', 'kafka', 'keys', 'log'])
    rmSync(join(directory, name), { recursive: true, force: true });
  console.log('local state is gone; npm start makes it anew');
}

/** What runs, by the recorded processes. */
export async function status(root: string): Promise<void> {
  const directory = folderOf(root);
  const state = existsSync(directory) ? readState(directory) : undefined;
  if (!state || !runningStack(directory)) {
    console.log('no stack runs from this folder');
    return;
  }
  for (const { name, pid, startedAt } of state.processes) {
    console.log(
      `${name.padEnd(20)} process ${String(pid).padEnd(8)} ${isRunning({ pid, startedAt }) ? 'runs' : 'has ended'}`,
    );
  }
}
