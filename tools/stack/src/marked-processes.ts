import { readdirSync, readFileSync } from 'node:fs';
import { end, identify, type ProcessIdentity } from './process-identity.js';

/** The environment variable by which every process of a stack names its state folder. */
export const MARK = 'SEKISHO_STACK';

/**
 * Every process that bears the folder's mark, for when the list of them is lost. Linux only: elsewhere a process does not
 * show its environment, and the port check says who is still there.
 */
export function markedProcesses(directory: string): ProcessIdentity[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .filter((pid) => environmentOf(pid).split('\0').includes(`${MARK}=${directory}`))
    .flatMap((pid) => identify(pid) ?? []);
}

/** Ends them. PostgreSQL's own processes bear the mark as well and go with their parent. */
export async function endMarked(directory: string): Promise<number[]> {
  const found = markedProcesses(directory);
  for (const identity of found) await end(identity, 'SIGINT', 10_000);
  return found.map(({ pid }) => pid);
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
