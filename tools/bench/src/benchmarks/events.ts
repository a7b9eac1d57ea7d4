import { setTimeout as pause } from 'node:timers/promises';
import { Outbox } from '@sekisho/messaging';
import { readEndpoints } from '@sekisho/stack';
import { uuidv7 } from 'uuidv7';
import type { Bench, Benchmark, Figure } from '../figure.js';
import { OutboxWriter } from '../outbox-writer.js';
import { rowsOf } from '../rows.js';

const EVENTS = 20_000;
const IN_ONE_TRANSACTION = 100;
const WRITERS = 2;
const LONGEST_MS = 120_000;
const DIGEST = `sha256:${'0'.repeat(64)}`;

const withheld = () => {
  const reportId = uuidv7();
  return {
    topic: 'intake.reports.v1',
    type: 'report-withheld.v1',
    key: reportId,
    subject: reportId,
    data: { reportId, receivedAt: new Date().toISOString(), digest: DIGEST },
  } as const;
};

/** Where the events pass, and what counts there. `$1` is the topic. */
const STAGES = [
  {
    name: 'outbox → broker',
    database: 'intake',
    counted: 'SELECT count(sent_at)::int AS events FROM outbox WHERE topic = $1',
  },
  {
    name: 'outbox → broker → inbox (classification)',
    database: 'classification',
    counted: 'SELECT count(*)::int AS events FROM inbox WHERE topic = $1',
  },
  {
    name: 'outbox → broker → inbox (oversight, recorded whole)',
    database: 'oversight',
    counted: 'SELECT count(*)::int AS events FROM inbox WHERE topic = $1',
  },
] as const;

async function measure(bench: Bench): Promise<Figure[]> {
  const { directory } = await bench.platform();
  const { postgres } = readEndpoints(directory)!;
  const count = async ({ database, counted }: (typeof STAGES)[number]): Promise<number> =>
    (await rowsOf<{ events: number }>(postgres, database, counted, ['intake.reports.v1']))[0]!.events;
  await settled(count);
  const before = await Promise.all(STAGES.map(count));
  const writer = await OutboxWriter.connect(
    postgres,
    'intake',
    WRITERS,
    new Outbox('/incident-intake', { now: () => new Date() }),
  );
  const took = STAGES.map(() => 0);
  bench.tell(`${EVENTS} events, ${IN_ONE_TRANSACTION} in one transaction`);
  const started = performance.now();
  try {
    const written = writer.write(EVENTS, IN_ONE_TRANSACTION, withheld);
    while (took.some((milliseconds) => milliseconds === 0)) {
      for (const [index, stage] of STAGES.entries()) {
        if (took[index] === 0 && (await count(stage)) - before[index]! >= EVENTS)
          took[index] = performance.now() - started;
      }
      if (performance.now() - started > LONGEST_MS) throw new Error('the events did not arrive in two minutes');
      await pause(50);
    }
    await written;
  } finally {
    await writer.end();
  }
  return STAGES.map(({ name }, index) => ({
    name,
    value: (1000 * EVENTS) / took[index]!,
    unit: '1/s',
    ...(name.includes('inbox') && { aim: { atLeast: 2_000 } }),
  }));
}

/** Waits until nothing moves any more that came before. */
async function settled(count: (stage: (typeof STAGES)[number]) => Promise<number>): Promise<void> {
  for (let last = ''; ;) {
    const now = (await Promise.all(STAGES.map(count))).join();
    if (now === last) return;
    last = now;
    await pause(1_000);
  }
}

export const eventsBenchmark: Benchmark = {
  name: 'events',
  title: `${EVENTS} events through one service's outbox into two services' inboxes`,
  run: measure,
};
