import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Endpoints, freePortBase, startStack } from '@sekisho/stack';
import type { Bench, Benchmark, Figure } from '../figure.js';
import { closedLoop, type Loaded, together } from '../load/closed-loop.js';
import { Partner } from '../load/partner.js';
import { ReportSource } from '../load/report-source.js';
import { inDatabase, rowsOf } from '../rows.js';
import { median, p99 } from '../statistics.js';
import { storedReports } from '../stored-reports.js';
import { startRoute } from './other-route.js';

const CONNECTIONS = [1, 16, 128];
const MANY = 128;
const STORED = 200_000;
const MANY_STORED = 1_000_000;
const READ = 500;
const ROUNDS = 3;
const ROUND_MS = 2_500;
/** Until all that a report goes through is compiled, in each way: what is compared is a service that has been up for a while. */
const WARM_UP_MS = 10_000;

/** Waits until intake has nothing more to send: what one round leaves behind must not slow the next. */
async function drained(postgres: string): Promise<void> {
  const open = 'SELECT count(*)::int AS events FROM outbox WHERE sent_at IS NULL';
  while ((await rowsOf<{ events: number }>(postgres, 'intake', open))[0]!.events > 0) await pause(100);
}

/** As the service's own role: the plain way is bound by the same rules. */
function asApp(postgres: string): string {
  const url = new URL(inDatabase(postgres, 'intake'));
  url.searchParams.set('options', '-c role=intake_app');
  return url.href;
}

interface Ways {
  readonly durable: string;
  readonly bare: string;
  readonly plain: string;
}

async function measure({ tell, root, folder }: Bench): Promise<Figure[]> {
  const directory = join(folder, 'intake');
  const settings = { portBase: await freePortBase() };
  tell('starting incident-intake alone, the same route without storage, and in the plain way');
  const stack = await startStack({ root, directory, settings, services: ['incident-intake'] });
  const others: { stop(): Promise<void> }[] = [];
  try {
    const { endpoints } = stack;
    const bare = await startRoute('bare', directory, endpoints);
    others.push(bare);
    const plain = await startRoute('plain', directory, endpoints, asApp(endpoints.postgres));
    others.push(plain);
    const figures = await compare({ durable: endpoints.intake, bare: bare.url, plain: plain.url }, endpoints, tell);
    return [...figures, ...(await withMany({ tell, root, folder }, endpoints))];
  } finally {
    for (const other of others) await other.stop();
    await stack.stop();
  }
}

type Load = (url: string, connections: number, milliseconds: number) => Promise<Loaded>;

/** Loads for one stack's routes, each with reports of its own. */
async function loadsOf(endpoints: Endpoints, run: string): Promise<Load> {
  const reports = await ReportSource.of(run);
  return async (url, connections, milliseconds) => {
    const partner = new Partner(endpoints, url, connections, reports);
    try {
      await partner.ready();
      await drained(endpoints.postgres);
      return await closedLoop(connections, milliseconds, async () => {
        const status = await partner.report();
        if (status !== 202) throw new Error(`${url} answered a report with ${status}`);
      });
    } finally {
      await partner.close();
    }
  };
}

async function compare(ways: Ways, endpoints: Endpoints, tell: Bench['tell']): Promise<Figure[]> {
  const load = await loadsOf(endpoints, 'intake');
  /** Each way in turn, so that what else the machine does falls on all of them. */
  const inTurn = async <Way extends keyof Ways>(connections: number, ...of: Way[]): Promise<Record<Way, Loaded>> => {
    const loads = Object.fromEntries(of.map((way) => [way, [] as Loaded[]])) as Record<Way, Loaded[]>;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const way of of) loads[way].push(await load(ways[way], connections, ROUND_MS));
    }
    return Object.fromEntries(of.map((way) => [way, together(loads[way])])) as Record<Way, Loaded>;
  };
  tell('warming up');
  for (const url of [ways.bare, ways.plain, ways.durable]) await load(url, MANY, WARM_UP_MS);
  const figures: Figure[] = [];
  for (const connections of CONNECTIONS) {
    tell(`${connections} connections`);
    figures.push(...figuresOf(connections, await inTurn(connections, 'bare', 'plain', 'durable')));
  }
  tell(`${MANY} connections, with ${STORED} reports stored`);
  await storedReports(endpoints.postgres, STORED);
  const { durable } = await inTurn(MANY, 'durable');
  const where = `${MANY} connections, ${STORED} stored`;
  figures.push(
    { name: `durable, ${where}`, value: rate(durable), unit: '1/s' },
    { name: `durable, ${where}, p99`, value: p99(durable.took), unit: 'ms', aim: { atMost: 250 } },
  );
  return figures;
}

/** With a million reports stored, beside another platform that has hardly any: in turn, since the machine is not the same from minute to minute. */
async function withMany(
  { tell, root, folder }: Pick<Bench, 'tell' | 'root' | 'folder'>,
  full: Endpoints,
): Promise<Figure[]> {
  const stored = MANY_STORED.toLocaleString('en');
  tell(`${stored} reports stored`);
  await storedReports(full.postgres, MANY_STORED);
  const settings = { portBase: await freePortBase() };
  const other = await startStack({ root, directory: join(folder, 'empty'), settings, services: ['incident-intake'] });
  try {
    const empty = other.endpoints;
    const loads = { full: await loadsOf(full, 'many'), empty: await loadsOf(empty, 'few') };
    await loads.empty(empty.intake, MANY, WARM_UP_MS);
    const [few, many]: [Loaded[], Loaded[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      few.push(await loads.empty(empty.intake, MANY, ROUND_MS));
      many.push(await loads.full(full.intake, MANY, ROUND_MS));
    }
    const where = `${stored} stored`;
    const [page, single] = await readers(full);
    return [
      { name: `durable, ${MANY} connections, ${where}`, value: rate(together(many)), unit: '1/s' },
      {
        name: `the same, share of one with few stored`,
        value: rate(together(many)) / rate(together(few)),
        unit: '',
        aim: { atLeast: 0.9 },
      },
      { name: `a page of the list, ${where}, p99 (${READ} reads)`, value: p99(page), unit: 'ms', aim: { atMost: 20 } },
      { name: `a report, ${where}, p99 (${READ} reads)`, value: p99(single), unit: 'ms', aim: { atMost: 20 } },
    ];
  } finally {
    await other.stop();
  }
}

/** Milliseconds of each page on the way through the list, and of reports from everywhere in it, one after the other. */
async function readers(endpoints: Endpoints): Promise<[page: number[], single: number[]]> {
  const partner = new Partner(endpoints, endpoints.intake, 1, await ReportSource.of('read'));
  await partner.ready();
  const timed = async <Answer>(into: number[], path: string): Promise<Answer> => {
    const begun = performance.now();
    const answer = await partner.read<Answer>(path);
    into.push(performance.now() - begun);
    return answer;
  };
  const [page, single]: [number[], number[]] = [[], []];
  try {
    await drained(endpoints.postgres);
    // The contacts of the copies do not open, and those of the plain way are not sealed.
    const sql = `SELECT id FROM report JOIN contact_key ON report_id = id WHERE external_id NOT LIKE 'stored %' ORDER BY random() LIMIT ${READ}`;
    for (const { id } of await rowsOf<{ id: string }>(endpoints.postgres, 'intake', sql)) {
      await timed(single, `/v1/reports/${id}`);
    }
    for (let next = ''; page.length < READ;) {
      const list = await timed<{ next: string | null }>(page, `/v1/reports${next}`);
      next = list.next === null ? '' : `?cursor=${encodeURIComponent(list.next)}`;
    }
  } finally {
    await partner.close();
  }
  return [page, single];
}

const rate = ({ done, seconds }: Loaded): number => done / seconds;

function figuresOf(connections: number, { durable, bare, plain }: Record<keyof Ways, Loaded>): Figure[] {
  const over = `${connections} connection${connections === 1 ? '' : 's'}`;
  const many = connections === MANY;
  return [
    { name: `durable, ${over}`, value: rate(durable), unit: '1/s' },
    { name: `without storage, ${over}`, value: rate(bare), unit: '1/s' },
    { name: `one transaction each, ${over}`, value: rate(plain), unit: '1/s' },
    {
      name: `share of the route without storage, ${over}`,
      value: rate(durable) / rate(bare),
      unit: '',
      ...(many && { aim: { atLeast: 0.6 } }),
    },
    {
      name: `times one transaction each, ${over}`,
      value: rate(durable) / rate(plain),
      unit: '',
      ...(many && { aim: { atLeast: 3 } }),
    },
    { name: `durable, ${over}, median`, value: median(durable.took), unit: 'ms' },
    {
      name: `durable, ${over}, p99`,
      value: p99(durable.took),
      unit: 'ms',
      ...(connections === 1 && { aim: { atMost: 15 } }),
    },
  ];
}

export const intakeBenchmark: Benchmark = {
  name: 'intake',
  title: 'durable reports, beside the same route without storage and with a transaction for each',
  run: measure,
};
