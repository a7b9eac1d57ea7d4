import { randomUUID } from 'node:crypto';
import type { ReportForm } from '@sekisho/contracts';
import { analyst, hospital, type IntakeRig, power, startIntake, stranger } from './intake-rig.js';
import { japanIncidents, leastReport, realReports } from './samples.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;

beforeAll(async () => {
  rig = await startIntake();
});

afterAll(() => rig?.stop());

const JAPANESE = { 'accept-language': 'ja' };
const check = (report: unknown, principal = hospital, headers: Record<string, string> = {}) =>
  rig.client.call(principal, 'POST', '/v1/report-checks', report, headers);

/** How many rows each table has, but for those of events that others send: all tests of a run share the topics. */
async function rows(): Promise<Record<string, number>> {
  const tables = await rig.database.query<{ name: string }>(
    'superuser',
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname NOT IN ('inbox', 'parked', 'parked_change', 'outbox', 'outbox_counter')`,
  );
  const counts = await Promise.all(tables.map(async ({ name }) => [name, await rig.count(`"${name}"`)] as const));
  const sent = await rig.count('outbox', `topic = 'intake.reports.v1'`);
  return { ...Object.fromEntries(counts), outbox: sent };
}

describe('a check', () => {
  it.each<[string, () => ReportForm, typeof hospital]>([
    ['a whole report', () => sampleReport({ consent: { forward: true } }), hospital],
    ['one with the least in it', () => leastReport(), hospital],
    [
      'a mandatory one that is odd',
      () => sampleReport({ basis: 'MANDATORY', servers: [{ ref: 's', address: '?' }] }),
      power,
    ],
    ['one that stays with intake', () => leastReport({ consent: { forward: false } }), hospital],
  ])('of %s says what the report then gets', async (_, report, principal) => {
    for (const headers of [{}, JAPANESE]) {
      const { status, body } = await check(report(), principal, headers);
      const sent = await rig.submit(report(), principal, headers);
      expect([status, body.accepted, body.errors]).toEqual([200, true, []]);
      expect(body.warnings).toEqual(sent.body.warnings);
      const nil = '00000000-0000-0000-0000-000000000000';
      const deadlines = JSON.parse(JSON.stringify(sent.body.deadlines).replaceAll(sent.body.reportId, nil)) as unknown;
      expect(body.deadlines).toEqual(deadlines);
      const view = (await rig.client.call(principal, 'GET', sent.headers.get('location')!)).body;
      expect(body.forwarded).toBe(view.forwarded);
    }
  });

  it('says with what facts the case would start', async () => {
    const { body } = await check(sampleReport());
    expect(body.firstFacts).toMatchObject({
      plannedActionAt: expect.stringMatching(/Z$/),
      graveHarmUrgent: 'UNKNOWN',
      servers: [
        { ref: 's1', location: 'OVERSEAS' },
        { ref: 's2', location: 'UNKNOWN' },
      ],
      targets: [{ ref: 't1', kind: 'CRITICAL_INFRASTRUCTURE' }],
    });
    expect((await check(leastReport())).body.firstFacts).toMatchObject({
      servers: [{ ref: 's1', location: 'UNKNOWN' }],
      targets: [{ ref: 't1', kind: 'UNKNOWN' }],
    });
  });

  it.each<[string, unknown]>([
    ['with faults of its shape', { ...sampleReport(), colour: 1, tlp: 'PINK', stage: 'FINAL', title: '' }],
    ['without a block that it needs', sampleReport({ stage: 'FINAL', ransomware: undefined } as never)],
    ['from the future', sampleReport({ recognisedAt: '2999-01-01T00:00:00Z' })],
    ['that is a list', []],
    ['that is null', 'null'],
  ])('of a report %s answers with the same faults as the report gets', async (_, report) => {
    for (const headers of [{}, JAPANESE]) {
      const [checked, sent] = [await check(report, hospital, headers), await rig.submit(report, hospital, headers)];
      // Each names the moment that it came in at.
      const undated = (told: { detail: string }[]) =>
        told.map((fault) => ({ ...fault, detail: fault.detail.replace(/20\d\d-[\dT:.-]+Z/, '(now)') }));
      expect([checked.status, sent.status]).toEqual([200, 400]);
      expect({ ...checked.body, errors: undated(checked.body.errors) }).toEqual({
        accepted: false,
        errors: undated(sent.body.errors),
        warnings: [],
        deadlines: [],
        forwarded: false,
        firstFacts: null,
      });
      expect(checked.body.errors.length).toBeGreaterThan(0);
    }
  });

  it('knows the numbers that the organisation has used, and no other’s', async () => {
    const externalId = randomUUID();
    const { body } = await rig.submit(sampleReport({ externalId }));
    const other = sampleReport({ externalId, title: 'x' });
    expect((await check(other, hospital, JAPANESE)).body.errors).toEqual([
      {
        pointer: '/externalId',
        code: 'external-id-taken',
        detail: expect.stringMatching(`[\\u3040-\\u30ff].*${body.reportId}|${body.reportId}.*[\\u3040-\\u30ff]`),
      },
    ]);
    expect((await check(sampleReport({ externalId }))).body.accepted).toBe(true);
    expect((await check(other, power)).body.accepted).toBe(true);
  });

  it('knows what is too large to be passed on', async () => {
    const indicators = Array.from({ length: 1000 }, (_, n) => ({
      type: 'url',
      value: `https://a.example/${n}/${'x'.repeat(800)}`,
    }));
    expect((await check(sampleReport({ indicators }))).body.errors).toMatchObject([
      { pointer: '', code: 'report-too-large' },
    ]);
    const kept = sampleReport({ indicators, consent: { forward: false } });
    expect([(await check(kept)).body.accepted, (await rig.submit(kept)).status]).toEqual([true, 202]);
  });

  it('of what is no JSON, and by whom may not report, is refused', async () => {
    for (const body of ['{', '']) expect((await check(body)).status).toBe(400);
    expect((await check(sampleReport(), analyst)).status).toBe(403);
    const { status, body } = await check(sampleReport(), stranger);
    expect([status, body.detail]).toEqual([403, expect.stringContaining('org-nobody')]);
  });

  it('leaves no row in any table and no event, also under an Idempotency-Key', async () => {
    await rig.submit(sampleReport({ externalId: 'before' }));
    const before = await rows();
    const key = { 'idempotency-key': randomUUID() };
    for (const report of [sampleReport(), leastReport(), [], sampleReport({ externalId: 'before', title: 'x' })]) {
      for (let time = 0; time < 2; time += 1) expect((await check(report, hospital, key)).status).toBe(200);
    }
    expect(await rows()).toEqual(before);
    expect(before['outbox']).toBeGreaterThan(0);
  });

  it('accepts every real incident', async () => {
    const reports = [...japanIncidents(), ...realReports()];
    for (let next = 0; next < reports.length; next += 25) {
      const answers = await Promise.all(reports.slice(next, next + 25).map((report) => check(report, power)));
      for (const { body } of answers) expect([body.accepted, body.errors]).toEqual([true, []]);
    }
  }, 120_000);
});
