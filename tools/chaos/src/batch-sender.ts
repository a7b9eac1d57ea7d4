import { setTimeout as pause } from 'node:timers/promises';
import type { Caller, Report } from '@sekisho/demo';
import type { Memory } from './memory.js';
import type { Random } from './random.js';

interface Batch {
  readonly name: string;
  readonly client: string;
  readonly reports: readonly Report[];
  /** Milliseconds until it is given up. */
  readonly patience: number;
}

interface LineAnswer {
  readonly line: number;
  readonly status: number;
  readonly reportId?: string;
}

const AGAIN_AFTER_MS = 500;
/** Of ten batches so many are cut off by their sender, besides those that a fault cuts off. */
const CUT_OF_TEN = 5;

/** Sends a batch, cuts it off by chance, and sends it again under the same key until each line has an answer that is one. */
export async function sendBatch(
  call: Caller,
  { lines: remembered, heard }: Memory,
  chance: Random,
  url: string,
  { name, client, reports, patience }: Batch,
): Promise<void> {
  const lines = reports.map(({ externalId }) => ({
    batch: name,
    externalId,
    answers: [] as { status: number; reportId: string | null }[],
  }));
  remembered.push(...lines);
  const waits = (): boolean => lines.some(({ answers }) => !answers.some(({ status }) => status < 500));
  const text = reports.map((report) => `${JSON.stringify(report)}\n`).join('');
  const cutAfter = chance.between(1, 10) <= CUT_OF_TEN ? chance.between(0, lines.length - 1) : Infinity;
  let last = 'never';
  for (const until = Date.now() + patience; waits();) {
    if (Date.now() > until) throw new Error(`${name} has lines without an answer: ${last}`);
    const first = last === 'never';
    last = 'its answers ended';
    let read = 0;
    try {
      for await (const { line, status, ...body } of call.lines<LineAnswer>(client, url, text, {
        'idempotency-key': name,
      })) {
        lines[line - 1]?.answers.push({ status, reportId: body.reportId ?? null });
        // As if it had come alone; who is told in a line to come again is told no time.
        if (status < 500) heard({ client, method: 'POST', url, status, body, headers: new Headers(), took: 0 });
        read += 1;
        if (first && read > cutAfter) break;
      }
    } catch (error) {
      last = String(error);
    }
    await pause(AGAIN_AFTER_MS);
  }
}
