import { randomUUID } from 'node:crypto';
import type { ReportForm } from '@sekisho/contracts';
import { digestOf } from '@sekisho/signing';
import { readTopic } from '@sekisho/testing';
import { hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { japanIncidents, leastReport, realReports } from './samples.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;

beforeAll(async () => {
  rig = await startIntake();
});

afterAll(() => rig?.stop());

const JAPANESE = { 'accept-language': 'ja' };
const KANA = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** Three warnings: a private address, one that is none, another sector than the register's. */
const odd = (over: Partial<ReportForm> = {}): ReportForm =>
  sampleReport({
    servers: [
      { ref: 's1', address: '10[.]0[.]0[.]8' },
      { ref: 's2', address: '調査中' },
    ],
    operator: { ...sampleReport().operator, sector: 'GAS' },
    ...over,
  });
const ODD = [
  ['/operator/sector', 'sector-differs'],
  ['/servers/0/address', 'special-purpose-address'],
  ['/servers/1/address', 'unrecognised-address'],
];
type Told = { pointer: string; code: string; detail: string }[];
const codes = (told: Told) => told.map(({ pointer, code }) => [pointer, code]);

describe('what is accepted and odd', () => {
  it('is told with the receipt, in the language that was asked for, and kept as sent', async () => {
    const report = odd();
    const [english, japanese] = [await rig.submit(report), await rig.submit(report, hospital, JAPANESE)];
    for (const { status, body } of [english, japanese]) expect([status, codes(body.warnings)]).toEqual([202, ODD]);
    for (const { detail } of english.body.warnings as Told) expect(detail).not.toMatch(KANA);
    for (const { detail } of japanese.body.warnings as Told) expect(detail).toMatch(KANA);
    expect([english, japanese].map(({ headers }) => headers.get('content-language'))).toEqual(['en', 'ja']);
    const view = (await rig.client.call(hospital, 'GET', english.headers.get('location')!)).body;
    expect([view.report, view.digest]).toEqual([report, digestOf(report)]);
  });

  it('is told again to whoever reads the report, in his own language', async () => {
    const { headers, body } = await rig.submit(odd());
    const path = headers.get('location')!;
    expect((await rig.client.call(hospital, 'GET', path)).body.warnings).toEqual(body.warnings);
    const japanese = (await rig.client.call(hospital, 'GET', path, undefined, JAPANESE)).body.warnings as Told;
    expect(codes(japanese)).toEqual(ODD);
    for (const { detail } of japanese) expect(detail).toMatch(KANA);
  });

  it('is the kept answer under the same key, and is told anew for the same externalId', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await rig.submit(odd(), hospital, key);
    const again = await rig.submit(odd(), hospital, { ...key, ...JAPANESE });
    expect([again.body, again.headers.get('content-language')]).toEqual([first.body, 'en']);
    const report = odd({ externalId: randomUUID() });
    const [one, other] = [await rig.submit(report), await rig.submit(report, hospital, JAPANESE)];
    const ends = ({ body }: typeof one) => (body.deadlines as { dueAt: string }[]).map(({ dueAt }) => dueAt);
    expect(other.body).toEqual({ ...one.body, warnings: expect.anything(), deadlines: expect.anything() });
    expect(ends(other)).toEqual(ends(one));
    expect(codes(other.body.warnings)).toEqual(ODD);
    for (const { detail } of other.body.warnings as Told) expect(detail).toMatch(KANA);
  });

  it('is an empty list where there is nothing odd', async () => {
    expect((await rig.submit(sampleReport())).body.warnings).toEqual([]);
  });
});

describe('what cannot be', () => {
  const soon = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

  it.each<[string, Partial<ReportForm>, string, string]>([
    ['recognised tomorrow', { recognisedAt: soon(24 * 60) }, '/recognisedAt', 'recognised-in-future'],
    ['occurred after it was recognised', { occurredAt: soon(-1) }, '/occurredAt', 'occurred-after-recognised'],
    ['consent of tomorrow', { consent: { forward: true, at: soon(24 * 60) } }, '/consent/at', 'consent-in-future'],
    ['a later stage that leaves parts out', { stage: 'FOLLOW_UP' }, '/summary', 'required-at-stage'],
    ['the block of another form', { ransomware: {} }, '/ransomware', 'block-of-another-form'],
  ])('%s is refused, in both languages', async (_, change, pointer, code) => {
    for (const [language, pattern] of [
      ['ja', KANA],
      ['en', /^[^\u3040-\u30ff\u4e00-\u9fff]+$/],
    ] as const) {
      const { status, body } = await rig.submit(leastReport(change), hospital, { 'accept-language': language });
      expect([status, body.errors[0]]).toEqual([400, { pointer, code, detail: expect.stringMatching(pattern) }]);
      expect(body.title).toMatch(pattern);
      expect(body.detail).toContain(body.errors[0].detail);
    }
  });

  it('but a clock that is ten minutes fast is no reason', async () => {
    expect((await rig.submit(leastReport({ recognisedAt: soon(10) }))).status).toBe(202);
  });

  it('and what is not about the form is told in Japanese as well', async () => {
    const externalId = randomUUID();
    await rig.submit(sampleReport({ externalId }));
    const taken = await rig.submit(sampleReport({ externalId, title: 'x' }), hospital, JAPANESE);
    const none = await rig.client.call(hospital, 'GET', '/v1/reports/x', undefined, JAPANESE);
    const key = { 'idempotency-key': randomUUID() };
    await rig.submit(sampleReport(), hospital, key);
    const used = await rig.submit(sampleReport({ title: 'x' }), hospital, { ...key, ...JAPANESE });
    const noJson = await rig.submit('{', hospital, JAPANESE);
    expect([taken, none, used, noJson].map(({ status }) => status)).toEqual([409, 404, 422, 400]);
    for (const { body } of [taken, none, used, noJson]) expect([body.title, body.detail].join()).toMatch(KANA);
    for (const { body } of [taken, none, used, noJson]) expect(body.detail).toMatch(KANA);
  });
});

describe('a report with the least in it', () => {
  it('is taken, kept as it was sent, and leaves with what claims nothing in the place of what is missing', async () => {
    const report = leastReport();
    const { status, headers, body } = await rig.submit(report);
    expect([status, body.warnings]).toEqual([202, []]);
    const view = (await rig.client.call(hospital, 'GET', headers.get('location')!)).body;
    expect([view.report, view.digest]).toEqual([report, digestOf(report)]);
    const [message] = await readTopic(
      'classification',
      'intake.reports.v1',
      ({ key }) => key === body.reportId,
      (seen) => seen.length === 1,
    );
    expect(message!.value).toMatchObject({
      digest: digestOf(report),
      report: {
        summary: report.title,
        targets: [{ kind: 'UNKNOWN', country: 'ZZ' }],
        servers: [],
        impact: { services: 'UNKNOWN', personalData: 'UNKNOWN' },
        indicators: [],
        notYetKnown: ['summary', 'targets', 'servers', 'impact', 'indicators'],
      },
    });
  });
});

describe('real incidents', () => {
  it('are all taken, and none has an address that is not understood', async () => {
    const reports = [...japanIncidents(), ...realReports()];
    expect(reports).toHaveLength(18 + 481);
    const refused: unknown[] = [];
    const warned = new Set<string>();
    for (let next = 0; next < reports.length; next += 25) {
      const some = reports.slice(next, next + 25);
      const answers = await Promise.all(some.map((report) => rig.submit(report, power)));
      for (const { status, body } of answers) {
        if (status !== 202) refused.push(body);
        for (const { code } of (body.warnings ?? []) as Told) warned.add(code);
      }
    }
    expect(refused).toEqual([]);
    // One organisation reports for all of them here, and they are old.
    const told = ['deadline-passed', 'designation-differs', 'duty-not-stated', 'kind-not-taken', 'sector-differs'];
    expect([...warned].sort()).toEqual(told);
  }, 120_000);
});
