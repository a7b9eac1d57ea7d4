import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { type LATER_PARTS, type ReportForm, reportForm } from '@sekisho/contracts';
import { Permit } from '@sekisho/identity';
import { type AnyNewEvent, Outbox, outboxColumns, outboxInsert } from '@sekisho/messaging';
import { statementNames } from '@sekisho/persistence';
import { Answer, CurrentWork, idempotencyOf, Ids, readConfig, serviceConfig, type WorkRequest } from '@sekisho/service';
import { digestOf, KeySet } from '@sekisho/signing';
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
    const { correlationId, traceparent, principal } = request;
    const { organisation, issuer, subject } = principal;
    const run = (sql: string, ...values: unknown[]) => client.query({ name: nameOf({ sql }), text: sql, values });
    const idempotency = idempotencyOf(request) ?? [];
    await run(`SELECT set_config('app.organisation', $1, true)`, organisation);
    await run(
      'SELECT body FROM idempotency WHERE organisation_id = $1 AND principal = $2 AND route = $3 AND key = $4',
      ...idempotency,
    );
    await run('SELECT id FROM report WHERE organisation_id = $1 AND external_id = $2', organisation, report.externalId);
    const { rows: organisations } = await run('SELECT name_en, sector FROM organisation WHERE id = $1', organisation);
    const reportId = this.ids.next();
    const contactRef = this.ids.next();
    const receivedAt = new Date().toISOString();
    const recorded = [organisation, `${issuer}#${subject}`, correlationId];
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
    const digest = digestOf(report);
    const receipt = await this.keys.sign({ reportId, number, digest, receivedAt, organisation }, 'sekisho-receipt+jws');
    await run(
      'INSERT INTO contact (ref, name, email, phone, organisation_id, recorded_by, correlation_id) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      contactRef,
      contact.name,
      contact.email,
      contact.phone,
      ...recorded,
    );
    await run(
      `INSERT INTO report_revision (report_id, revision, digest, content, contact_ref, deadlines, receipt, organisation_id, recorded_by,
                                    correlation_id)
       VALUES ($1, 1, $2, $3, $4, '[]', $5, $6, $7, $8)`,
      reportId,
      digest,
      JSON.stringify(content),
      contactRef,
      receipt,
      ...recorded,
    );
    const { name_en: name, sector } = organisations[0] as { name_en: string; sector: 'ELECTRICITY' };
    const data = { reportId, number, receivedAt, digest, deadlines: [], report: { ...(content as Whole), contactRef } };
    const event = {
      topic: 'intake.reports.v1',
      type: 'report-submitted.v1',
      key: reportId,
      subject: reportId,
    } as const;
    const told: AnyNewEvent = { ...event, data: { ...data, organisation: { id: organisation, name, sector } } };
    const row = this.outbox.row({ correlationId, traceparent }, told);
    await run(`WITH told AS (${outboxInsert(1)}) SELECT pg_notify('outbox', '')`, ...outboxColumns([row]));
    const body = { reportId, receivedAt, deadlines: [], receipt };
    const headers = { location: `/v1/reports/${reportId}` };
    await run(
      `INSERT INTO idempotency (organisation_id, principal, route, key, request_digest, status, headers, body, correlation_id)
       VALUES ($1, $2, $3, $4, $5, 202, $6, $7, $8)`,
      ...idempotency,
      digestOf(request.content),
      JSON.stringify(headers),
      JSON.stringify(body),
      correlationId,
    );
    return new Answer(202, body, headers);
  }
}

/** The load leaves nothing out of its reports. */
type Later = (typeof LATER_PARTS)[number];
type Whole = Omit<ReportForm, Later | 'contact'> & { [Part in Later]: NonNullable<ReportForm[Part]> };

const { DATABASE_URL, DATABASE_CONNECTIONS } = readConfig(serviceConfig);
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: DATABASE_CONNECTIONS });
await serveRoute(PlainReportsController, [{ provide: POOL, useValue: pool }]);
