import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { type ReportForm, reportForm } from '@sekisho/contracts';
import { named, Permit } from '@sekisho/identity';
import {
  accept,
  type Accepted,
  clockColumns,
  insertClocks,
  receiptOf,
  shown,
  startedClocks,
  submitted,
} from '@sekisho/incident-intake/reports';
import { type AnyNewEvent, Outbox, outboxColumns, outboxInsert } from '@sekisho/messaging';
import { statementNames } from '@sekisho/persistence';
import { Answer, CurrentWork, idempotencyOf, Ids, readConfig, serviceConfig, type WorkRequest } from '@sekisho/service';
import { KeySet } from '@sekisho/signing';
import pg from 'pg';
import { serveRoute } from './route-process.js';

const POOL = Symbol('pool');
const nameOf = statementNames();

/** The same route as intake's in the plain way: each report in a transaction of its own, one statement after the other. */
@Controller('v1/reports')
class PlainReportsController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly keys: KeySet,
    private readonly outbox: Outbox,
    private readonly ids: Ids,
  ) {}

  @Post()
  @HttpCode(202)
  @Permit('report:submit')
  async submit(@CurrentWork() request: WorkRequest, @Body({ schema: reportForm }) report: ReportForm) {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const answer = await this.store(client, request, report);
      await client.query('COMMIT');
      return answer;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  private async store(client: pg.PoolClient, request: WorkRequest, report: ReportForm): Promise<Answer> {
    const { correlationId, traceparent, principal, language } = request;
    const run = (sql: string, ...values: unknown[]) => client.query({ name: nameOf({ sql }), text: sql, values });
    const idempotency = idempotencyOf(request) ?? [];
    await run(`SELECT set_config('app.organisation', $1, true)`, principal.organisation);
    await run(
      'SELECT body FROM idempotency WHERE organisation_id = $1 AND principal = $2 AND route = $3 AND key = $4',
      ...idempotency,
    );
    await run(
      'SELECT id FROM report WHERE organisation_id = $1 AND external_id = $2',
      principal.organisation,
      report.externalId,
    );
    const { rows: organisations } = await run(
      'SELECT id, name_ja AS "nameJa", name_en AS "nameEn", sector, designated, designated_since::text AS "designatedSince" FROM organisation WHERE id = $1',
      principal.organisation,
    );
    const at = new Date();
    const moment = { reportId: this.ids.next(), contactRef: this.ids.next(), receivedAt: at.toISOString() };
    const accepted = accept(report, organisations[0] as Accepted['organisation'], moment);
    const { reportId, contactRef, receivedAt, digest } = accepted;
    const recorded = [principal.organisation, named(principal), correlationId];
    const { rows } = await run(
      `INSERT INTO report (id, external_id, received_at, forwarded, organisation_id, recorded_by, correlation_id)
       VALUES ($1, $2, $3, true, $4, $5, $6) RETURNING number`,
      reportId,
      report.externalId,
      receivedAt,
      ...recorded,
    );
    const number = Number((rows[0] as { number: string }).number);
    const { contact, ...content } = report;
    const receipt = await this.keys.sign(receiptOf(accepted, number), 'sekisho-receipt+jws');
    await run(
      // Unsealed: the plain way does without.
      'INSERT INTO contact (ref, report_id, sealed, organisation_id, recorded_by, correlation_id) VALUES ($1, $2, $3, $4, $5, $6)',
      contactRef,
      reportId,
      Buffer.from(JSON.stringify(contact)),
      ...recorded,
    );
    await run(
      `INSERT INTO report_revision (report_id, revision, digest, content, contact_ref, warnings, receipt, organisation_id, recorded_by,
                                    correlation_id)
       VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      reportId,
      digest,
      JSON.stringify(content),
      contactRef,
      JSON.stringify(accepted.warnings),
      receipt,
      ...recorded,
    );
    await run(insertClocks(), ...clockColumns(startedClocks(accepted, named(principal), correlationId)));
    const event = { topic: 'intake.reports.v1', key: reportId, subject: reportId } as const;
    const told: AnyNewEvent = { ...event, type: 'report-submitted.v1', data: submitted(accepted, number) };
    const row = this.outbox.row({ correlationId, traceparent }, told);
    await run(`WITH told AS (${outboxInsert(1)}) SELECT pg_notify('outbox', '')`, ...outboxColumns([row]));
    const body = { reportId, receivedAt, ...shown(accepted, at, language), receipt };
    const headers = { location: `/v1/reports/${reportId}`, 'content-language': language };
    await run(
      `INSERT INTO idempotency (organisation_id, principal, route, key, request_digest, status, headers, body, correlation_id)
       VALUES ($1, $2, $3, $4, $5, 202, $6, $7, $8)`,
      ...idempotency,
      digest,
      JSON.stringify(headers),
      JSON.stringify(body),
      correlationId,
    );
    return new Answer(202, body, headers);
  }
}

const { DATABASE_URL, DATABASE_CONNECTIONS } = readConfig(serviceConfig);
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: DATABASE_CONNECTIONS });
await serveRoute(PlainReportsController, [{ provide: POOL, useValue: pool }]);
