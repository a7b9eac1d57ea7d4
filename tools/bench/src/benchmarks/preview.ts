import { join } from 'node:path';
import { type Endpoints, freePortBase, startStack } from '@sekisho/stack';
import { Pool } from 'undici';
import { KNOWN } from '../facts.js';
import type { Bench, Benchmark, Figure } from '../figure.js';
import { closedLoop, type Loaded, together } from '../load/closed-loop.js';
import { tokenFor } from '../load/token.js';
import { p99 } from '../statistics.js';
import { startRoute } from './other-route.js';

const CONNECTIONS = 64;
const ROUNDS = 3;
const ROUND_MS = 6_000;
const WARM_UP_MS = 8_000;

const bodies = KNOWN.map((facts) => JSON.stringify({ facts }));

/** Previews at one origin, each connection with one at a time. */
async function load(endpoints: Endpoints, origin: string, milliseconds: number): Promise<Loaded> {
  const { token } = await tokenFor(endpoints, 'analyst-1');
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
  let next = 0;
  try {
    return await closedLoop(CONNECTIONS, milliseconds, async () => {
      const { statusCode, body } = await pool.request({
        path: '/v1/determination-previews',
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: bodies[(next += 1) % bodies.length]!,
      });
      await body.dump({ limit: 1024 * 1024 });
      if (statusCode !== 200) throw new Error(`${origin} answered a preview with ${statusCode}`);
    });
  } finally {
    await pool.close();
  }
}

async function measure({ tell, root, folder }: Bench): Promise<Figure[]> {
  const directory = join(folder, 'preview');
  const settings = { portBase: await freePortBase() };
  tell('starting classification alone, and an empty route of the same framework');
  const stack = await startStack({ root, directory, settings, services: ['classification'] });
  try {
    const { endpoints } = stack;
    const empty = await startRoute('empty', directory, endpoints, undefined, 'classification');
    try {
      const origins = { preview: endpoints.classification, empty: empty.url };
      tell('warming up');
      for (const origin of Object.values(origins)) await load(endpoints, origin, WARM_UP_MS);
      const loads = { preview: [] as Loaded[], empty: [] as Loaded[] };
      for (let round = 1; round <= ROUNDS; round += 1) {
        tell(`round ${round} of ${ROUNDS}`);
        for (const way of ['empty', 'preview'] as const) loads[way].push(await load(endpoints, origins[way], ROUND_MS));
      }
      const [previews, nothing] = [together(loads.preview), together(loads.empty)];
      return [
        { name: `an empty route, ${CONNECTIONS} connections`, value: rate(nothing), unit: '1/s' },
        { name: 'previews with their reasons', value: rate(previews), unit: '1/s' },
        { name: 'previews, p99', value: p99(previews.took), unit: 'ms' },
        {
          name: 'previews, share of the empty route',
          value: rate(previews) / rate(nothing),
          unit: '',
          aim: { atLeast: 0.7 },
        },
      ];
    } finally {
      await empty.stop();
    }
  } finally {
    await stack.stop();
  }
}

const rate = ({ done, seconds }: Loaded): number => done / seconds;

export const previewBenchmark: Benchmark = {
  name: 'preview',
  title: 'POST /v1/determination-previews beside an empty route of the same framework',
  run: measure,
};
