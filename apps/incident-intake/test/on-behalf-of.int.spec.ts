import { randomUUID } from 'node:crypto';
import type { ReportForm } from '@sekisho/contracts';
import { digestOf, type JSONWebKeySet, verify } from '@sekisho/signing';
import { readTopic, type TestPrincipal } from '@sekisho/testing';
import { analyst, hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake();
});
afterAll(() => rig?.stop());

const forHospital = { organisation: 'org-hospital', channel: 'TELEPHONE' } as const;
const entry = (onBehalfOf: unknown = forHospital, over: Partial<ReportForm> = {}) => ({
  ...sampleReport(over),
  onBehalfOf,
});
const get = (path: string, by: TestPrincipal = hospital) => rig.client.call(by, 'GET', path);
const check = (body: unknown, by: TestPrincipal = analyst) => rig.client.call(by, 'POST', '/v1/report-checks', body);

describe('a report that came by telephone', () => {
  it('is its organisation’s in every respect, and says who entered it', async () => {
    const { status, headers, body } = await rig.submit(entry(), analyst);
    expect(status).toBe(202);
    const path = headers.get('location')!;
    const view = await get(path);
    expect(view.body).toMatchObject({
      report: sampleReport(),
      digest: digestOf(sampleReport()),
      enteredBy: { channel: 'TELEPHONE', organisation: 'org-nco', at: body.receivedAt },
    });
    expect((await get(path, power)).status).toBe(404);
    expect((await get('/v1/reports')).body.items.map(({ reportId }: { reportId: string }) => reportId)).toEqual([
      body.reportId,
    ]);
    const due = (await get('/v1/worklist')).body.items.map(({ subject }: { subject: string }) => subject);
    expect(due).toContain(body.reportId);
    const keys = (await (await fetch(`${rig.service.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
    expect(await verify(body.receipt, keys, 'sekisho-receipt+jws')).toMatchObject({
      organisation: 'org-hospital',
      number: view.body.number,
    });

    // Which of the staff it was, the rows know; others know of which organisation.
    const recorded = await rig.database.query('superuser', 'SELECT recorded_by FROM report WHERE id = $1', [
      body.reportId,
    ]);
    expect(recorded).toEqual([{ recorded_by: expect.stringMatching(/#a1$/) }]);
    expect((await get(`${path}/revisions`)).body.items).toMatchObject([{ by: 'org-nco' }]);

    const revised = await rig.client.call(hospital, 'POST', `${path}/revisions`, sampleReport({ stage: 'FINAL' }), {
      'if-match': '"1"',
    });
    expect(revised.status).toBe(201);
    expect((await get(`${path}/revisions`)).body.items).toMatchObject([
      { by: expect.stringMatching(/#h1$/) },
      { by: 'org-nco' },
    ]);
    const messages = await readTopic(
      'classification',
      'intake.reports.v1',
      ({ key }) => key === body.reportId,
      (seen) => seen.length === 2,
    );
    const [submitted, later] = messages.map(({ value }) => value as Record<string, unknown>);
    expect(submitted).toMatchObject({ channel: 'TELEPHONE', organisation: { id: 'org-hospital' } });
    expect(later).not.toHaveProperty('channel');
  });

  it('stays with intake without consent, and says how it came when it is released', async () => {
    const { body } = await rig.submit(
      entry({ ...forHospital, channel: 'FAX' }, { consent: { forward: false } }),
      analyst,
    );
    expect(
      (await rig.client.call(hospital, 'PUT', `/v1/reports/${body.reportId}/consent`, { forward: true })).status,
    ).toBe(200);
    const [withheld, released] = await readTopic(
      'classification',
      'intake.reports.v1',
      ({ key }) => key === body.reportId,
      (seen) => seen.length === 2,
    );
    expect(withheld!.value).not.toHaveProperty('report');
    expect(released!.value).toMatchObject({ released: true, channel: 'FAX' });
  });

  it('has one answer under the staff’s key, and one report under the organisation’s own number', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const externalId = randomUUID();
    const one = await rig.submit(entry(forHospital, { externalId }), analyst, key);
    const again = await rig.submit(entry(forHospital, { externalId }), analyst, key);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([202, one.body, 'true']);
    expect((await rig.submit(entry({ ...forHospital, channel: 'FAX' }, { externalId }), analyst, key)).status).toBe(
      422,
    );
    // The same key is another’s own, whoever’s report it is.
    const own = await rig.submit(sampleReport({ externalId }), hospital, key);
    expect([own.status, own.body.reportId]).toEqual([202, one.body.reportId]);
    const others = await rig.submit(entry({ organisation: 'org-power', channel: 'FAX' }, { externalId }), analyst);
    expect(others.body.reportId).not.toBe(one.body.reportId);
    expect(await rig.count('report_entry', 'report_id = $1', [one.body.reportId])).toBe(1);
  });
});

describe('nobody reports for whom it is not his to report', () => {
  const ENGLISH = /^[ -~]+$/;
  const JAPANESE = /[ぁ-ん]/;

  it.each<[string, TestPrincipal, unknown]>([
    ['a partner for another', power, entry()],
    ['a partner for itself', hospital, entry()],
    ['an analyst without saying for whom', analyst, sampleReport()],
  ])('%s', async (_, by, body) => {
    const before = await rig.count('report');
    for (const [language, words] of [
      ['en', ENGLISH],
      ['ja', JAPANESE],
    ] as const) {
      const sent = await rig.submit(body, by, { 'accept-language': language });
      expect([sent.status, sent.body.type, sent.body.detail]).toEqual([
        403,
        'urn:sekisho:problem:not-permitted',
        expect.stringMatching(words),
      ]);
      expect(sent.body.detail).toMatch(/onBehalfOf/);
    }
    expect((await check(body, by)).status).toBe(403);
    expect(await rig.count('report')).toBe(before);
  });

  it('an organisation that is not registered is a fault of the entry', async () => {
    const unknown = entry({ organisation: 'org-nobody', channel: 'FAX' });
    for (const [expected, { status, body }] of [
      [422, await rig.submit(unknown, analyst)],
      [200, await check(unknown)],
    ] as const) {
      expect([status, body.errors[0].pointer, body.errors[0].code]).toEqual([
        expected,
        '/onBehalfOf/organisation',
        'not-in-register',
      ]);
    }
  });

  it.each<[string, unknown, string]>([
    ['another channel', { ...forHospital, channel: 'PIGEON' }, '/onBehalfOf/channel'],
    ['a person’s name', { ...forHospital, informant: '山田' }, '/onBehalfOf/informant'],
    ['nothing', {}, '/onBehalfOf/organisation'],
  ])('%s is no way to enter one', async (_, onBehalfOf, pointer) => {
    const { status, body } = await rig.submit(entry(onBehalfOf), analyst);
    expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
    const checked = await check(entry(onBehalfOf));
    expect([checked.status, checked.body.accepted, checked.body.errors[0].pointer]).toEqual([200, false, pointer]);
  });

  it('what staff have not written to the end is answered with what is wrong with it', async () => {
    const { status, body } = await check({});
    expect([status, body.accepted, body.errors.length > 5]).toEqual([200, false, true]);
  });

  it('a batch is a partner’s own', async () => {
    const line = JSON.stringify(entry());
    const type = { 'content-type': 'application/x-ndjson' };
    expect((await rig.client.call(analyst, 'POST', '/v1/report-batches', line, type)).status).toBe(403);
    const { body } = await rig.client.call(hospital, 'POST', '/v1/report-batches', line, type);
    expect(body).toMatchObject({
      status: 400,
      problem: { errors: [{ pointer: '/onBehalfOf', code: 'unknown-field' }] },
    });
  });
});

it('a check for an organisation is held to its entry, and to its own number', async () => {
  const { body } = await check(entry({ organisation: 'org-power', channel: 'FAX' }));
  expect(body).toMatchObject({ accepted: true });
  expect(body.warnings.map(({ code }: { code: string }) => code)).toContain('designation-differs');
  const externalId = randomUUID();
  await rig.submit(sampleReport({ externalId }), hospital);
  const taken = await check(entry(forHospital, { externalId, title: 'x' }));
  expect(taken.body.errors).toMatchObject([{ pointer: '/externalId', code: 'external-id-taken' }]);
});
