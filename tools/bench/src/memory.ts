import { readFileSync } from 'node:fs';

const LOOK_MS = 50;

/** Resident memory of a process, in MiB, as Linux tells it. */
export function resident(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

/** The most that a process has in memory while `work` runs, in MiB. */
export async function most(pid: number, work: () => Promise<void>): Promise<number> {
  let highest = resident(pid);
  const looking = setInterval(() => (highest = Math.max(highest, resident(pid))), LOOK_MS);
  await work().finally(() => clearInterval(looking));
  return highest;
}
