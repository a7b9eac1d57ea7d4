import { transactionLimits, type TransactionalDatabase } from '@sekisho/persistence';
import type { Clock, Logger, MessagingMetrics } from './ports.js';

export interface WatchOptions {
  readonly database: TransactionalDatabase;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics?: Pick<MessagingMetrics, 'held'>;
}

const WAIT_ALARM_MS = 10 * 60_000;
const STATES = ['WAITING', 'PARKED', 'HELD', 'RELEASED', 'OVERDUE'];

interface Count {
  readonly state: string;
  readonly count: number;
}

interface Late {
  readonly id: string;
  readonly topic: string;
  readonly depends_on: string;
}

/** Counts what is kept aside, and raises an alarm, once per process, for each message that has waited for more than ten minutes. */
export async function watchOpen(
  { database, clock, logger, metrics }: WatchOptions,
  alarmed: Set<string>,
): Promise<void> {
  const before = new Date(clock.now().getTime() - WAIT_ALARM_MS).toISOString();
  const { counts, late } = await database.$transaction(
    async (tx) => ({
      counts: await tx.$queryRawUnsafe<Count[]>(
        `SELECT state, count(*)::int AS count FROM parked WHERE state IN ('WAITING', 'PARKED', 'HELD', 'RELEASED') GROUP BY state`,
      ),
      late: await tx.$queryRawUnsafe<Late[]>(
        `SELECT id::text AS id, topic, depends_on FROM parked WHERE state = 'WAITING' AND changed_at < $1::timestamptz ORDER BY parked.id`,
        before,
      ),
    }),
    transactionLimits,
  );
  const found = new Map([
    ...counts.map(({ state, count }) => [state, count] as const),
    ['OVERDUE', late.length] as const,
  ]);
  for (const state of STATES) metrics?.held.set({ state }, found.get(state) ?? 0);
  for (const id of alarmed) if (!late.some((row) => row.id === id)) alarmed.delete(id);
  for (const { id, topic, depends_on: dependsOn } of late) {
    if (alarmed.has(id)) continue;
    alarmed.add(id);
    logger.error({ parkedId: id, topic, dependsOn }, 'message has waited for more than ten minutes for another');
  }
}
