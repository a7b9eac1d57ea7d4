import type { Finding } from '@sekisho/contracts';
import { named } from '@sekisho/identity';
import { joined, outboxColumns, outboxInsert, type OutboxRow } from '@sekisho/messaging';
import { statementNames } from '@sekisho/persistence';
import type { KeptAnswer } from '@sekisho/service';
import type pg from 'pg';
import type { SealedContact } from '../contacts/contact.store.js';
import { type Clock, soonestFirst } from '../deadlines/clock.js';
import {
  CLOCK_FIELDS,
  CLOCK_PARAMETERS,
  clockColumns,
  insertClocks,
  startedClocks,
  type StoredClock,
  toClock,
} from '../deadlines/clock-rows.js';
import type { Organisation } from '../organisations/organisation-register.js';
import type { Accepted } from './accept.js';
import type { Entry } from './entry.js';
import { insertStaffEntries, STAFF_ENTRY_PARAMETERS, staffEntryColumns } from './staff-entries.js';

/** An organisation's report that has the number of its own already, as it was first answered, with its clocks as they are now. */
export interface Earlier {
  readonly reportId: string;
  readonly receivedAt: string;
  readonly digest: string;
  readonly deadlines: Clock[];
  readonly warnings: Finding[];
  readonly receipt: string;
}

/** What is on record of an entry. The number is a new one, and there only where the entry is a new report. */
export interface Known {
  readonly organisation: Organisation | undefined;
  readonly kept: KeptAnswer | undefined;
  readonly earlier: Earlier | undefined;
  readonly number: number | undefined;
}

/** All rows of a new report but its answer's. */
export interface NewReport {
  readonly entry: Entry;
  readonly accepted: Accepted;
  readonly contact: SealedContact;
  readonly number: number;
  readonly receipt: string;
  readonly event: OutboxRow;
}

/** An answer to be kept under its request's key. */
export interface NewAnswer {
  readonly entry: Entry & { readonly idempotency: readonly string[] };
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** Who a report's rows are recorded by. */
const recordedBy = ({ request }: Entry): string => named(request.principal);
const clocksOf = ({ accepted, entry }: NewReport) =>
  startedClocks(accepted, recordedBy(entry), entry.request.correlationId);

const nameOf = statementNames();
const run = <Row extends pg.QueryResultRow>(client: pg.ClientBase, sql: string, values: unknown[]) =>
  client.query<Row>({ name: nameOf({ sql }), text: sql, values });

const columns = <Row>(rows: readonly Row[], ...of: ((row: Row) => unknown)[]): unknown[][] =>
  of.map((column) => rows.map(column));

const LOOK_UP = `
  SELECT organisation.id AS organisation, name_ja AS "nameJa", name_en AS "nameEn", sector, designated,
         designated_since::text AS "designatedSince", kept.request_digest, kept.status::int, kept.headers, kept.body,
         report.id AS "reportId", report.received_at AS "receivedAt", first.digest, first.warnings, first.receipt,
         CASE WHEN report.id IS NOT NULL THEN ARRAY(SELECT to_jsonb(clock) FROM (SELECT ${CLOCK_FIELDS} FROM report_clock
           WHERE report_id = report.id AND stopped_at IS NULL) AS clock) END AS clocks,
         CASE WHEN organisation.id IS NOT NULL AND kept.key IS NULL AND report.id IS NULL THEN nextval('report_number_seq') END AS number
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY
         AS given (organisation, principal, route, key, external_id, client, place)
    LEFT JOIN organisation ON organisation.id = given.organisation
    LEFT JOIN idempotency AS kept ON kept.organisation_id = given.client AND kept.principal = given.principal
          AND kept.route = given.route AND kept.key = given.key
    LEFT JOIN report ON report.organisation_id = given.organisation AND report.external_id = given.external_id
    LEFT JOIN report_revision AS first ON first.report_id = report.id AND first.revision = 1
   ORDER BY given.place`;

interface Found extends KeptAnswer, Omit<Earlier, 'receivedAt' | 'deadlines'>, Omit<Organisation, 'id'> {
  readonly organisation: string | null;
  readonly receivedAt: Date;
  readonly clocks: StoredClock[];
  readonly number: string | null;
}

/** What is on record of each entry, in their order, and numbers for those that are new. */
export async function lookUp(client: pg.ClientBase, entries: readonly Entry[]): Promise<Known[]> {
  const { rows } = await run<Found>(client, LOOK_UP, [
    ...columns(
      entries,
      ({ organisation }) => organisation,
      ({ idempotency }) => idempotency?.[1],
      ({ idempotency }) => idempotency?.[2],
      ({ idempotency }) => idempotency?.[3],
      ({ report }) => report.externalId,
      ({ idempotency }) => idempotency?.[0],
    ),
  ]);
  return rows.map((row) => ({
    organisation: row.organisation === null ? undefined : { ...row, id: row.organisation },
    kept: row.request_digest === null ? undefined : row,
    earlier:
      row.reportId === null
        ? undefined
        : { ...row, receivedAt: row.receivedAt.toISOString(), deadlines: row.clocks.map(toClock).sort(soonestFirst) },
    number: row.number === null ? undefined : Number(row.number),
  }));
}

const WRITE = `
  WITH given AS (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[], $6::boolean[], $7::text[], $8::text[],
                         $9::text[], string_to_array($10, chr(30))::jsonb[], $11::uuid[], string_to_array($12, chr(30))::jsonb[],
                         string_to_array($13, chr(30)), $14::bytea[], $15::text[], $16::bytea[])
               AS given (id, organisation_id, number, external_id, received_at, forwarded, recorded_by, correlation_id,
                         digest, content, contact_ref, warnings, receipt, sealed, master, wrapped)
  ), opened AS (
    INSERT INTO report (id, organisation_id, number, external_id, received_at, forwarded, recorded_by, correlation_id)
    OVERRIDING SYSTEM VALUE
    SELECT id, organisation_id, number, external_id, received_at, forwarded, recorded_by, correlation_id FROM given
  ), contacted AS (
    INSERT INTO contact (ref, organisation_id, report_id, sealed, recorded_by, correlation_id)
    SELECT contact_ref, organisation_id, id, sealed, recorded_by, correlation_id FROM given
  ), locked AS (
    INSERT INTO contact_key (report_id, organisation_id, master, wrapped, recorded_by, correlation_id)
    SELECT id, organisation_id, master, wrapped, recorded_by, correlation_id FROM given
  ), revised AS (
    INSERT INTO report_revision (report_id, organisation_id, revision, digest, content, contact_ref, warnings, receipt, recorded_by,
                                 correlation_id)
    SELECT id, organisation_id, 1, digest, content, contact_ref, warnings, receipt, recorded_by, correlation_id FROM given
  ), answered AS (
    INSERT INTO idempotency (organisation_id, principal, route, key, request_digest, status, headers, body, correlation_id)
    SELECT * FROM unnest($17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::smallint[], $23::jsonb[],
                         string_to_array($24, chr(30)), $25::text[])
  ), started AS (
    ${insertClocks(26)}
  ), entered AS (
    ${insertStaffEntries(26 + CLOCK_PARAMETERS)}
  ), appended AS (
    ${outboxInsert(26 + CLOCK_PARAMETERS + STAFF_ENTRY_PARAMETERS)}
  ) SELECT pg_notify('outbox', '')`;

/** Writes all of it in one statement, with the word to the relay, which is given at the commit. */
export async function write(
  client: pg.ClientBase,
  reports: readonly NewReport[],
  answers: readonly NewAnswer[],
): Promise<void> {
  await run(client, WRITE, [
    ...columns(
      reports,
      ({ accepted }) => accepted.reportId,
      ({ accepted }) => accepted.organisation.id,
      ({ number }) => number,
      ({ accepted }) => accepted.report.externalId,
      ({ accepted }) => accepted.receivedAt,
      ({ accepted }) => accepted.forwarded,
      ({ entry }) => recordedBy(entry),
      ({ entry }) => entry.request.correlationId,
      ({ accepted }) => accepted.digest,
    ),
    joined(reports.map(({ entry }) => entry.content)),
    reports.map(({ accepted }) => accepted.contactRef),
    joined(reports.map(({ accepted }) => JSON.stringify(accepted.warnings))),
    joined(reports.map(({ receipt }) => receipt)),
    ...columns(
      reports,
      ({ contact }) => contact.sealed,
      ({ contact }) => contact.master,
      ({ contact }) => contact.wrapped,
    ),
    ...columns(
      answers,
      ({ entry }) => entry.idempotency[0],
      ({ entry }) => entry.idempotency[1],
      ({ entry }) => entry.idempotency[2],
      ({ entry }) => entry.idempotency[3],
      ({ entry }) => entry.requestDigest,
      ({ status }) => status,
      ({ headers }) => JSON.stringify(headers),
    ),
    joined(answers.map(({ body }) => JSON.stringify(body))),
    answers.map(({ entry }) => entry.request.correlationId),
    ...clockColumns(reports.flatMap(clocksOf)),
    ...staffEntryColumns(reports.map(({ entry }) => entry)),
    ...outboxColumns(reports.map(({ event }) => event)),
  ]);
}
