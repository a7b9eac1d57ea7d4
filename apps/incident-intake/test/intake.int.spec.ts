import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ReportForm } from '@sekisho/contracts';
import { readConfig, type RunningService, startService } from '@sekisho/service';
import { digestOf, type JSONWebKeySet, verify } from '@sekisho/signing';
import {
  readTopic,
  serviceEnvironment,
  TestClient,
  type TestDatabase,
  testDatabase,
  type TestIssuer,
  testIssuer,
  type TestPrincipal,
} from '@sekisho/testing';
import { incidentIntake, intakeConfig } from '../src/app.module.js';
import { sampleReport } from './sample-report.js';

const hospital: TestPrincipal = { subject: 'h1', organisation: 'org-hospital', roles: ['partner'] };
const power: TestPrincipal = { subject: 'p1', organisation: 'org-power', roles: ['partner'] };
const analyst: TestPrincipal = { subject: 'a1', organisation: 'org-nco', roles: ['analyst'] };
const stranger: TestPrincipal = { subject: 'x1', organisation: 'org-nobody', roles: ['partner'] };

let database: TestDatabase;
let issuer: TestIssuer;
let service: RunningService;
let client: TestClient;

beforeAll(async () => {
  [database, issuer] = await Promise.all([testDatabase('@sekisho/incident-intake'), testIssuer()]);
  const environment = {
    ...(await serviceEnvironment('incident-intake', database, issuer)),
    SEKISHO_SEED: join(import.meta.dirname, 'organisations.json'),
  };
  service = await startService(incidentIntake(readConfig(intakeConfig, environment)));
  client = new TestClient(service.url, issuer);
});

afterAll(async () => {
  await service?.stop();
  await issuer?.stop();
  await database?.drop();
});

const submit = (report: unknown, principal: TestPrincipal | null = hospital, headers: Record<string, string> = {}) =>
  client.call(principal, 'POST', '/v1/reports', report, headers);

describe('a report', () => {
  it('is answered with where it is and a receipt that anyone can verify', async () => {
    const report = sampleReport({ basis: 'MANDATORY' });
    const { status, headers, body } = await submit(report, power);
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/v1/reports/${body.reportId}`);
    const keys = (await (await fetch(`${service.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
    expect(await verify(body.receipt, keys, 'sekisho-receipt+jws')).toMatchObject({
      reportId: body.reportId,
      digest: digestOf(report),
      receivedAt: body.receivedAt,
      organisation: 'org-power',
    });
    expect(body.deadlines).toHaveLength(2);
    expect((await client.call(power, 'GET', `/v1/reports/${body.reportId}`)).body).toMatchObject({
      report,
      forwarded: true,
      revision: 1,
    });
  });

  it('appears on its topic as a CloudEvent in binary mode, without the person to contact', async () => {
    const { body } = await submit(sampleReport());
    const [message] = await readTopic(
      'classification',
      'intake.reports.v1',
      ({ key }) => key === body.reportId,
      (seen) => seen.length === 1,
    );
    expect(message!.headers).toMatchObject({
      ce_specversion: '1.0',
      ce_source: '/incident-intake',
      ce_type: 'report-submitted.v1',
      ce_subject: body.reportId,
      'content-type': 'application/json',
      ce_sequence: expect.stringMatching(/^\d{20}$/),
      traceparent: expect.stringMatching(/^00-/),
    });
    expect(message!.value).toMatchObject({ organisation: { id: 'org-hospital', sector: 'HEALTHCARE' } });
    expect(JSON.stringify(message!.value)).not.toMatch(/yamada|山田/);
  });

  it('that is voluntary and without consent leaves as no more than its existence', async () => {
    const { body } = await submit(sampleReport({ consent: { forward: false } }));
    const [message] = await readTopic(
      'classification',
      'intake.reports.v1',
      ({ key }) => key === body.reportId,
      (seen) => seen.length === 1,
    );
    expect(message!.headers['ce_type']).toBe('report-withheld.v1');
    expect(Object.keys(message!.value as object).sort()).toEqual(['digest', 'receivedAt', 'reportId']);
  });

  it('sent twice with the organisation’s own number is one report; another content is refused', async () => {
    const externalId = randomUUID();
    const first = await submit(sampleReport({ externalId }));
    const again = await submit(sampleReport({ externalId }));
    expect([again.status, again.body.reportId]).toEqual([202, first.body.reportId]);
    const other = await submit(sampleReport({ externalId, title: 'another' }));
    expect([other.status, other.body.reportId]).toEqual([409, first.body.reportId]);
    const elsewhere = await submit(sampleReport({ externalId }), power);
    expect(elsewhere.body.reportId).not.toBe(first.body.reportId);
  });

  it('sent twenty times at once under one key is one report with equal answers', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const report = sampleReport();
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(report, hospital, key)));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    const rows = await database.query('superuser', 'SELECT count(*)::int AS n FROM report WHERE id = $1', [
      answers[0]!.body.reportId,
    ]);
    expect(rows).toEqual([{ n: 1 }]);
    expect((await submit(sampleReport({ title: 'other' }), hospital, key)).status).toBe(422);
  });
});

describe('bad input', () => {
  it.each<[string, (report: ReportForm) => unknown, string[]]>([
    ['an unknown field', (report) => ({ ...report, colour: 'red' }), ['/colour']],
    ['an unknown field inside', (r) => ({ ...r, impact: { ...r.impact, x: 1 } }), ['/impact/x']],
    [
      'several faults',
      (r) => ({ ...r, form: 'VIRUS', recognisedAt: 'yesterday', targets: [], consent: {} }),
      ['/consent/forward', '/form', '/recognisedAt', '/targets'],
    ],
    ['a time without offset', (r) => ({ ...r, recognisedAt: '2026-11-22T06:40:00' }), ['/recognisedAt']],
    ['two servers of one ref', (r) => ({ ...r, servers: [{ ref: 's1' }, { ref: 's1' }] }), ['/servers']],
    ['U+0000', (r) => ({ ...r, title: 'a\u0000b' }), ['/title']],
  ])('with %s is told by pointer', async (_, change, pointers) => {
    const { status, body } = await submit(change(sampleReport()));
    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(pointers);
  });

  it('with half a character is refused', async () => {
    const text = JSON.stringify(sampleReport({ title: 'MARK' })).replace('MARK', '\\ud83d');
    expect((await submit(text)).status).toBe(400);
  });

  it('is kept out by size, token, role and organisation', async () => {
    expect((await submit(sampleReport({ summary: 'x'.repeat(1024 * 1024) }))).status).toBe(413);
    expect((await submit(sampleReport(), null)).status).toBe(401);
    expect((await submit(sampleReport(), analyst)).status).toBe(403);
    const unknown = await submit(sampleReport(), stranger);
    expect([unknown.status, unknown.body.detail]).toEqual([403, expect.stringContaining('org-nobody')]);
  });
});

describe('isolation', () => {
  it('shows another organisation’s report to nobody, in single and in lists', async () => {
    const { body } = await submit(sampleReport());
    expect((await client.call(power, 'GET', `/v1/reports/${body.reportId}`)).status).toBe(404);
    const own = await client.call(hospital, 'GET', '/v1/reports?limit=200');
    const others = await client.call(power, 'GET', '/v1/reports?limit=200');
    const ids = (page: { items: { reportId: string }[] }) => page.items.map(({ reportId }) => reportId);
    expect(ids(own.body)).toContain(body.reportId);
    expect(ids(others.body)).not.toContain(body.reportId);
  });

  it('holds in the database, for any SQL as the service’s own role', async () => {
    const { body } = await submit(sampleReport());
    for (const table of ['report', 'report_revision', 'contact']) {
      const count = `SELECT count(*)::int AS n FROM ${table}`;
      expect(await database.query('app', count)).toEqual([{ n: 0 }]);
      const foreign = `WITH mine AS MATERIALIZED (SELECT set_config('app.organisation', 'org-power', false) AS name)
        SELECT count(*)::int AS n FROM ${table} WHERE organisation_id <> (SELECT name FROM mine)`;
      expect(await database.query('app', foreign)).toEqual([{ n: 0 }]);
      await expect(database.query('app', `UPDATE ${table} SET recorded_by = 'me'`)).rejects.toThrow(
        /permission denied/,
      );
      await expect(database.query('owner', `DELETE FROM ${table}`)).rejects.toThrow(/stay as they are/);
    }
    const intruder = `INSERT INTO report (id, organisation_id, received_at, forwarded, recorded_by, correlation_id)
      VALUES (gen_random_uuid(), 'org-power', now(), true, 'x', 'x')`;
    await expect(database.query('app', intruder)).rejects.toThrow(/row-level security/);
    await expect(database.query('app', 'SELECT data FROM outbox')).rejects.toThrow(/permission denied/);
    expect(body.reportId).toBeDefined();
  });

  it('pages through all of them, each once', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await client.call(hospital, 'GET', `/v1/reports?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ reportId }: { reportId: string }) => reportId));
      cursor = body.next ?? '';
    } while (cursor);
    const [{ n }] = (await database.query<{ n: number }>(
      'superuser',
      `SELECT count(*)::int AS n FROM report WHERE organisation_id = 'org-hospital'`,
    )) as [{ n: number }];
    expect([seen.length, new Set(seen).size]).toEqual([n, n]);
  });
});

describe('the database', () => {
  it('knows no time but timestamptz(3)', async () => {
    const odd = await database.query(
      'superuser',
      `SELECT table_name, column_name, data_type, datetime_precision FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type ~ '^(time|date)' AND table_name <> '_prisma_migrations'
          AND NOT (data_type = 'timestamp with time zone' AND datetime_precision = 3)`,
    );
    expect(odd).toEqual([]);
  });
});
