import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Agency, Caller, readEndpoints, type Stage, Turns } from '@sekisho/demo';
import type { Bench, Benchmark, Figure } from '../figure.js';
import { background } from '../load/background.js';
import { ReportSource } from '../load/report-source.js';
import { median, p99 } from '../statistics.js';
import { type Prepared, prepare, timeToOrder, timeToVisible } from './course-of-a-case.js';

const REPORTS = 100;
const ORDERS = 25;
const PREPARED_AT_ONCE = 4;
const PER_SECOND = 100;
const LONGEST_LOAD_MS = 120_000;
const SETTLE_MS = 2_000;

async function several<Value>(count: number, one: (index: number) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (let index = 0; index < count; index += 1) values.push(await one(index));
  return values;
}

async function measure(bench: Bench): Promise<Figure[]> {
  const { directory } = await bench.platform();
  const at = await readEndpoints(join(directory, 'endpoints.json'));
  const run = Date.now().toString(36);
  const arrived = new Map<string, number>();
  const connect = (name: 'npa' | 'sdf'): Promise<Agency> =>
    Agency.connect(at, name, {
      group: `bench-${run}`,
      received: ({ type, incidentId }) => {
        if (type === 'order-issued.v1') arrived.set(incidentId, performance.now());
      },
    });
  const [npa, sdf] = await Promise.all([connect('npa'), connect('sdf')]);
  const stage: Stage = { at, call: new Caller(at), council: new Turns(), agencies: { npa, sdf } };
  try {
    bench.tell(`bringing ${2 * ORDERS} cases to where one safeguard is missing`);
    const prepared: Prepared[] = [];
    const next = async (lane: number): Promise<void> => {
      for (let each = lane; each < 2 * ORDERS; each += PREPARED_AT_ONCE)
        prepared.push(await prepare(stage, `bench-${run}-${each}`));
    };
    await Promise.all(Array.from({ length: PREPARED_AT_ONCE }, (_, lane) => next(lane)));
    const reports = await ReportSource.of(`latency-${run}`);
    const round = async (when: string, note?: string): Promise<Figure[]> => {
      bench.tell(when);
      const visible = await several(REPORTS, () => timeToVisible(stage, reports.next()));
      const orders = await several(ORDERS, () => timeToOrder(stage, prepared.pop()!, arrived));
      return figuresOf(when, visible, orders, note);
    };
    const rest = await round('at rest');
    const load = await background(directory, PER_SECOND, LONGEST_LOAD_MS);
    await pause(SETTLE_MS);
    const under = await round(`at ${PER_SECOND} reports a second`);
    const { perSecond, failed } = await load.stop();
    if (failed > 0) throw new Error(`${failed} reports of the load were not accepted`);
    const kept = { name: 'load that was kept up', value: perSecond, unit: '1/s', aim: { atLeast: 0.95 * PER_SECOND } };
    return [...rest, ...under, kept];
  } finally {
    await Promise.all([npa.stop(), sdf.stop()]);
  }
}

function figuresOf(
  when: string,
  visible: readonly number[],
  orders: readonly { readonly whole: number; readonly issued: number }[],
  note?: string,
): Figure[] {
  const both = (name: string, samples: readonly number[]): Figure[] => [
    { name: `${name}, ${when}, median`, value: median(samples), unit: 'ms', ...(note && { note }) },
    { name: `${name}, ${when}, p99`, value: p99(samples), unit: 'ms', note: `${samples.length} samples` },
  ];
  return [
    ...both('report accepted → incident visible', visible),
    ...both(
      'last safeguard → order with the agency',
      orders.map(({ whole }) => whole),
    ),
    ...both(
      'of that, issuance → order with the agency',
      orders.map(({ issued }) => issued),
    ),
  ];
}

export const latencyBenchmark: Benchmark = {
  name: 'latency',
  title: 'how long people and agencies wait, at rest and under load',
  run: measure,
};
