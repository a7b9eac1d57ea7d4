import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { run, startChild, waitUntilReady, type Child } from './child.js';
import { Fault } from './fault.js';
import { postgresBinaries, postgresUser, type PostgresUser } from './postgres-binaries.js';
import { end, identify } from './process-identity.js';

export interface PostgresOptions {
  /** Holds the cluster's files (`data`); made when missing. */
  directory: string;
  port: number;
  superuserPassword: string;
  log?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  started?: (child: Child) => void;
}

export interface Postgres {
  process: Child;
  superuserUrl: string;
  stop(): Promise<void>;
}

const SETTINGS = {
  fsync: 'on',
  max_connections: '300',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

// No socket in a shared folder: everything goes over the loopback with a password.
const LISTENING = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };

/** How a cluster is made. The same order of strings on every machine. */
export const INITDB = [
  ...['--auth=scram-sha-256', '--encoding=UTF8'],
  ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--lc-messages=C'],
];

export function settingsAsArguments(more: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries({ ...SETTINGS, ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Starts a PostgreSQL of our own, making its cluster the first time, and waits until it answers. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { initdb, postgres } = postgresBinaries();
  const data = join(options.directory, 'data');
  mkdirSync(options.directory, { recursive: true });
  const user = postgresUser([dirname(postgres), options.directory]);
  const fresh = !existsSync(data);
  if (fresh) await initialise(initdb, data, user, options);
  else await recover(data);

  const child = await startChild({
    name: 'postgres',
    ...asUser(user, postgres, [...['-D', data, '-p', String(options.port)], ...settingsAsArguments(LISTENING)]),
    env: { ...(options.env ?? process.env), LC_ALL: 'C', TZ: 'UTC' },
    log: options.log ?? join(options.directory, 'postgres.log'),
    started: options.started,
    // "Fast": open connections are cut, what is committed is written.
    signal: 'SIGINT',
    ...ids(user),
  });
  const superuserUrl = `postgresql://postgres:${encodeURIComponent(options.superuserPassword)}@127.0.0.1:${options.port}/postgres`;
  try {
    await waitUntilReady(child, () => answers(superuserUrl), { signal: options.signal });
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { process: child, superuserUrl, stop: () => child.stop() };
}

/** With a prefix, the prefix changes the user. */
function ids({ owner, prefix }: PostgresUser): { uid?: number; gid?: number } {
  return owner && prefix.length === 0 ? owner : {};
}

function asUser(user: PostgresUser, program: string, args: string[]): { command: string; args: string[] } {
  const [command, ...prefixed] = [...user.prefix, program];
  return { command: command ?? program, args: [...prefixed, ...args] };
}

/** In a folder beside it that becomes the cluster only when it is whole: a start that was broken off leaves no half one. */
async function initialise(initdb: string, data: string, user: PostgresUser, options: PostgresOptions): Promise<void> {
  const partial = `${data}.partial-${randomBytes(4).toString('hex')}`;
  const passwordFile = `${partial}.password`;
  for (const left of readdirSync(options.directory).filter((name) => name.startsWith('data.partial-'))) {
    rmSync(join(options.directory, left), { recursive: true, force: true });
  }
  try {
    mkdirSync(partial, { mode: 0o700 });
    writeFileSync(passwordFile, options.superuserPassword, { mode: 0o600 });
    const { owner } = user;
    if (owner) for (const path of [partial, passwordFile]) chownSync(path, owner.uid, owner.gid);
    const { command, args } = asUser(user, initdb, [
      ...['-D', partial, '-U', 'postgres', `--pwfile=${passwordFile}`],
      ...INITDB,
    ]);
    await run(command, args, {
      ...ids(user),
      cwd: '/',
      signal: options.signal,
      env: { ...process.env, LC_ALL: 'C' },
    });
    renameSync(partial, data);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * After `kill -9` the lock file is still there. PostgreSQL removes it itself, unless its number belongs to another
 * process by now. A server of ours that still runs on these files is ended: two on the same files never work.
 */
async function recover(data: string): Promise<void> {
  if (!existsSync(join(data, 'PG_VERSION'))) {
    throw new Fault(
      `${data} is not a PostgreSQL cluster: PG_VERSION is missing.`,
      'npm run reset throws the local state away and the next npm start makes it anew.',
    );
  }
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  const identity = Number.isInteger(pid) && pid > 0 ? identify(pid) : undefined;
  if (!identity) return;
  if (workingDirectory(pid) === data) await end(identity, 'SIGINT');
  else rmSync(lock);
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
