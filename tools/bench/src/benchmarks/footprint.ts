import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Benchmark, Figure } from '../figure.js';
import { background } from '../load/background.js';
import { memoryOf, processorTimeOf } from '../processes.js';

const PER_SECOND = 100;
const WARM_UP_MS = 10_000;
const LOAD_MS = 20_000;
const AIM_MIB = 2_560;

async function measure(bench: Bench): Promise<Figure[]> {
  const { directory } = await bench.platform();
  bench.tell(`${PER_SECOND} reports a second for ${(WARM_UP_MS + LOAD_MS) / 1000} s`);
  const load = await background(directory, PER_SECOND, WARM_UP_MS + LOAD_MS);
  await pause(WARM_UP_MS);
  const before = processorTimeOf(directory);
  await pause(LOAD_MS);
  const after = processorTimeOf(directory);
  const { perSecond } = await load.stop();
  const reports = perSecond * (LOAD_MS / 1000);
  const parts = memoryOf(directory);
  const total = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0);
  const shares = parts.map(({ pss }) => pss);
  const resident = total(parts.map(({ rss }) => rss));
  const proportional = shares.includes(undefined) ? undefined : total(shares as number[]);
  return [
    ...parts.map(({ name, rss, pss }) =>
      pss === undefined
        ? { name, value: rss, unit: 'MiB', note: 'RSS' }
        : { name, value: pss, unit: 'MiB', note: 'PSS' },
    ),
    {
      name: 'the whole platform',
      value: proportional ?? resident,
      unit: 'MiB',
      aim: { atMost: AIM_MIB },
      note: proportional === undefined ? 'RSS' : 'PSS',
    },
    ...(proportional === undefined ? [] : [{ name: 'the whole platform', value: resident, unit: 'MiB', note: 'RSS' }]),
    ...[...after].map(([name, time]) => ({
      name: `processor time for a report, ${name}`,
      value: (time - before.get(name)!) / reports,
      unit: 'ms',
      note: `at ${perSecond.toFixed(0)} reports a second`,
    })),
  ];
}

export const footprintBenchmark: Benchmark = {
  name: 'footprint',
  title: 'memory of each process of the platform, and what a report costs it in processor time',
  run: measure,
};
