import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '@sekisho/messaging';
import type { Logger } from '@sekisho/observability';
import { isTransient } from '@sekisho/persistence';

const FIRST_BACK_OFF_MS = 250;
const LONGEST_BACK_OFF_MS = 5_000;

/**
 * What a start needs of the database, as soon as it answers: after a power cut nobody says in which order machines come back. Whatever
 * another try would not mend ends the start.
 */
export async function whenDatabaseAnswers<Result>(logger: Logger, work: () => Promise<Result>): Promise<Result> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error)) throw error;
      logger.warn({ err: error, failures }, 'the database does not answer; the start goes on when it does');
      await pause(backOff(failures, FIRST_BACK_OFF_MS, LONGEST_BACK_OFF_MS));
    }
  }
}
