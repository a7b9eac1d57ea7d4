import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePortBase, startStack } from '@sekisho/stack';
import type { Bench, Benchmark, Figure } from '../figure.js';
import { closedLoop, type Loaded, together } from '../load/closed-loop.js';
import { Partner } from '../load/partner.js';
import { ReportSource } from '../load/report-source.js';
import { rowsOf } from '../rows.js';
import { median, p99 } from '../statistics.js';
import { startBare } from './bare.js';

const CONNECTIONS = [1, 16, 128];
const ROUNDS = 3;
const ROUND_MS = 2_500;
const WARM_UP_MS = 2_000;

/** Waits until intake has nothing more to send: what one round leaves behind must not slow the next. */
async function drained(postgres: string): Promise<void> {
  const open = 'SELECT count(*)::int AS events FROM outbox WHERE sent_at IS NULL';
  while ((await rowsOf<{ events: number }>(postgres, 'intake', open))[0]!.events > 0) await pause(100);
}

async function measure({ tell, root, folder }: Bench): Promise<Figure[]> {
  const directory = join(folder, 'intake');
  const settings = { portBase: await freePortBase() };
  tell('starting incident-intake alone, and the same route without storage');
  const stack = await startStack({ root, directory, settings, services: ['incident-intake'] });
  const bare = await startBare(directory, stack.endpoints).catch(async (error: unknown) => {
    await stack.stop();
    throw error;
  });
  try {
    const { endpoints } = stack;
    const reports = await ReportSource.of('intake');
    const load = async (url: string, connections: number, milliseconds: number): Promise<Loaded> => {
      const partner = new Partner(endpoints, url, connections, reports);
      try {
        await partner.ready();
        return await closedLoop(connections, milliseconds, async () => {
          const status = await partner.report();
          if (status !== 202) throw new Error(`${url} answered a report with ${status}`);
        });
      } finally {
        await partner.close();
      }
    };
    const figures: Figure[] = [];
    for (const url of [bare.url, endpoints.intake]) await load(url, 16, WARM_UP_MS);
    for (const connections of CONNECTIONS) {
      tell(`${connections} connections`);
      const durable: Loaded[] = [];
      const without: Loaded[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        await drained(endpoints.postgres);
        without.push(await load(bare.url, connections, ROUND_MS));
        durable.push(await load(endpoints.intake, connections, ROUND_MS));
      }
      figures.push(...figuresOf(connections, together(durable), together(without)));
    }
    return figures;
  } finally {
    await bare.stop();
    await stack.stop();
  }
}

function figuresOf(connections: number, durable: Loaded, without: Loaded): Figure[] {
  const over = `${connections} connection${connections === 1 ? '' : 's'}`;
  const rate = ({ done, seconds }: Loaded): number => done / seconds;
  return [
    { name: `durable, ${over}`, value: rate(durable), unit: '1/s' },
    { name: `without storage, ${over}`, value: rate(without), unit: '1/s' },
    { name: `share of the route without storage, ${over}`, value: rate(durable) / rate(without), unit: '' },
    { name: `durable, ${over}, median`, value: median(durable.took), unit: 'ms' },
    { name: `durable, ${over}, p99`, value: p99(durable.took), unit: 'ms' },
  ];
}

export const intakeBenchmark: Benchmark = {
  name: 'intake',
  title: 'durable reports, beside the same route without storage',
  run: measure,
};
