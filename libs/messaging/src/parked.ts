import type { Actor } from '@sekisho/contracts';
import type { Transaction } from '@sekisho/persistence';
import type { Clock } from './ports.js';
import { OPEN, type ParkedState } from './parked-store.js';

/** A message kept aside, as an operator sees it: its payload stays in the table. */
export interface ParkedMessage {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly eventId: string | null;
  readonly type: string | null;
  readonly state: ParkedState;
  readonly error: string | null;
  readonly dependsOn: string | null;
  readonly parkedAt: string;
  readonly changedAt: string;
  readonly changedBy: string;
}

/** What operators do with messages that wait, are parked, or are held behind one that is. The consumer notices within seconds. */
export class ParkedMessages {
  constructor(private readonly clock: Clock) {}

  /** Open ones, oldest first. `cursor` is the id of the last one that was seen. */
  list(
    tx: Transaction,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<ParkedMessage[]> {
    const time = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    return tx.$queryRawUnsafe<ParkedMessage[]>(
      `SELECT id::text AS id, topic, partition, parked."offset"::text AS "offset", key, event_id AS "eventId", type, state, error,
              depends_on AS "dependsOn", ${time('parked_at')} AS "parkedAt", ${time('changed_at')} AS "changedAt",
              changed_by AS "changedBy"
         FROM parked WHERE state IN ${OPEN} AND ($1::uuid IS NULL OR parked.id > $1::uuid)
        ORDER BY parked.id LIMIT $2::int`,
      page.cursor ?? null,
      page.limit,
    );
  }

  /** Has a parked message tried again, or one that waits go on without what it waits for. False where it is neither. */
  async release(tx: Transaction, id: string, by: Actor, reason?: string): Promise<boolean> {
    const changed = await tx.$executeRawUnsafe(
      `UPDATE parked SET state = 'RELEASED', wait_waived = wait_waived OR state = 'WAITING', changed_by = $2::text,
                         changed_at = $3::timestamptz, reason = $4::text
        WHERE id = $1::uuid AND state IN ('PARKED', 'WAITING')`,
      id,
      nameOf(by),
      this.clock.now().toISOString(),
      reason ?? null,
    );
    return changed === 1;
  }

  /** Gives a message up for good; what it held goes on, what depends on it goes on waiting. False where it is not open. */
  async discard(tx: Transaction, id: string, by: Actor, reason: string): Promise<boolean> {
    const changed = await tx.$executeRawUnsafe(
      `UPDATE parked SET state = 'DISCARDED', changed_by = $2::text, changed_at = $3::timestamptz, reason = $4::text
        WHERE id = $1::uuid AND state IN ${OPEN}`,
      id,
      nameOf(by),
      this.clock.now().toISOString(),
      reason,
    );
    return changed === 1;
  }
}

const nameOf = ({ issuer, subject, person }: Actor): string => `${person} (${issuer}#${subject})`;
