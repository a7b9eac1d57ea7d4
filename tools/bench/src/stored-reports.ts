import { rowsOf } from './rows.js';

const AT_ONCE = 20_000;

const FILL = `
  WITH model AS (
    SELECT report.id AS of, report.organisation_id, forwarded, digest, content, warnings, receipt, report.recorded_by,
           report.correlation_id, sealed, master, wrapped, idempotency.principal, route, request_digest, status, headers, body
      FROM report JOIN report_revision ON report_id = id JOIN contact ON ref = contact_ref
      JOIN contact_key ON contact_key.report_id = id
      JOIN idempotency ON idempotency.correlation_id = report.correlation_id
     LIMIT 18
  ), made AS MATERIALIZED (
    SELECT model.*, uuidv7() AS id, uuidv7() AS contact_ref FROM model, generate_series(1, $1::int / 18 + 1) LIMIT $1::int
  ), opened AS (
    INSERT INTO report (id, organisation_id, external_id, received_at, forwarded, recorded_by, correlation_id)
    SELECT id, organisation_id, 'stored ' || id, now(), forwarded, recorded_by, correlation_id FROM made
  ), contacted AS (
    INSERT INTO contact (ref, organisation_id, report_id, sealed, recorded_by, correlation_id)
    SELECT contact_ref, organisation_id, id, sealed, recorded_by, correlation_id FROM made
  ), locked AS (
    INSERT INTO contact_key (report_id, organisation_id, master, wrapped, recorded_by, correlation_id)
    SELECT id, organisation_id, master, wrapped, recorded_by, correlation_id FROM made
  ), answered AS (
    INSERT INTO idempotency (organisation_id, principal, route, key, request_digest, status, headers, body, correlation_id)
    SELECT organisation_id, principal, route, 'stored-' || id, request_digest, status, headers, body, correlation_id FROM made
  ), started AS (
    INSERT INTO report_clock (report_id, organisation_id, regime, kind, mandatory, applies, near_at, due_at, met_by_stages, met_at,
                              met_by_revision, forwarded, recorded_by, correlation_id)
    SELECT made.id, clock.organisation_id, regime, kind, mandatory, applies, near_at, due_at, met_by_stages, met_at, met_by_revision,
           clock.forwarded, clock.recorded_by, clock.correlation_id
      FROM made JOIN report_clock AS clock ON clock.report_id = made.of
  )
  INSERT INTO report_revision (report_id, organisation_id, revision, digest, content, contact_ref, warnings, receipt, recorded_by,
                               correlation_id)
  SELECT id, organisation_id, 1, digest, content, contact_ref, warnings, receipt, recorded_by, correlation_id FROM made`;

/**
 * Brings intake's database to so many reports, each with its contact, clocks and kept answer: copies of some that came in over HTTP, without
 * events, and with contacts that do not open. Where they are told to is another matter.
 */
export async function storedReports(superuserUrl: string, reports: number): Promise<void> {
  const run = (sql: string, ...values: unknown[]) => rowsOf<{ n: number }>(superuserUrl, 'intake', sql, values);
  for (;;) {
    const [stored] = await run('SELECT count(*)::int AS n FROM report');
    const missing = reports - stored!.n;
    if (missing <= 0) break;
    await run(FILL, Math.min(AT_ONCE, missing));
  }
  // As the server would do by itself in a while.
  await run('ANALYZE');
}
