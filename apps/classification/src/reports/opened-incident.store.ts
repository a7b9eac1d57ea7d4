import type { Tx } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';
import type { Incident } from '../incidents/incident.js';
import type { Provenance } from '../incidents/incident.store.js';
import type { SubmittedReport } from './open-incident.js';

/** The incident that a report has opened already, if it has. */
export async function findOpened(tx: Tx, reportId: string): Promise<{ incidentId: string; digest: string } | null> {
  return tx.incidentReport.findUnique({ where: { reportId }, select: { incidentId: true, digest: true } });
}

/**
 * Saves a new incident with all its rows in one statement: reports come in batches, and a batch has one transaction with
 * a limited time.
 */
export async function saveOpened(
  tx: Tx,
  incident: Incident,
  submitted: SubmittedReport,
  by: Provenance,
): Promise<void> {
  const { id, openedAt, servers, targets, claims, determination } = incident;
  const { reportId, number, organisation, digest, receivedAt, report, registerDifferences = [] } = submitted;
  const columns = Prisma.raw('recorded_by, correlation_id, causation_id');
  const recorded = Prisma.sql`${by.recordedBy}, ${by.correlationId}, ${by.causationId ?? null}`;
  const rows = (list: unknown) =>
    Prisma.sql`jsonb_array_elements(${JSON.stringify(list)}::jsonb) WITH ORDINALITY AS list (row, n)`;
  await tx.$executeRaw(Prisma.sql`
    WITH opened AS (
      INSERT INTO incident (id, version, opened_at, ${columns})
      VALUES (${id}::uuid, ${incident.version}, ${openedAt}::timestamptz, ${recorded})
    ), reported AS (
      INSERT INTO incident_report (report_id, incident_id, number, title, organisation, digest, received_at,
                                   register_differences, ${columns})
      VALUES (${reportId}::uuid, ${id}::uuid, ${number}, ${report.title}, ${JSON.stringify(organisation)}::jsonb, ${digest},
              ${receivedAt}::timestamptz, ${JSON.stringify(registerDifferences)}::jsonb, ${recorded})
    ), involved AS (
      INSERT INTO case_server (incident_id, ref, position, address, report_id, report_ref, ${columns})
      SELECT ${id}::uuid, row ->> 'ref', n - 1, row ->> 'address', ${reportId}::uuid, row ->> 'reportRef', ${recorded}
        FROM ${rows(servers)}
    ), attacked AS (
      INSERT INTO case_target (incident_id, ref, position, name, report_id, report_ref, ${columns})
      SELECT ${id}::uuid, row ->> 'ref', n - 1, row ->> 'name', ${reportId}::uuid, row ->> 'reportRef', ${recorded}
        FROM ${rows(targets)}
    ), claimed AS (
      INSERT INTO claim (id, incident_id, fact, value, origin, note, asserted_at, ${columns})
      SELECT (row ->> 'claimId')::uuid, ${id}::uuid, row ->> 'fact', row ->> 'value', 'REPORT', row ->> 'note',
             ${openedAt}::timestamptz, ${recorded}
        FROM ${rows(claims)} ORDER BY n
    )
    INSERT INTO determination (incident_id, version, digest, facts, determination, made_at, ${columns})
    VALUES (${id}::uuid, ${determination.version}, ${determination.determination.digest},
            ${JSON.stringify(determination.facts)}::jsonb, ${JSON.stringify(determination.determination)}::jsonb,
            ${openedAt}::timestamptz, ${recorded})`);
}
