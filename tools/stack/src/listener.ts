import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

const LISTEN = '0A';

/** The socket inodes that listen on a port, from the text of `/proc/net/tcp` or `tcp6`. */
export function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTEN)
    .flatMap((fields) => fields[9] ?? []);
}

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function holderOf(inodes: ReadonlySet<string>): string | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const folder = `/proc/${pid}/fd`;
    // Other users' processes do not show their files: they stay "another program".
    for (const descriptor of attempt(() => readdirSync(folder), [])) {
      const inode = /^socket:\[(\d+)\]$/.exec(attempt(() => readlinkSync(`${folder}/${descriptor}`), ''))?.[1];
      if (inode && inodes.has(inode)) return pid;
    }
  }
  return undefined;
}

function describe(pid: string): string {
  const command = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '')
    .split('\0')
    .join(' ')
    .trim();
  return `process ${pid} (${command.slice(0, 120) || 'unknown'})`;
}

/** Who listens on a port, as far as this user may see it. */
export function listenerOn(port: number): string {
  const unknown = 'another program';
  if (process.platform === 'linux') {
    const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => attempt(() => readFileSync(file, 'utf8'), ''));
    const pid = holderOf(new Set(tables.flatMap((table) => listeningInodes(table, port))));
    return pid ? describe(pid) : unknown;
  }
  const output = attempt(
    () => execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8', stdio: 'pipe' }),
    '',
  );
  const pid = /^p(\d+)/m.exec(output)?.[1];
  return pid ? `process ${pid} (${/^c(.+)/m.exec(output)?.[1] ?? 'unknown'})` : unknown;
}
