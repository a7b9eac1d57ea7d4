import type { AnyNewEvent } from '@sekisho/messaging';
import { onDuty, type Tx } from '../database.js';
import type { Applies } from './clock.js';
import { written } from './japan-time.js';

const TOPIC = 'intake.reports.v1';

/** A clock of which there is something to tell. */
export interface DueClock {
  readonly reportId: string;
  readonly organisation: string;
  readonly mandatory: boolean;
  readonly regime: string;
  readonly kind: string;
  readonly applies: Applies;
  readonly dueAt: Date;
  readonly metAt: Date | null;
}

/**
 * At most `limit` clocks of which something is to be told by `at`, those that end first before the others, held for this transaction
 * with the locks of their reports. What another instance holds, or whoever is writing to the report, is left for the next time: so
 * nobody waits here, and nobody in a circle.
 */
export async function takeDue(tx: Tx, at: Date, limit: number): Promise<DueClock[]> {
  await onDuty(tx, 'clock-sweep');
  const rows = await tx.$queryRaw<(DueClock & { locked: boolean })[]>`
    WITH due AS MATERIALIZED (
      SELECT report_id, organisation_id, mandatory, regime, kind, applies, due_at, met_at
        FROM report_clock
       WHERE wakes_at < ${at.toISOString()}::timestamptz
       ORDER BY due_at, report_id, regime, kind
       LIMIT ${limit}
         FOR UPDATE SKIP LOCKED
    )
    SELECT report_id AS "reportId", organisation_id AS organisation, mandatory, regime, kind, applies, due_at AS "dueAt", met_at AS "metAt",
           pg_try_advisory_xact_lock(hashtextextended(report_id::text, 0)) AS locked
      FROM due
     ORDER BY due_at, report_id, regime, kind`;
  return rows.filter(({ locked }) => locked);
}

export const isMissed = ({ dueAt }: DueClock, at: Date): boolean => dueAt < at;

/** Writes down what is told of these clocks, so that it is told once: that they were missed, or else that they are near. */
export async function markTold(tx: Tx, clocks: readonly DueClock[], at: Date): Promise<void> {
  const missed = clocks.map((clock) => isMissed(clock, at));
  await tx.$executeRaw`
    UPDATE report_clock AS clock
       SET near_told_at = CASE WHEN told.missed THEN clock.near_told_at ELSE ${at.toISOString()}::timestamptz END,
           missed_told_at = CASE WHEN told.missed THEN ${at.toISOString()}::timestamptz END
      FROM unnest(${clocks.map(({ reportId }) => reportId)}::uuid[], ${clocks.map(({ regime }) => regime)}::text[],
                  ${clocks.map(({ kind }) => kind)}::text[], ${missed}::boolean[]) AS told (report_id, regime, kind, missed)
     WHERE clock.report_id = told.report_id AND clock.regime = told.regime AND clock.kind = told.kind`;
}

/** What others are told of a clock at a time. */
export function eventOf(clock: DueClock, at: Date): AnyNewEvent {
  const { reportId, organisation, mandatory, regime, kind, applies, metAt } = clock;
  const data = {
    reportId,
    organisation,
    basis: mandatory ? ('MANDATORY' as const) : ('VOLUNTARY' as const),
    regime,
    kind,
    applies,
    dueAt: written(clock.dueAt.getTime()),
  };
  const event = { topic: TOPIC, key: reportId, subject: reportId } as const;
  return isMissed(clock, at)
    ? { ...event, type: 'deadline-missed.v1', data: { ...data, metAt: metAt?.toISOString() ?? null } }
    : { ...event, type: 'deadline-approaching.v1', data };
}
