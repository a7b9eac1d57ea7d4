import { rowsOf } from './rows.js';

/** Cases of all kinds, most of them of a common one; each with two servers and a target. Times and digests are nobody's. */
const FILL = `
  WITH drawn AS MATERIALIZED (
    SELECT uuidv7() AS id, random() AS a, random() AS b, random() AS c, random() AS d, random() AS e, random() AS f, random() AS g
      FROM generate_series(1, $1::int)
  ), made AS MATERIALIZED (
    SELECT id, jsonb_build_object(
      'plannedActionAt', '2026-11-26T12:00:00+09:00',
      'measureContemplated', CASE WHEN a < 0.7 THEN 'TRUE' WHEN a < 0.8 THEN 'FALSE' ELSE 'UNKNOWN' END,
      'graveHarmUrgent', CASE WHEN b < 0.6 THEN 'TRUE' WHEN b < 0.8 THEN 'FALSE' ELSE 'UNKNOWN' END,
      'nationalSecurityImpact', CASE WHEN c < 0.4 THEN 'TRUE' WHEN c < 0.7 THEN 'FALSE' ELSE 'UNKNOWN' END,
      'communicationProtection', CASE WHEN d < 0.3 THEN 'TRUE' WHEN d < 0.7 THEN 'FALSE' ELSE 'UNKNOWN' END,
      'noTimeForPriorApproval', CASE WHEN e < 0.1 THEN 'TRUE' ELSE 'FALSE' END,
      'servers', jsonb_build_array(
        jsonb_build_object('ref', 's1', 'location', CASE WHEN f < 0.6 THEN 'OVERSEAS' WHEN f < 0.8 THEN 'DOMESTIC' ELSE 'UNKNOWN' END),
        jsonb_build_object('ref', 's2', 'location', CASE WHEN g < 0.6 THEN 'OVERSEAS' ELSE 'DOMESTIC' END)),
      'targets', jsonb_build_array(jsonb_build_object('ref', 't1', 'kind',
        CASE WHEN g < 0.6 THEN 'CRITICAL_INFRASTRUCTURE' WHEN g < 0.7 THEN 'GOVERNMENT' WHEN g < 0.8 THEN 'SDF' WHEN g < 0.9 THEN 'PRIVATE' ELSE 'UNKNOWN' END))
    ) AS facts FROM drawn
  ), opened AS (
    INSERT INTO incident (id, version, opened_at, recorded_by, correlation_id) SELECT id, 1, now(), 'bench', 'bench' FROM made
  )
  INSERT INTO determination (incident_id, version, digest, facts, determination, made_at, recorded_by, correlation_id)
  SELECT id, 1, digest, facts, jsonb_build_object('digest', digest, 'outcome', 'PROVISIONAL'), now(), 'bench', 'bench'
    FROM made, LATERAL (SELECT 'sha256:' || encode(sha256(id::text::bytea), 'hex') AS digest) d`;

/** Writes so many cases, with their determination alone, into classification's database. */
export async function storedCases(superuserUrl: string, cases: number): Promise<void> {
  await rowsOf(superuserUrl, 'classification', FILL, [cases]);
  await rowsOf(superuserUrl, 'classification', 'ANALYZE');
}
