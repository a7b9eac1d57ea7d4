import { randomUUID } from 'node:crypto';
import { Clock } from '@sekisho/service';
import { DraftSweep } from '../src/drafts/draft-sweep.js';
import { analyst, hospital, type IntakeRig, masterKey, power, startIntake, stranger } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

const clock = Object.assign(new Clock(), { at: new Date('2026-11-25T00:00:00Z'), now: () => clock.at });
const later = (days: number) => {
  clock.at = new Date(clock.at.getTime() + days * 86_400_000);
};

const FIRST = masterKey('first');

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake({
    overrides: [{ provide: Clock, useValue: clock }],
    environment: { CONTACT_MASTER_KEYS: FIRST },
  });
});
afterAll(() => rig?.stop());

const colleague = { ...hospital, subject: 'h2' };
const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, by = hospital, headers = {}) =>
  rig.client.call(by, method, `/v1/report-drafts${path}`, body, headers);
const drafted = async (body: object = sampleReport(), by = hospital): Promise<string> =>
  (await call('POST', '', body, by)).body.draftId;
const submit = (id: string, by = hospital, headers = {}) => call('POST', `/${id}/submission`, undefined, by, headers);

describe('a draft', () => {
  it('is kept as far as it has come, says what it lacks, and is changed by whoever has read it', async () => {
    const created = await call('POST', '', { title: '調査中', oddity: [1] });
    expect([created.status, created.headers.get('etag')]).toEqual([201, '"1"']);
    const { draftId } = created.body;
    expect(created.headers.get('location')).toBe(`/v1/report-drafts/${draftId}`);
    expect(created.body).toMatchObject({
      version: 1,
      changedAt: '2026-11-25T00:00:00.000Z',
      expiresAt: '2026-12-25T00:00:00.000Z',
    });
    const { body } = await call('GET', `/${draftId}`);
    expect(body.report).toEqual({ title: '調査中', oddity: [1] });
    const lacks = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(lacks).toEqual(expect.arrayContaining(['/form', '/contact', '/oddity']));
    expect(lacks).not.toContain('/title');
    expect((await call('PUT', `/${draftId}`, sampleReport())).status).toBe(428);
    const changed = await call('PUT', `/${draftId}`, sampleReport(), colleague, { 'if-match': '"1"' });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    const stale = await call('PUT', `/${draftId}`, {}, hospital, { 'if-match': '"1"' });
    expect([stale.status, stale.body.version]).toEqual([412, 2]);
    const now = await call('GET', `/${draftId}`);
    expect([now.body.errors, now.body.report, now.headers.get('etag')]).toEqual([[], sampleReport(), '"2"']);
    const { body: list } = await call('GET', '');
    expect(list.items[0]).toEqual({
      draftId,
      version: 2,
      changedAt: expect.any(String),
      expiresAt: expect.any(String),
      title: sampleReport().title,
    });
    expect((await call('DELETE', `/${draftId}`, undefined, hospital, { 'if-match': '"1"' })).status).toBe(412);
    expect((await call('DELETE', `/${draftId}`)).status).toBe(204);
    expect((await call('GET', `/${draftId}`)).status).toBe(404);
    expect((await call('DELETE', `/${draftId}`)).status).toBe(404);
  });

  it('is nothing to another organisation, to analysts, and to who may not report', async () => {
    const id = await drafted();
    for (const [method, path, body] of [
      ['GET', `/${id}`],
      ['PUT', `/${id}`, {}],
      ['DELETE', `/${id}`],
      ['POST', `/${id}/submission`],
    ] as const) {
      expect([method, (await call(method, path, body, power, { 'if-match': '"1"' })).status]).toEqual([method, 404]);
      expect([method, (await call(method, path, body, analyst)).status]).toEqual([method, 403]);
    }
    expect((await call('GET', '', undefined, power)).body.items).toEqual([]);
    expect((await call('POST', '', {}, stranger)).status).toBe(403);
    expect((await call('GET', `/${id}`)).status).toBe(200);
  });

  it('is an object, not nested deeper than any body may be', async () => {
    for (const body of ['[]', '"x"', 'null', '{'])
      expect([body, (await call('POST', '', body)).status]).toEqual([body, 400]);
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const { status, body } = await call('POST', '', deep);
    expect([status, body.errors[0].code]).toEqual([400, 'deep-json']);
    const odd = { text: 'nul \u0000 and \ud800 alone' };
    const id = await drafted(odd);
    expect((await call('GET', `/${id}`)).body.report).toEqual(odd);
  });

  it('under one Idempotency-Key is created once', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const ids = await Promise.all([1, 2, 3].map(() => call('POST', '', { a: 1 }, hospital, key)));
    expect(new Set(ids.map(({ body }) => body.draftId)).size).toBe(1);
  });

  it('is one of a hundred at most', async () => {
    const before = (await call('GET', '?limit=200', undefined, power)).body.items.length;
    for (let count = before; count < 100; count += 1) await drafted({ title: 'x' }, power);
    const { status, body } = await call('POST', '', {}, power);
    expect([status, body.detail]).toEqual([409, expect.stringContaining('100')]);
    await call(
      'DELETE',
      `/${(await call('GET', '?limit=1', undefined, power)).body.items[0].draftId}`,
      undefined,
      power,
    );
    expect((await call('POST', '', {}, power)).status).toBe(201);
  });
});

describe('a submitted draft', () => {
  it('is a report as if it had been sent at once, and gone', async () => {
    const id = await drafted();
    const key = { 'idempotency-key': randomUUID() };
    const { status, body, headers } = await submit(id, hospital, key);
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/v1/reports/${body.reportId}`);
    expect(Object.keys(body).sort()).toEqual(Object.keys((await rig.submit(sampleReport())).body).sort());
    const { body: report } = await rig.client.call(hospital, 'GET', `/v1/reports/${body.reportId}`);
    expect([report.report, report.receipt]).toEqual([sampleReport(), body.receipt]);
    expect((await call('GET', `/${id}`)).status).toBe(404);
    expect((await submit(id)).status).toBe(404);
    expect((await submit(id, hospital, key)).body).toEqual(body);
    expect(await rig.count('report_draft', 'id = $1', [id])).toBe(0);
  });

  it('that is not right is answered like a report that is not, and stays', async () => {
    const id = await drafted({ ...sampleReport(), form: 'LETTER' });
    const { status, body } = await submit(id);
    expect([status, body.errors[0].pointer]).toEqual([400, '/form']);
    const late = await drafted(sampleReport({ recognisedAt: '2030-01-01T00:00:00Z' }));
    expect((await submit(late)).body.errors[0].code).toBe('recognised-in-future');
    await call('PUT', `/${late}`, sampleReport(), hospital, { 'if-match': '"1"' });
    expect((await submit(late)).status).toBe(202);
    expect((await call('GET', `/${id}`)).status).toBe(200);
  });

  it('by many at once is one report', async () => {
    const title = randomUUID();
    const id = await drafted(sampleReport({ title }));
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => submit(id, n % 2 ? hospital : colleague)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array.from({ length: 7 }, () => 404)]);
    expect(await rig.count('report_revision', `content ->> 'title' = $1`, [title])).toBe(1);
  });

  it('of which no more than the report was written when the service ended is gone, and sent again it is that report', async () => {
    const title = randomUUID();
    const id = await drafted(sampleReport({ title }));
    const app = `${rig.database.name}_app`;
    await rig.database.query('superuser', `REVOKE DELETE ON report_draft FROM "${app}"`);
    try {
      expect((await submit(id)).status).toBe(500);
    } finally {
      await rig.database.query('superuser', `GRANT DELETE ON report_draft TO "${app}"`);
    }
    expect(await rig.count('report_draft', 'id = $1', [id])).toBe(1);
    expect((await call('GET', `/${id}`)).status).toBe(404);
    expect((await call('PUT', `/${id}`, {}, hospital, { 'if-match': '"1"' })).status).toBe(404);
    const listed = (await call('GET', '?limit=200')).body.items as { draftId: string }[];
    expect(listed.map(({ draftId }) => draftId)).not.toContain(id);
    const { status, body } = await submit(id, colleague);
    expect(status).toBe(202);
    const { body: report } = await rig.client.call(hospital, 'GET', `/v1/reports/${body.reportId}`);
    expect([report.report.title, report.receipt]).toEqual([title, body.receipt]);
    expect(await rig.count('report_revision', `content ->> 'title' = $1`, [title])).toBe(1);
    expect(await rig.count('report_draft', 'id = $1', [id])).toBe(0);
  });
});

it('drafts that nobody has touched for thirty days are deleted, of all organisations, also after a restart', async () => {
  const [old, touched] = [await drafted(), await drafted()];
  later(20);
  expect((await call('PUT', `/${touched}`, { title: 'x' }, hospital, { 'if-match': '"1"' })).status).toBe(200);
  later(10);
  const sweep = rig.service.app.get(DraftSweep);
  expect(await sweep.sweep()).toBe(0);
  clock.at = new Date(clock.at.getTime() + 1);
  expect(await sweep.sweep()).toBeGreaterThan(90);
  expect(await sweep.sweep()).toBe(0);
  expect([(await call('GET', `/${old}`)).status, (await call('GET', `/${touched}`)).status]).toEqual([404, 200]);
});

describe('what is in a draft', () => {
  it('is in no table to be read, and opens as that draft in that version alone', async () => {
    const [one, other] = [await drafted({ name: '山田 花子', n: 1 }), await drafted({ name: '山田 花子', n: 2 })];
    expect(await rig.count('report_draft t', `t::text ~ '山田|yamada' OR sealed::text ~ 'name'`)).toBe(0);
    expect(await rig.count('idempotency t', `t::text ~ '山田'`)).toBe(0);
    const exchange = `UPDATE report_draft SET sealed = other.sealed, master = other.master, wrapped = other.wrapped
                        FROM report_draft AS other WHERE report_draft.id = $1 AND other.id = $2`;
    await rig.database.query('superuser', exchange, [one, other]);
    expect((await call('GET', `/${one}`)).status).toBe(500);
    expect((await call('GET', `/${other}`)).body.report).toEqual({ name: '山田 花子', n: 2 });
    await call('DELETE', `/${other}`);
    await rig.database.query('superuser', 'DELETE FROM report_draft WHERE id = $1', [one]);
  });

  it('goes under the current master key with the next sweep, so that an earlier one can go', async () => {
    const id = await drafted({ title: 'kept' });
    const next = masterKey('next');
    const beside = async (keys: string) => {
      const other = await startIntake({ database: rig.database, environment: { CONTACT_MASTER_KEYS: keys } });
      const stop = async () => {
        await other.service.stop();
        await other.issuer.stop();
      };
      return { other, stop };
    };
    const rotated = await beside(`${next},${FIRST}`);
    await rotated.other.service.app.get(DraftSweep).sweep();
    await rotated.stop();
    expect(await rig.database.query('superuser', 'SELECT DISTINCT master FROM report_draft')).toEqual([
      { master: 'next' },
    ]);
    // Without the key that is needed now the service is not ready.
    expect((await fetch(`${rig.service.url}/health/ready`)).status).toBe(503);
    const alone = await beside(next);
    const { body } = await alone.other.client.call(hospital, 'GET', `/v1/report-drafts/${id}`);
    await alone.stop();
    expect(body.report).toEqual({ title: 'kept' });
  });
});
