import type { PrismaClient } from '../src/generated/prisma/client.js';
import { createDatabase } from '../src/database.js';
import { analyst, hospital, type IntakeRig, operator, power, startIntake } from './intake-rig.js';
import { changeOf, twoPeople } from './register-changes.js';
import { sampleReport } from './sample-report.js';

const TABLES = [
  'report',
  'report_revision',
  'report_clock',
  'contact',
  'contact_key',
  'contact_erasure',
  'contact_erasure_confirmation',
  'idempotency',
  'report_withdrawal',
  'report_consent',
  'report_release',
  'report_question',
  'report_answer',
  'report_answer_seen',
  'report_reading',
  'report_draft',
  'report_entry',
  'organisation_entry',
  'organisation_change',
  'organisation_change_decision',
];
/** Has an entry in the register from the first filling on, and so is no organisation without rows there. */
const none = (table: string): string => (table === 'organisation_entry' ? 'org-nobody' : 'org-defence');

let rig: IntakeRig;
/** A connection as the service has it, for SQL that the service would never send. */
let raw: PrismaClient;
let hospitals: string;

beforeAll(async () => {
  rig = await startIntake();
  raw = createDatabase(rig.config);
  const { body } = await rig.submit(sampleReport(), hospital, { 'idempotency-key': 'one' });
  hospitals = body.reportId;
  await rig.submit(sampleReport(), hospital, { 'idempotency-key': 'two' });
  await rig.submit(sampleReport(), power, { 'idempotency-key': 'three' });
  for (const principal of [hospital, hospital, power]) {
    const withheld = await rig.submit(sampleReport({ consent: { forward: false } }), principal);
    const path = `/v1/reports/${withheld.body.reportId}`;
    expect((await rig.client.call(principal, 'PUT', `${path}/consent`, { forward: true })).status).toBe(200);
    const { questionId } = (await rig.client.call(analyst, 'POST', `${path}/questions`, { text: 'q' })).body;
    await rig.client.call(principal, 'POST', `${path}/answers`, { question: questionId, text: 'a' });
    expect((await rig.client.call(analyst, 'GET', `${path}/questions`)).status).toBe(200);
    expect((await rig.client.call(principal, 'POST', '/v1/report-drafts', sampleReport())).status).toBe(201);
    for (const last of ['withdrawal', 'erasure'])
      expect((await rig.client.call(principal, 'POST', `${path}/${last}`, { reason: 'r' })).status).toBe(201);
    expect((await rig.client.call(operator, 'POST', `${path}/erasure/confirmation`)).status).toBe(201);
  }
  for (const [organisation, basedOn] of [
    ['org-hospital', 1],
    ['org-hospital', 2],
    ['org-power', 1],
  ] as const) {
    const onBehalfOf = { organisation, channel: 'FAX' };
    expect((await rig.submit({ ...sampleReport(), onBehalfOf }, analyst)).status).toBe(202);
    await twoPeople(rig, `/v1/organisations/${organisation}/changes`, changeOf({ basedOn }));
  }
});

afterAll(async () => {
  await raw?.$disconnect();
  await rig?.stop();
});

/** Rows of any SQL as the service's own role, in a transaction that acts for an organisation, or for none. */
const sqlFor = <Row>(organisation: string | null, sql: string): Promise<Row[]> =>
  raw.$transaction(async (tx) => {
    if (organisation !== null)
      await tx.$executeRawUnsafe(`SELECT set_config('app.organisation', $1, true)`, organisation);
    return tx.$queryRawUnsafe<Row[]>(sql);
  });

const owners = async (organisation: string | null, table: string): Promise<string[]> =>
  (await sqlFor<{ organisation_id: string }>(organisation, `SELECT organisation_id FROM ${table}`)).map(
    ({ organisation_id }) => organisation_id,
  );

const insertReport = (organisation: string): string =>
  `INSERT INTO report (id, organisation_id, received_at, forwarded, recorded_by, correlation_id)
   VALUES (gen_random_uuid(), '${organisation}', now(), true, 'x', 'x') RETURNING id`;

describe('over HTTP', () => {
  it('another organisation’s report is nowhere, in single and in lists', async () => {
    expect((await rig.client.call(hospital, 'GET', `/v1/reports/${hospitals}`)).status).toBe(200);
    expect((await rig.client.call(power, 'GET', `/v1/reports/${hospitals}`)).status).toBe(404);
    const ids = async (principal: typeof power): Promise<string[]> =>
      (await rig.client.call(principal, 'GET', '/v1/reports')).body.items.map(
        (item: { reportId: string }) => item.reportId,
      );
    expect(await ids(hospital)).toContain(hospitals);
    expect(await ids(power)).not.toContain(hospitals);
  });

  it('nothing but the token says whose report it is', async () => {
    const claim = { 'x-organisation': 'org-hospital', 'app.organisation': 'org-hospital' };
    const path = `/v1/reports/${hospitals}`;
    expect((await rig.client.call(power, 'GET', path, undefined, claim)).status).toBe(404);
    const operator = { name: '桜台総合病院', sector: 'HEALTHCARE', designated: false } as const;
    const { body } = await rig.submit(sampleReport({ operator }), power);
    expect((await rig.client.call(hospital, 'GET', `/v1/reports/${body.reportId}`)).status).toBe(404);
  });
});

describe('in the database', () => {
  it('row-level security is forced on every table with an organisation’s rows', async () => {
    const tables = await rig.database.query(
      'superuser',
      `SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id'
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    expect(tables).toEqual([...TABLES].sort().map((name) => ({ name, enabled: true, forced: true })));
  });

  it.each(TABLES)('%s shows any SQL its own organisation’s rows, and without one none', async (table) => {
    expect(await rig.count(table, `organisation_id = 'org-hospital'`)).toBeGreaterThan(1);
    const own = await owners('org-hospital', table);
    expect([new Set(own), own.length]).toEqual([
      new Set(['org-hospital']),
      await rig.count(table, `organisation_id = 'org-hospital'`),
    ]);
    expect(new Set(await owners('org-power', table))).toEqual(new Set(['org-power']));
    expect(await owners(none(table), table)).toEqual([]);
    expect(await owners('', table)).toEqual([]);
    expect(await owners(null, table)).toEqual([]);
    expect(await rig.database.query('app', `SELECT * FROM ${table}`)).toEqual([]);
  });

  it.each(TABLES)('%s shows not even its owner anything', async (table) => {
    expect(await rig.database.query('owner', `SELECT * FROM ${table}`)).toEqual([]);
  });

  it('nobody writes in another organisation’s name, or beside its report', async () => {
    await expect(sqlFor('org-power', insertReport('org-hospital'))).rejects.toThrow(/row-level security/);
    await expect(sqlFor(null, insertReport('org-hospital'))).rejects.toThrow(/row-level security/);
    const beside = `INSERT INTO report_revision (report_id, organisation_id, revision, digest, content, contact_ref, receipt, recorded_by, correlation_id)
      VALUES ('${hospitals}', 'org-power', 2, 'sha256:${'0'.repeat(64)}', '{}', gen_random_uuid(), '', 'x', 'x')`;
    await expect(sqlFor('org-power', beside)).rejects.toThrow(/foreign key/i);
    expect(await sqlFor('org-power', insertReport('org-power'))).toHaveLength(1);
  });

  it('the outbox is not for the service to read', async () => {
    await expect(sqlFor('org-hospital', 'SELECT data FROM outbox')).rejects.toThrow(/permission denied/);
  });
});
