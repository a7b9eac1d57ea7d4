import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { end, identify, type ProcessIdentity } from './process-identity.js';

export interface ChildOptions {
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Standard output and error are appended to this file; without one they are shown. */
  log?: string;
  uid?: number;
  gid?: number;
  /** How the program is asked to end; SIGTERM unless told. */
  signal?: NodeJS.Signals;
  /** Milliseconds that it may take to end before it is killed. */
  patience?: number;
  /** Told as soon as it runs, before anyone waits for it to be ready. */
  started?: ((child: Child) => void) | undefined;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Child extends ProcessIdentity {
  name: string;
  log: string;
  /** The last lines that it has written to its log in this run. */
  tail(): string;
  exited: Promise<Exit>;
  /** Set as soon as it has ended, for whoever polls. */
  exit(): Exit | undefined;
  stop(): Promise<void>;
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function options(child: ChildOptions, output: number | 'inherit'): SpawnOptions {
  return {
    cwd: child.cwd ?? '/',
    env: child.env ?? process.env,
    // A group of its own: Ctrl-C reaches the stack alone, which then ends its processes in the right order.
    detached: true,
    stdio: ['ignore', output, output],
    ...(child.uid === undefined ? {} : { uid: child.uid }),
    ...(child.gid === undefined ? {} : { gid: child.gid }),
  };
}

/** Starts a program as the leader of its own process group, writing to its log. */
export async function startChild(child: ChildOptions): Promise<Child> {
  if (child.log) mkdirSync(dirname(child.log), { recursive: true });
  const output = child.log ? openSync(child.log, 'a', 0o600) : 'inherit';
  const logged = output === 'inherit' ? 0 : fstatSync(output).size;
  let spawned: ChildProcess;
  try {
    spawned = spawn(child.command, [...child.args], options(child, output));
  } finally {
    if (output !== 'inherit') closeSync(output);
  }
  const exited = exitOf(spawned);
  // Whoever waits for readiness looks at `exit()`; nobody may be waiting for the promise yet.
  exited.catch(() => undefined);
  if (spawned.pid === undefined) await exited;
  let exit: Exit | undefined;
  void exited.then((result) => (exit = result));
  const pid = spawned.pid as number;
  const identity = identify(pid) ?? { pid, startedAt: '' };
  const result: Child = {
    ...identity,
    name: child.name,
    log: child.log ?? '',
    tail: () => lastLines(child.log, logged),
    exited,
    exit: () => exit,
    stop: async () => {
      if (exit) return;
      await end(identity, child.signal, child.patience);
      await exited;
    },
  };
  child.started?.(result);
  return result;
}

/** Runs a program to its end; rejects with its output when it fails. Aborting ends its whole group. */
export async function run(
  command: string,
  args: readonly string[],
  settings: {
    env?: NodeJS.ProcessEnv;
    cwd?: string;
    uid?: number;
    gid?: number;
    signal?: AbortSignal | undefined;
  } = {},
): Promise<string> {
  settings.signal?.throwIfAborted();
  const { signal, ...rest } = settings;
  const child = spawn(command, [...args], { ...rest, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const abort = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const { code, signal: killedBy } = await exitOf(child);
    signal?.throwIfAborted();
    if (code !== 0) throw new Error(`${command} ended with ${code ?? killedBy}: ${output.trim().slice(-4_000)}`);
    return output;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function lastLines(log: string | undefined, from: number, lines = 15): string {
  try {
    const written = log === undefined ? '' : readFileSync(log).subarray(from).toString('utf8').trimEnd();
    return written.split('\n').slice(-lines).join('\n') || '(it wrote nothing)';
  } catch {
    return '(no log)';
  }
}

/** Waits until `ready` answers true; gives up when the program ends or the time is over, saying what its log says. */
export async function waitUntilReady(
  child: Child,
  ready: () => Promise<boolean>,
  { timeout = 60_000, signal }: { timeout?: number; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const until = Date.now() + timeout;
  for (;;) {
    signal?.throwIfAborted();
    const exit = child.exit();
    if (exit) throw new Error(`${child.name} ended with ${exit.code ?? exit.signal} at its start:\n${child.tail()}`);
    if (await ready()) return;
    if (Date.now() > until) throw new Error(`${child.name} was not ready in ${timeout / 1000} s:\n${child.tail()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
