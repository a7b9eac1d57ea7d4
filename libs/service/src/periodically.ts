import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '@sekisho/messaging';

const LONGEST_BACK_OFF_MS = 30_000;

/**
 * Does `work` again and again, `interval` milliseconds apart, until `signal` ends it; sooner, and with growing patience, after a failure.
 * All that it must not forget stands in the database: here is no more than when to look again.
 */
export async function periodically(
  interval: number,
  signal: AbortSignal,
  work: () => Promise<unknown>,
  failed: (error: unknown, failures: number) => void,
): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    try {
      await work();
      failures = 0;
    } catch (error) {
      failures += 1;
      failed(error, failures);
    }
    const wait = failures === 0 ? interval : backOff(failures, Math.min(interval, 1_000), LONGEST_BACK_OFF_MS);
    await pause(wait, undefined, { signal }).catch(() => undefined);
  }
}

/** Does `step` until it finds less than `size` to do, or `signal` ends it; answers how much was done in all. */
export async function inBatches(size: number, signal: AbortSignal, step: () => Promise<number>): Promise<number> {
  let all = 0;
  for (let done = size; done === size && !signal.aborted;) {
    done = await step();
    all += done;
  }
  return all;
}
