import type { ReportForm } from '@sekisho/contracts';
import { testIssuer } from '@sekisho/testing';
import { analyst, hospital, type IntakeRig, startIntake, stranger } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;

beforeAll(async () => {
  rig = await startIntake();
});

afterAll(() => rig?.stop());

const PROBLEM = 'urn:sekisho:problem:';

describe('a body', () => {
  it.each<[string, (report: ReportForm) => unknown, string[]]>([
    ['an unknown field', (r) => ({ ...r, colour: 'red' }), ['/colour']],
    [
      'unknown fields inside',
      (r) => ({ ...r, impact: { ...r.impact, x: 1 }, servers: [{ ref: 's', y: 1 }] }),
      ['/impact/x', '/servers/0/y'],
    ],
    [
      'several faults',
      (r) => ({ ...r, form: 'VIRUS', recognisedAt: 'yesterday', targets: [], consent: {}, more: 1 }),
      ['/consent/forward', '/form', '/more', '/recognisedAt', '/targets'],
    ],
    [
      'every type wrong',
      (r) => Object.fromEntries(Object.keys(r).map((field) => [field, 7])),
      Object.keys(sampleReport())
        .map((field) => `/${field}`)
        .sort(),
    ],
    ['a time without offset', (r) => ({ ...r, recognisedAt: '2026-11-22T06:40:00' }), ['/recognisedAt']],
    ['a day that does not exist', (r) => ({ ...r, recognisedAt: '2026-02-30T06:40:00Z' }), ['/recognisedAt']],
    [
      'a time after all years',
      (r) => ({ ...r, basis: 'MANDATORY', recognisedAt: '9999-12-31T23:59:59Z' }),
      ['/recognisedAt'],
    ],
    ['two servers of one ref', (r) => ({ ...r, servers: [{ ref: 's1' }, { ref: 's1' }] }), ['/servers']],
    ['U+0000', (r) => ({ ...r, title: 'a\u0000b' }), ['/title']],
    ['U+0000 of the person', (r) => ({ ...r, contact: { ...r.contact, name: 'a\u0000b' } }), ['/contact/name']],
  ])('with %s is told by pointer', async (_, change, pointers) => {
    const { status, body, headers } = await rig.submit(change(sampleReport()));
    expect([status, body.type]).toEqual([400, `${PROBLEM}invalid-request`]);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(pointers);
  });

  it.each([
    ['half a character', JSON.stringify(sampleReport({ title: 'MARK' })).replace('MARK', '\\ud83d')],
    ['the other half', JSON.stringify(sampleReport({ summary: 'MARK' })).replace('MARK', '\\ude00\\ud83d')],
    ['no JSON', '{"form": '],
    ['a prototype', JSON.stringify(sampleReport()).replace('{', '{"__proto__":{"a":1},')],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number that is none', JSON.stringify(sampleReport()).replace('1200', '1e999')],
  ])('of %s is refused', async (_, text) => {
    const { status, body } = await rig.submit(text);
    expect([status, body.type]).toEqual([400, `${PROBLEM}invalid-request`]);
  });

  it('of 100,000 nested lists is refused at once, in words that name the bound', async () => {
    const deep = JSON.stringify(sampleReport({ title: 'MARK' })).replace(
      '"MARK"',
      '['.repeat(100_000) + ']'.repeat(100_000),
    );
    const began = performance.now();
    const { status, body } = await rig.submit(deep, hospital, { 'accept-language': 'ja' });
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer: '', code: 'deep-json' })]]);
    expect(body.detail).toContain('64 段');
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('that is not UTF-8 is refused, and nothing of it is guessed', async () => {
    const bytes = Buffer.from(JSON.stringify(sampleReport({ title: 'MARK' })).replace('MARK', '\u00e9'), 'latin1');
    const response = await fetch(`${rig.service.url}/v1/reports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await rig.issuer.token(hospital)}`, 'content-type': 'application/json' },
      body: bytes,
    });
    const { errors } = (await response.json()) as { errors: object[] };
    expect([response.status, errors]).toEqual([400, [expect.objectContaining({ code: 'unknown-encoding' })]]);
  });

  it('that is too large to be passed on is refused, not taken and not an error of ours', async () => {
    const indicators = Array.from({ length: 1000 }, (_, n) => ({ type: 'url', value: `${n}/${'x'.repeat(800)}` }));
    const { status, body } = await rig.submit(sampleReport({ indicators }));
    expect([status, body.type]).toEqual([413, `${PROBLEM}body-too-large`]);
  });

  it('of over 1 MiB is refused, of another type as well', async () => {
    const large = await rig.submit(sampleReport({ summary: 'x'.repeat(1024 * 1024) }));
    expect([large.status, large.body.type]).toEqual([413, `${PROBLEM}body-too-large`]);
    const text = await rig.submit('form: DDOS', hospital, { 'content-type': 'application/yaml' });
    expect([text.status, text.body.type]).toEqual([415, `${PROBLEM}unsupported-media-type`]);
  });

  it('leaves nothing behind when it is refused', async () => {
    expect(await rig.count('report')).toBe(0);
    expect(await rig.count('contact')).toBe(0);
    expect(await rig.count('outbox', `topic = 'intake.reports.v1'`)).toBe(0);
  });
});

describe('a caller', () => {
  it('without a valid token is not let in', async () => {
    const elsewhere = await testIssuer();
    const tokens = {
      'none at all': null,
      expired: await rig.issuer.token(hospital, { age: 1000 }),
      'of an issuer that nobody trusts': await elsewhere.token(hospital),
      'for another service': await rig.issuer.token(hospital, { audience: ['classification'] }),
      'that lives too long': await rig.issuer.token(hospital, { lifetime: 86_400 }),
      'of no form': 'x.y.z',
    };
    await elsewhere.stop();
    for (const [kind, token] of Object.entries(tokens)) {
      const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
      const { status, body } = await rig.submit(sampleReport(), null, headers);
      expect([kind, status, body.type]).toEqual([kind, 401, `${PROBLEM}not-authenticated`]);
    }
  });

  it('in another role may neither submit nor read', async () => {
    const submitted = await rig.submit(sampleReport(), analyst);
    expect([submitted.status, submitted.body.type]).toEqual([403, `${PROBLEM}not-permitted`]);
    expect((await rig.client.call(analyst, 'GET', '/v1/reports')).status).toBe(403);
  });

  it('of an organisation that is not registered is told so', async () => {
    const { status, body } = await rig.submit(sampleReport(), stranger);
    expect([status, body.type, body.detail]).toEqual([
      403,
      `${PROBLEM}not-permitted`,
      expect.stringContaining('org-nobody'),
    ]);
  });

  it('is told the faults in Japanese where he asks for it', async () => {
    const japanese = { 'accept-language': 'ja' };
    const { body, headers } = await rig.submit({ ...sampleReport(), colour: 1 }, hospital, japanese);
    expect(headers.get('content-language')).toBe('ja');
    expect(body.errors).toEqual([{ pointer: '/colour', code: 'unknown-field', detail: '定義されていない項目です' }]);
  });
});

describe('a query', () => {
  it.each([
    ['limit=0', '?limit'],
    ['limit=201', '?limit'],
    ['colour=red', '?colour'],
    ['cursor=nonsense', '?cursor'],
    [`cursor=${Buffer.from('-'.repeat(36)).toString('base64url')}`, '?cursor'],
  ])('with %s is refused', async (query, pointer) => {
    const { status, body } = await rig.client.call(hospital, 'GET', `/v1/reports?${query}`);
    expect([status, body.errors?.map((fault: { pointer: string }) => fault.pointer)]).toEqual([400, [pointer]]);
  });

  it.each(['nonsense', '00000000-0000-7000-8000-000000000000', '%00'])('for a report %s finds none', async (id) => {
    expect((await rig.client.call(hospital, 'GET', `/v1/reports/${id}`)).status).toBe(404);
  });
});
