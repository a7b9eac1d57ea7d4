import { readConfig, type RunningService, startService } from '@sekisho/service';
import { eventually, serviceEnvironment, TestClient } from '@sekisho/testing';
import { incidentIntake, intakeConfig } from '../src/app.module.js';
import { masterKeys } from '../src/contacts/master-keys.js';
import { hospital, type IntakeRig, masterKey, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

const [first, second, strange] = [masterKey('first'), masterKey('second'), masterKey('strange')];
const contact = { name: '鈴木 一郎', email: 'i.suzuki@hospital.example', phone: '+81-3-1111-1111' };

let rig: IntakeRig;

beforeAll(async () => {
  rig = await startIntake({ environment: { CONTACT_MASTER_KEYS: first } });
});
afterAll(() => rig?.stop());

const revise = (id: string, over: Parameters<typeof sampleReport>[0]) =>
  rig.client.call(hospital, 'POST', `/v1/reports/${id}/revisions`, sampleReport({ stage: 'FOLLOW_UP', ...over }), {
    'if-match': '"1"',
    'idempotency-key': `revision-of-${id}`,
  });

/** Everything of every table that has one of the texts in it. */
async function traces(...texts: string[]): Promise<string[]> {
  const tables = await rig.database.query<{ name: string }>(
    'superuser',
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  expect(tables.length).toBeGreaterThan(15);
  const found: string[] = [];
  for (const { name } of tables) {
    for (const text of texts) {
      // As text, and as the bytes of a column of bytes.
      const hex = Buffer.from(text).toString('hex');
      const n = await rig.count(name, `${name}::text LIKE '%' || $1 || '%' OR ${name}::text LIKE '%' || $2 || '%'`, [
        text,
        hex,
      ]);
      if (n > 0) found.push(`${name}: ${text}`);
    }
  }
  return found;
}

/** The service once more, with other master keys. */
async function withKeys(
  keys: string,
): Promise<RunningService & { client: TestClient; ready(): Promise<{ status: number; text: string }> }> {
  const service = await startService(
    incidentIntake({ ...rig.config, PORT: 0, CONTACT_MASTER_KEYS: masterKeys.parse(keys) }),
  );
  return {
    ...service,
    client: new TestClient(service.url, rig.issuer),
    ready: async () => {
      const answer = await fetch(`${service.url}/health/ready`);
      return { status: answer.status, text: await answer.text() };
    },
  };
}

const keptUnder = async (): Promise<string[]> =>
  (await rig.database.query<{ master: string }>('superuser', 'SELECT DISTINCT master FROM contact_key ORDER BY 1')).map(
    ({ master }) => master,
  );

it('whom to contact is in no table, though its organisation reads it', async () => {
  const { body } = await rig.submit(sampleReport({ contact }), hospital, { 'idempotency-key': 'a' });
  const other = { name: '佐藤 次郎', email: 'j.sato@hospital.example' };
  expect((await revise(body.reportId, { contact: other })).status).toBe(201);
  const shown = async (revision: number) =>
    (await rig.client.call(hospital, 'GET', `/v1/reports/${body.reportId}?revision=${revision}`)).body.report.contact;
  expect([await shown(1), await shown(2)]).toEqual([contact, other]);
  expect(await traces('i.suzuki', '鈴木', contact.phone, 'j.sato', '佐藤')).toEqual([]);
  // The search itself finds what is there.
  expect(await traces('電子カルテシステムの停止')).not.toEqual([]);
  expect(await rig.count('contact_key', 'report_id = $1', [body.reportId])).toBe(1);
});

it('a sealed contact that was put in the place of another is not shown', async () => {
  const [one, two] = [
    await rig.submit(sampleReport({ contact }), hospital),
    await rig.submit(sampleReport(), hospital),
  ];
  const path = `/v1/reports/${two.body.reportId}`;
  await rig.database.query(
    'superuser',
    `SET session_replication_role = replica;
     UPDATE contact SET sealed = (SELECT sealed FROM contact WHERE report_id = '${one.body.reportId}') WHERE report_id = '${two.body.reportId}';
     UPDATE contact_key SET (master, wrapped) = (SELECT master, wrapped FROM contact_key WHERE report_id = '${one.body.reportId}')
      WHERE report_id = '${two.body.reportId}'`,
  );
  expect((await rig.client.call(hospital, 'GET', `/v1/reports/${one.body.reportId}`)).status).toBe(200);
  expect((await rig.client.call(hospital, 'GET', path)).status).toBe(500);
  await rig.database.query(
    'superuser',
    `SET session_replication_role = replica; DELETE FROM contact_key WHERE report_id = '${two.body.reportId}';
     DELETE FROM report_revision WHERE report_id = '${two.body.reportId}'; DELETE FROM contact WHERE report_id = '${two.body.reportId}'`,
  );
});

it('a new master key takes over the keys of all reports, and the earlier one can go', async () => {
  const { body } = await rig.submit(sampleReport({ contact }), power);
  const path = `/v1/reports/${body.reportId}`;
  const rotated = await withKeys(`${second},${first}`);
  try {
    await eventually('the keys under the new master key', async () => (await keptUnder()).join() === 'second');
    expect((await rotated.client.call(power, 'GET', path)).body.report.contact).toEqual(contact);
    expect((await rotated.ready()).status).toBe(200);
  } finally {
    await rotated.stop();
  }
  const without = await withKeys(second);
  try {
    expect((await without.client.call(power, 'GET', path)).body.report.contact).toEqual(contact);
    expect((await without.ready()).status).toBe(200);
  } finally {
    await without.stop();
  }
});

it('a service without a master key that is still needed is not ready, and says which one', async () => {
  const wrong = await withKeys(strange);
  try {
    const { status, text } = await wrong.ready();
    expect([status, JSON.parse(text).checks]).toEqual([
      503,
      expect.arrayContaining([
        { name: 'contact keys', ok: false, detail: expect.stringMatching(/CONTACT_MASTER_KEYS lacks .*second/) },
      ]),
    ]);
  } finally {
    await wrong.stop();
  }
});

it('the service does not start without master keys', async () => {
  const environment = await serviceEnvironment('incident-intake', rig.database, rig.issuer);
  const { CONTACT_MASTER_KEYS: _left, ...others } = environment;
  expect(() => readConfig(intakeConfig, { ...others, SEKISHO_SEED: 'x' })).toThrow(/CONTACT_MASTER_KEYS/);
});
