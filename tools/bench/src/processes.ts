import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allProcesses, type TreeProcess } from '@sekisho/stack';

/** What one part of the platform has in memory, with the processes that it has started itself. In MiB. */
export interface Memory {
  readonly name: string;
  /** Resident: what several processes share is counted in each. */
  readonly rss: number;
  /** Proportional: what is shared is divided among them. Undefined where the system does not tell. */
  readonly pss: number | undefined;
}

/** To which of the named processes each of all belongs: to the nearest among itself and those that it descends from. */
export function groupByName(
  all: readonly TreeProcess[],
  names: ReadonlyMap<number, string>,
): Map<string, TreeProcess[]> {
  const byPid = new Map(all.map((process) => [process.pid, process]));
  const groups = new Map<string, TreeProcess[]>([...names.values()].map((name) => [name, []]));
  for (const process of all) {
    for (let at: TreeProcess | undefined = process; at; at = at.parent === at.pid ? undefined : byPid.get(at.parent)) {
      const name = names.get(at.pid);
      if (name === undefined) continue;
      groups.get(name)!.push(process);
      break;
    }
  }
  return groups;
}

/** The processes of each part of the platform that runs from this folder, its head among them. */
function partsOf(directory: string): Map<string, TreeProcess[]> {
  const state = JSON.parse(readFileSync(join(directory, 'state.json'), 'utf8')) as {
    main: { pid: number };
    processes: { name: string; pid: number }[];
  };
  const named = [{ name: 'head of the stack', pid: state.main.pid }, ...state.processes];
  return groupByName(allProcesses(), new Map(named.map(({ name, pid }) => [pid, name])));
}

/** The memory of each part of the platform. */
export function memoryOf(directory: string): Memory[] {
  return [...partsOf(directory)].map(([name, processes]) => {
    const shares = processes.map(({ pid }) => proportional(pid));
    const pss = shares.includes(undefined) ? undefined : sum(shares as number[]) / 1024;
    return { name, rss: sum(processes.map(({ rss }) => rss)) / 1024, pss };
  });
}

/** Processor time that each part of the platform has taken so far, in milliseconds; empty where the system does not tell. */
export function processorTimeOf(directory: string): Map<string, number> {
  if (process.platform !== 'linux') return new Map();
  return new Map([...partsOf(directory)].map(([name, processes]) => [name, sum(processes.map(processorTime))]));
}

function processorTime({ pid }: TreeProcess): number {
  try {
    // The name in the second field may hold blanks and brackets; the fourteenth and fifteenth are ticks of a hundredth of a second.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** KiB; Linux tells it to whoever may look at the process. One that has just ended has none. */
function proportional(pid: number): number | undefined {
  try {
    const [, kib] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return kib === undefined ? undefined : Number(kib);
  } catch (error) {
    return ['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '') && process.platform === 'linux'
      ? 0
      : undefined;
  }
}
