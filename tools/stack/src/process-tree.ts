import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from './process-identity.js';

export interface TreeProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** KiB. */
  readonly rss: number;
}

export function allProcesses(): TreeProcess[] {
  const ask = (): string => execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,rss='], { encoding: 'utf8' });
  let text: string;
  try {
    text = ask();
  } catch {
    // Ctrl-C reaches it as well, which is no answer.
    text = ask();
  }
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, group = 0, rss = 0]) => ({ pid, parent, group, rss }));
}

/** Numbers of all that these have started, and that those have started, and so on. */
export function descendantsOf(pids: Iterable<number>, all: readonly TreeProcess[]): number[] {
  const found = new Set(pids);
  const given = found.size;
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return [...found].slice(given);
}

/**
 * Ends everything that descends from this process. Asked are those whom Ctrl-C at a terminal would reach, and those at the top: who starts
 * others in groups of their own knows in which order they are to end. What loses its parent meanwhile is at the top then; what has not
 * gone in so many milliseconds is killed.
 */
export async function endDescendants(milliseconds: number): Promise<void> {
  const known = new Map<number, ProcessIdentity>();
  const asked = new Set<number>();
  for (const end = Date.now() + milliseconds; ; await pause(100)) {
    const all = allProcesses();
    const places = new Map(all.map((each) => [each.pid, each]));
    const own = places.get(process.pid)?.group;
    for (const pid of [...known.keys(), ...descendantsOf([process.pid, ...known.keys()], all)]) {
      const identity = known.get(pid) ?? identify(pid);
      if (identity && isRunning(identity)) known.set(pid, identity);
      else known.delete(pid);
    }
    if (known.size === 0) return;
    if (Date.now() > end) break;
    for (const pid of known.keys()) {
      const place = places.get(pid);
      if (!place || asked.has(pid) || (known.has(place.parent) && place.group !== own)) continue;
      asked.add(pid);
      // Not SIGTERM: PostgreSQL would wait for everybody to leave.
      signal(pid, 'SIGINT');
    }
  }
  for (const pid of known.keys()) signal(pid, 'SIGKILL');
}

/** Kills everything that descends from this process, without a word. */
export function killDescendants(): void {
  for (const pid of descendantsOf([process.pid], allProcesses())) signal(pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}
