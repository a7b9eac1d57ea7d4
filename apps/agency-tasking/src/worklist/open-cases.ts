import type { DeterminationBody, ScopeBody } from '@sekisho/contracts';
import { Prisma } from '../generated/prisma/client.js';
import type { Tx } from '../database.js';
import type { JudgedCase } from '../cases/judged-case.js';

/** A case with a confirmed scope whose window is not over, and for which an executor of the scope has no order yet. */
export type OpenCase = Pick<
  JudgedCase,
  'incidentId' | 'scopeDigest' | 'determination' | 'scope' | 'lapsed' | 'contested'
> & {
  /** End of the scope's window. */
  readonly ends: Date;
};

/** Where a case stands in the list. */
export interface Place {
  readonly ends: string;
  readonly incidentId: string;
}

interface Row {
  readonly incidentId: string;
  readonly scopeDigest: string;
  readonly determination: DeterminationBody;
  readonly scope: ScopeBody;
  readonly ends: Date;
  readonly lapsed: string | null;
  readonly contested: string[] | null;
}

/** The first `take` of them behind a place, what ends first before the rest. `at` is RFC 3339. */
export async function openCases(tx: Tx, at: string, after: Place | undefined, take: number): Promise<OpenCase[]> {
  const behind =
    after === undefined
      ? Prisma.sql`true`
      : Prisma.sql`(w.ends, c.incident_id) > (${after.ends}::timestamptz, ${after.incidentId}::uuid)`;
  const rows = await tx.$queryRaw<Row[]>`
    WITH latest AS (SELECT DISTINCT ON (incident_id) * FROM confirmed_scope ORDER BY incident_id, position DESC)
    SELECT c.incident_id::text AS "incidentId", c.scope_digest AS "scopeDigest", c.scope, w.ends,
           coalesce(f.determination, c.determination) AS determination, l.reason AS lapsed, t.facts AS contested
      FROM latest c
      CROSS JOIN LATERAL (SELECT (c.scope #>> '{measure,notAfter}')::timestamptz AS ends) w
      LEFT JOIN LATERAL (SELECT determination FROM later_facts
                          WHERE incident_id = c.incident_id AND digest = c.digest ORDER BY version DESC LIMIT 1) f ON true
      LEFT JOIN LATERAL (SELECT reason FROM scope_lapse WHERE scope_digest = c.scope_digest LIMIT 1) l ON true
      CROSS JOIN LATERAL (SELECT array_agg(DISTINCT fact) AS facts FROM fact_contest
                           WHERE incident_id = c.incident_id
                             AND NOT EXISTS (SELECT 1 FROM fact_contest_settlement s WHERE s.contest_id = fact_contest.contest_id)) t
     WHERE w.ends > ${at}::timestamptz AND ${behind}
       AND EXISTS (SELECT 1 FROM jsonb_array_elements(c.scope -> 'servers') server
                    WHERE NOT EXISTS (SELECT 1 FROM tasking_order o
                                       WHERE o.scope_digest = c.scope_digest AND o.executor = server ->> 'executor'
                                         AND o.state NOT IN ('DRAFT', 'REVOKED')))
     ORDER BY w.ends, c.incident_id LIMIT ${take}`;
  return rows.map(({ contested, ...row }) => ({ ...row, contested: contested ?? [] }));
}
