import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process as it can be found again after its parent was killed. A number alone is not enough: the system gives it to
 * another process sooner or later, so the time at which the process began is part of its identity.
 */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

/** The fields of `/proc/<pid>/stat` after the name, which is in parentheses and may itself hold spaces and parentheses. */
export function parseStat(stat: string): { state: string; group: number; ticks: string } | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, , group] = fields;
  const ticks = fields[19];
  return state && group && ticks ? { state, group: Number(group), ticks } : undefined;
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** When the process began, in a form that only serves to be compared; undefined when it is not there (or only a zombie). */
export function startTime(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      // Ticks count from boot: the same number means another moment after a reboot.
      return !stat || stat.state === 'Z' ? undefined : `${bootId()}:${stat.ticks}`;
    } catch {
      return undefined;
    }
  }
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
      }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = startTime(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isSame(identity: ProcessIdentity, found: string | undefined): boolean {
  return found !== undefined && found === identity.startedAt;
}

export function isRunning(identity: ProcessIdentity): boolean {
  return isSame(identity, startTime(identity.pid));
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}

async function gone(identity: ProcessIdentity, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (isRunning(identity)) {
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/**
 * Ends a process that leads its own group: asks first, kills the whole group when it has not gone in time. Does nothing
 * to a process that merely has the same number.
 */
export async function end(
  identity: ProcessIdentity,
  signal: NodeJS.Signals = 'SIGTERM',
  patience = 15_000,
): Promise<void> {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch {
    return;
  }
  if (await gone(identity, patience)) {
    signalGroup(identity.pid, 'SIGKILL');
    return;
  }
  signalGroup(identity.pid, 'SIGKILL');
  await gone(identity, 5_000);
}
