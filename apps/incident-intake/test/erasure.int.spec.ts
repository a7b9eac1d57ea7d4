import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, type JSONWebKeySet, verify } from '@sekisho/signing';
import { readTopic, type TestPrincipal } from '@sekisho/testing';
import { hospital, type IntakeRig, masterKey, operator, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake({ environment: { CONTACT_MASTER_KEYS: masterKey('m') } });
});
afterAll(() => rig?.stop());

const second: TestPrincipal = { ...operator, subject: 'o2' };
const mandatory = (over: Parameters<typeof sampleReport>[0] = {}) => sampleReport({ basis: 'MANDATORY', ...over });

async function submitted(): Promise<string> {
  return (await rig.submit(mandatory(), power)).body.reportId;
}
const call = (principal: TestPrincipal, method: 'GET' | 'POST', path: string, body?: unknown, headers = {}) =>
  rig.client.call(principal, method, `/v1/reports/${path}`, body, headers);
const ask = (principal: TestPrincipal, id: string) =>
  call(principal, 'POST', `${id}/erasure`, { reason: '本人の請求' });
const confirm = (principal: TestPrincipal, id: string) => call(principal, 'POST', `${id}/erasure/confirmation`);
const revise = (id: string, revision: number, over: Parameters<typeof sampleReport>[0]) =>
  call(power, 'POST', `${id}/revisions`, mandatory({ stage: 'FOLLOW_UP', ...over }), { 'if-match': `"${revision}"` });
const problem = (code: string) => `urn:sekisho:problem:${code}`;

it('two persons erase whom to contact from every revision; all else stays, and its receipts verify', async () => {
  const id = await submitted();
  const contact = { name: '佐藤 次郎', email: 'j.sato@power.example' };
  await revise(id, 1, { contact });
  const { body: before } = await call(power, 'GET', `${id}?revision=1`);
  expect(digestOf(before.report)).toBe(before.digest);

  const asked = await ask(power, id);
  expect([asked.status, asked.body]).toEqual([201, { reportId: id, askedAt: expect.any(String) }]);
  expect((await call(power, 'GET', `${id}`)).body.report.contact).toEqual(contact);
  const erased = await confirm(operator, id);
  expect([erased.status, erased.body]).toEqual([201, { reportId: id, erasedAt: expect.any(String) }]);

  const { erasedAt } = erased.body;
  for (const revision of [1, 2]) {
    const { status, body } = await call(power, 'GET', `${id}?revision=${revision}`);
    expect([status, body.report.contact, body.contactErasedAt]).toEqual([200, null, erasedAt]);
  }
  const { body: after } = await call(power, 'GET', `${id}?revision=1`);
  const { contactErasedAt: _at, report, ...others } = after;
  expect({ ...others, report: { ...report, contact: before.report.contact } }).toEqual(before);
  const keys = (await (await fetch(`${rig.service.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
  expect(await verify(after.receipt, keys, 'sekisho-receipt+jws')).toMatchObject({
    reportId: id,
    digest: before.digest,
  });
  // Nothing can be said of a contact that nobody knows.
  expect((await call(power, 'GET', `${id}/revisions/1/diff/2`)).body.changes).toEqual([
    { pointer: '/stage', change: 'CHANGED', before: 'INITIAL', after: 'FOLLOW_UP' },
  ]);

  expect(await rig.count('contact_key', 'report_id = $1', [id])).toBe(0);
  const [told] = await readTopic(
    'classification',
    'intake.reports.v1',
    ({ key, headers }) => key === id && headers['ce_type'] === 'contact-erased.v1',
    (messages) => messages.length > 0,
  );
  expect(told!.value).toEqual({ reportId: id, erasedAt });
});

it('a contact that comes afterwards is sealed under a new key, and can be erased too', async () => {
  const id = await submitted();
  await ask(power, id);
  await confirm(operator, id);
  expect((await ask(power, id)).body).toMatchObject({ type: problem('illegal-transition'), status: 409 });
  expect((await confirm(operator, id)).body).toMatchObject({ type: problem('illegal-transition'), status: 409 });
  const contact = { name: '佐藤 次郎', email: 'j.sato@power.example' };
  for (const revision of [1, 2]) expect((await revise(id, revision, { contact })).status).toBe(201);
  expect(await rig.count('contact_key', 'report_id = $1 AND version = 2', [id])).toBe(1);
  const shown = async (revision: number) =>
    (await call(power, 'GET', `${id}?revision=${revision}`)).body.report.contact;
  expect([await shown(1), await shown(2), await shown(3)]).toEqual([null, contact, contact]);
  expect((await ask(operator, id)).status).toBe(201);
  expect((await confirm(second, id)).status).toBe(201);
  expect([await shown(1), await shown(2), await shown(3)]).toEqual([null, null, null]);
});

it('one person alone erases nothing, whatever the client', async () => {
  const id = await submitted();
  expect((await confirm(operator, id)).status).toBe(409);
  expect((await ask(operator, id)).status).toBe(201);
  expect((await ask(power, id)).status).toBe(409);
  const again = await confirm({ ...second, person: ' O1' }, id);
  expect([again.status, again.body.type]).toEqual([409, problem('same-person')]);
  expect((await call(power, 'GET', id)).body.report.contact).toEqual(mandatory().contact);
  expect((await confirm(second, id)).status).toBe(201);
});

it('nobody erases another organisation’s contacts but operators, who do not see the report for it', async () => {
  const id = await submitted();
  expect((await ask(hospital, id)).status).toBe(404);
  for (const [principal, method, path] of [
    [power, 'POST', `${id}/erasure/confirmation`],
    [operator, 'GET', id],
    [operator, 'GET', `${id}/revisions`],
  ] as const) {
    expect((await call(principal, method, path)).status).toBe(403);
  }
  const nowhere = '019a0000-0000-7000-8000-000000000009';
  expect([(await ask(operator, nowhere)).status, (await confirm(operator, nowhere)).status]).toEqual([404, 404]);
  // Not even by SQL: what erases sees that a report is there, and none of its words.
  const seen = async (table: string) => {
    const [row] = await rig.database.query<{ n: number }>(
      'app',
      `WITH duty AS MATERIALIZED (SELECT set_config('app.duty', 'contact-erasure', true) AS duty)
       SELECT count(*)::int AS n FROM duty, LATERAL (SELECT FROM ${table} WHERE duty IS NOT NULL) AS seen`,
    );
    return row!.n;
  };
  for (const table of ['report_revision', 'contact', 'report_clock', 'report_withdrawal', 'report_consent']) {
    expect([table, await seen(table)]).toEqual([table, 0]);
  }
  expect(await seen('report')).toBeGreaterThan(0);
});

it('operators see in their worklist what waits for them, the earliest first, and nobody else does', async () => {
  const list = async (principal: TestPrincipal, query = '', language = 'en') =>
    (await rig.client.call(principal, 'GET', `/v1/worklist${query}`, undefined, { 'accept-language': language })).body;
  const before = (await list(operator)).items.length;
  const ids = [await submitted(), await submitted()];
  for (const id of ids) await ask(power, id);
  const { items } = await list(operator);
  expect(items.slice(before)).toMatchObject([
    {
      kind: 'CONTACT_ERASURE',
      subject: ids[0],
      what: { organisation: 'org-power', reason: '本人の請求', askedBy: 'p1' },
      who: ['operator'],
      link: `/v1/reports/${ids[0]}/erasure/confirmation`,
    },
    { subject: ids[1] },
  ]);
  expect((await list(operator, '', 'ja')).items.at(-1).what.text).toMatch(
    /^org-power の報告の連絡先：令和.*までに消去を確認してください$/,
  );
  const first = await list(operator, '?limit=1');
  const rest = await list(operator, `?limit=50&cursor=${first.next}`);
  expect([...first.items, ...rest.items].map(({ subject }) => subject)).toEqual(
    items.map(({ subject }: { subject: string }) => subject),
  );
  for (const id of ids) expect(JSON.stringify(await list(power))).not.toContain(`${id}/erasure`);
  await confirm(operator, ids[0]!);
  expect((await list(operator)).items.map(({ subject }: { subject: string }) => subject)).not.toContain(ids[0]);
});

it('the same key gets the same answer, and erases once', async () => {
  const id = await submitted();
  const key = { 'idempotency-key': `erase-${id}` };
  const asked = await call(power, 'POST', `${id}/erasure`, { reason: 'r' }, key);
  expect((await call(power, 'POST', `${id}/erasure`, { reason: 'r' }, key)).body).toEqual(asked.body);
  const erased = await call(operator, 'POST', `${id}/erasure/confirmation`, undefined, key);
  expect((await call(operator, 'POST', `${id}/erasure/confirmation`, undefined, key)).body).toEqual(erased.body);
  expect(await rig.count('outbox', `key = $1 AND type = 'contact-erased.v1'`, [id])).toBe(1);
});

describe('in the database', () => {
  const refused = async (id: string, sql: string) =>
    rig.database.query('superuser', sql.replaceAll('$id', `'${id}'`)).then(
      () => 'done',
      (error: { message: string }) => error.message,
    );

  it('a key that a backup brought back goes as the page on personal data says', async () => {
    const id = await submitted();
    const [key] = await rig.database.query('superuser', 'SELECT * FROM contact_key WHERE report_id = $1', [id]);
    await ask(power, id);
    await confirm(operator, id);
    await rig.database.query(
      'superuser',
      'INSERT INTO contact_key SELECT * FROM jsonb_populate_record(NULL::contact_key, $1)',
      [JSON.stringify({ ...key, wrapped: `\\x${(key!['wrapped'] as Buffer).toString('hex')}` })],
    );
    expect((await call(power, 'GET', id)).body.report.contact).toBeNull();
    const page = readFileSync(join(import.meta.dirname, '../../../docs/personal-data.md'), 'utf8');
    const [, sql = ''] = /```sql\n(.*?)```/s.exec(page)!;
    await rig.database.query('owner', sql.replaceAll('-- ', ''));
    expect(await rig.count('contact_key', 'report_id = $1', [id])).toBe(0);
    expect(await rig.count('contact_key')).toBeGreaterThan(0);
    expect(await rig.database.query('owner', 'SELECT * FROM contact_key')).toEqual([]);
  });

  it('a key goes with a confirmation alone, and a confirmation not without one', async () => {
    const id = await submitted();
    expect(await refused(id, 'DELETE FROM contact_key WHERE report_id = $id')).toMatch(
      /confirmation of its erasure alone/,
    );
    await ask(power, id);
    expect(await refused(id, 'DELETE FROM contact_key WHERE report_id = $id')).toMatch(
      /confirmation of its erasure alone/,
    );
    const confirmation = `INSERT INTO contact_erasure_confirmation (report_id, organisation_id, version, confirmed_actor, erased_at, recorded_by,
      correlation_id) VALUES ($id, 'org-power', 1, '{"person":"p"}', now(), 'x', 'x')`;
    expect(
      await refused(
        id,
        `SET LOCAL session_replication_role = replica; DELETE FROM contact_key WHERE report_id = $id;
         SET LOCAL session_replication_role = origin; ${confirmation}`,
      ),
    ).toMatch(/there is no key/);
    expect(await refused(id, confirmation)).toBe('done');
    expect(await rig.count('contact_key', 'report_id = $1', [id])).toBe(0);
  });
});
