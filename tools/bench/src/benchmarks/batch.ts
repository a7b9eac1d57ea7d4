import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { freePortBase, startStack } from '@sekisho/stack';
import type { Bench, Benchmark, Figure } from '../figure.js';
import { Partner } from '../load/partner.js';
import { ReportSource } from '../load/report-source.js';
import { most, resident } from '../memory.js';
import { median } from '../statistics.js';

const LINES = 10_000;
const ROUNDS = 3;

async function measure({ tell, root, folder }: Bench): Promise<Figure[]> {
  const directory = join(folder, 'batch');
  const settings = { portBase: await freePortBase() };
  tell('starting incident-intake alone');
  const stack = await startStack({ root, directory, settings, services: ['incident-intake'] });
  try {
    const { endpoints } = stack;
    const { pid } = stack.process('incident-intake')!;
    const reports = await ReportSource.of('batch');
    const partner = new Partner(endpoints, endpoints.intake, 1, reports);
    await partner.ready();
    const send = async (): Promise<number> => {
      const lines = Array.from({ length: LINES }, () => `${reports.next()}\n`);
      const begun = performance.now();
      const statuses = await partner.batch(Readable.from(lines, { objectMode: false, highWaterMark: 65_536 }));
      if (statuses.length !== LINES || statuses.some((status) => status !== 202)) {
        throw new Error(`${statuses.filter((status) => status === 202).length} of ${LINES} lines were stored`);
      }
      return (LINES * 1000) / (performance.now() - begun);
    };
    tell('one batch to warm up');
    await send();
    const rates: number[] = [];
    const growth: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      tell(`batch ${round} of ${ROUNDS}`);
      await pause(2_000);
      const before = resident(pid);
      growth.push((await most(pid, async () => void rates.push(await send()))) - before);
    }
    await partner.close();
    return [
      { name: `a batch of ${LINES}, stored with receipts`, value: median(rates), unit: '1/s', aim: { atLeast: 3_000 } },
      { name: 'growth of memory meanwhile', value: Math.max(...growth), unit: 'MiB', aim: { atMost: 64 } },
    ];
  } finally {
    await stack.stop();
  }
}

export const batchBenchmark: Benchmark = {
  name: 'batch',
  title: `a batch of ${LINES} reports, and the memory that it takes`,
  run: measure,
};
