import type { ReportForm } from '@sekisho/contracts';
import { randomUUID } from 'node:crypto';
import { readTopic } from '@sekisho/testing';
import { hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake();
});
afterAll(() => rig?.stop());

const voluntary = (forward: boolean, over: Partial<ReportForm> = {}): ReportForm =>
  sampleReport({ consent: { forward }, ...over });
const submitted = async (report: ReportForm, by = hospital): Promise<string> =>
  (await rig.submit(report, by)).body.reportId;
const consent = (id: string, forward: boolean, reason?: string, by = hospital, headers = {}) =>
  rig.client.call(by, 'PUT', `/v1/reports/${id}/consent`, { forward, ...(reason ? { reason } : {}) }, headers);
const revise = (id: string, report: ReportForm, tag: string) =>
  rig.client.call(hospital, 'POST', `/v1/reports/${id}/revisions`, report, { 'if-match': tag });
const view = async (id: string) => (await rig.client.call(hospital, 'GET', `/v1/reports/${id}`)).body;
const types = async (id: string): Promise<string[]> =>
  (
    await rig.database.query<{ type: string }>(
      'superuser',
      'SELECT type FROM outbox WHERE key = $1 ORDER BY position',
      [id],
    )
  ).map(({ type }) => type);

describe('consent', () => {
  it('given later releases the report as it stands by then, once, however often it is given', async () => {
    const id = await submitted(voluntary(false));
    await revise(id, voluntary(false, { stage: 'FOLLOW_UP', title: 'as it stands' }), '"1"');
    expect(await types(id)).toEqual(['report-withheld.v1', 'report-withheld.v1']);
    expect((await view(id)).forwarded).toBe(false);
    const answers = await Promise.all(Array.from({ length: 5 }, () => consent(id, true)));
    expect(answers.map(({ status, body }) => [status, body.effect]).sort()).toEqual([
      [200, 'RELEASED'],
      ...Array.from({ length: 4 }, () => [200, 'UNCHANGED']),
    ]);
    expect(new Set(answers.map(({ body }) => body.forwardedRevision))).toEqual(new Set([2]));
    const seen = await readTopic(
      'classification',
      'intake.reports.v1',
      ({ key }) => key === id,
      (messages) => messages.length === 3,
    );
    expect(seen.map(({ headers }) => headers['ce_type'])).toEqual([
      'report-withheld.v1',
      'report-withheld.v1',
      'report-submitted.v1',
    ]);
    expect(JSON.stringify(seen.slice(0, 2))).not.toMatch(/as it stands|電子/);
    expect(seen[2]!.value).toMatchObject({
      revision: 2,
      released: true,
      report: { title: 'as it stands', consent: { forward: false } },
    });
    expect(await types(id)).toHaveLength(3);
    expect(await view(id)).toMatchObject({ forwarded: true, consent: { forward: true, reason: null } });
  });

  it('withdrawn stops what has not gone, is passed on, and says what cannot be called back', async () => {
    const id = await submitted(voluntary(true));
    const { body } = await consent(id, false, 'Our counsel asks for it.');
    expect(body).toMatchObject({ forward: false, effect: 'STOPPED', forwardedRevision: 1 });
    expect(body.detail).toContain('cannot be called back');
    const held = await revise(id, voluntary(false, { stage: 'FOLLOW_UP', title: 'held back' }), '"1"');
    expect(held.status).toBe(201);
    expect(await types(id)).toEqual(['report-submitted.v1', 'consent-withdrawn.v1', 'report-withheld.v1']);
    const [events] = await rig.database.query<{ data: string }>(
      'superuser',
      `SELECT string_agg(data, '') AS data FROM outbox WHERE key = $1 AND type <> 'report-submitted.v1'`,
      [id],
    );
    expect(events!.data).not.toContain('held back');

    const told = 'report_id = $1 AND forwarded';
    expect(await rig.count('report_clock', told, [id])).toBe(0);
    const again = await consent(id, true);
    expect(await rig.count('report_clock', told, [id])).toBeGreaterThan(0);
    expect(again.body).toMatchObject({ effect: 'RELEASED', forwardedRevision: 2 });
    expect((await types(id)).slice(3)).toEqual(['consent-given.v1', 'report-revised.v1']);
    expect((await consent(id, false)).body.effect).toBe('STOPPED');
    expect((await consent(id, true)).body.effect).toBe('RECORDED');
    expect((await types(id)).slice(5)).toEqual(['consent-withdrawn.v1', 'consent-given.v1']);
  });

  it('means nothing for a mandatory report, and the answer says so', async () => {
    const id = await submitted(sampleReport({ basis: 'MANDATORY' }), power);
    const { status, body } = await consent(id, false, 'r', power);
    expect([status, body.effect, body.forwardedRevision]).toEqual([200, 'NO_EFFECT', 1]);
    expect(body.detail).toContain('by law');
    expect(await types(id)).toEqual(['report-submitted.v1']);
    expect(await rig.count('report_consent', 'report_id = $1', [id])).toBe(1);
  });

  it('that says what is so already changes nothing', async () => {
    for (const forward of [true, false]) {
      const id = await submitted(voluntary(forward));
      expect((await consent(id, forward)).body).toMatchObject({ effect: 'UNCHANGED' });
      expect(await types(id)).toHaveLength(1);
      expect(await rig.count('report_consent', 'report_id = $1', [id])).toBe(0);
    }
  });

  it('can be taken back of a withdrawn report, and not given', async () => {
    const id = await submitted(voluntary(true));
    await rig.client.call(hospital, 'POST', `/v1/reports/${id}/withdrawal`, { reason: 'r' });
    expect((await consent(id, false)).body.effect).toBe('STOPPED');
    expect((await consent(id, true)).status).toBe(409);
    expect(await types(id)).toEqual(['report-submitted.v1', 'report-withdrawn.v1', 'consent-withdrawn.v1']);
  });

  it('under one Idempotency-Key is stated once', async () => {
    const id = await submitted(voluntary(false));
    const key = { 'idempotency-key': randomUUID() };
    const first = await consent(id, true, undefined, hospital, key);
    expect((await consent(id, true, undefined, hospital, key)).body).toEqual(first.body);
    expect((await consent(id, false, undefined, hospital, key)).status).toBe(422);
  });

  it('is stated in a revision as it stands, or not at all', async () => {
    const id = await submitted(voluntary(false));
    const { status, body } = await revise(id, voluntary(true, { stage: 'FOLLOW_UP' }), '"1"');
    expect([status, body.errors[0].pointer]).toEqual([409, '/consent/forward']);
    await consent(id, true);
    expect((await revise(id, voluntary(true, { stage: 'FOLLOW_UP' }), '"1"')).status).toBe(201);
  });
});
