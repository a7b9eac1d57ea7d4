import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Endpoints, freePortBase, startStack } from '@sekisho/stack';
import type { Bench, Benchmark, Figure } from '../figure.js';
import { tokenFor } from '../load/token.js';
import { most, resident } from '../memory.js';
import { median } from '../statistics.js';
import { storedCases } from '../stored-cases.js';

const CASES = 100_000;
const ROUNDS = 3;
const LOOK_MS = 100;

/** Calls classification as an analyst. */
async function analyst(endpoints: Endpoints) {
  const { token } = await tokenFor(endpoints, 'analyst-1');
  return async <Body>(path: string, body?: object): Promise<Body> => {
    const answer = await fetch(`${endpoints.classification}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
    return (await answer.json()) as Body;
  };
}

interface Replay {
  readonly replayId: string;
  readonly state: string;
  readonly done: number;
  readonly changed: number;
}

async function measure({ tell, root, folder }: Bench): Promise<Figure[]> {
  tell('starting classification alone');
  const settings = { portBase: await freePortBase() };
  const stack = await startStack({ root, directory: join(folder, 'replay'), settings, services: ['classification'] });
  try {
    const { endpoints } = stack;
    const { pid } = stack.process('classification')!;
    tell(`${CASES.toLocaleString('en')} cases stored`);
    await storedCases(endpoints.postgres, CASES);
    const call = await analyst(endpoints);
    const took: number[] = [];
    const growth: number[] = [];
    let share = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      tell(`replay ${round} of ${ROUNDS}`);
      const before = resident(pid);
      const work = async (): Promise<void> => {
        const begun = performance.now();
        const asked = { from: 'acd-2025-12-draft', to: 'acd-2026-10' };
        let replay = await call<Replay>('/v1/guideline-replays', asked);
        while (replay.state !== 'FINISHED') {
          await pause(LOOK_MS);
          replay = await call<Replay>(`/v1/guideline-replays/${replay.replayId}`);
        }
        if (replay.done !== CASES) throw new Error(`${replay.done} of ${CASES} cases were gone through`);
        took.push((performance.now() - begun) / 1000);
        share = replay.changed / replay.done;
      };
      growth.push((await most(pid, work)) - before);
    }
    return [
      {
        name: `${CASES.toLocaleString('en')} cases under another version`,
        value: median(took),
        unit: 's',
        aim: { atMost: 30 },
      },
      { name: 'share of them that change', value: share, unit: '' },
      { name: 'growth of memory meanwhile, after the first', value: Math.max(...growth.slice(1)), unit: 'MiB' },
    ];
  } finally {
    await stack.stop();
  }
}

export const replayBenchmark: Benchmark = {
  name: 'replay',
  title: `${CASES} stored cases under another version of the guideline`,
  run: measure,
};
