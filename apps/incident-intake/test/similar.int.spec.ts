import { analyst, hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;

beforeAll(async () => {
  rig = await startIntake();
});

afterAll(() => rig?.stop());

const similarTo = (reportId: string, principal = analyst) =>
  rig.client.call(principal, 'GET', `/v1/reports/${reportId}/similar`);
const reportOf = async (address: string, indicator: string, principal = hospital, forward = true): Promise<string> => {
  const report = sampleReport({
    servers: [{ ref: 's1', address }, { ref: 's2' }],
    indicators: [{ type: 'domain-name', value: indicator }],
    consent: { forward },
  });
  return (await rig.submit(report, principal)).body.reportId;
};
const named = (body: { items: { reportId: string; shared: string[] }[] }) =>
  body.items.map(({ reportId, shared }) => [reportId, shared]);

it('shows analysts what other organisations reported of the same server or indicator, the latest first', async () => {
  const asked = await reportOf('203.0.113.7', 'one.example');
  const sameServer = await reportOf('203.0.113.7', 'two.example', power);
  const sameIndicator = await reportOf('203.0.113.8', 'one.example', power);
  const both = await reportOf('one.example', '203.0.113.7', power);
  await reportOf('203.0.113.9', 'three.example', power);
  await reportOf('203.0.113.7', 'one.example', hospital);
  const { status, body } = await similarTo(asked);
  expect([status, named(body)]).toEqual([
    200,
    [
      [both, ['203.0.113.7', 'one.example']],
      [sameIndicator, ['one.example']],
      [sameServer, ['203.0.113.7']],
    ],
  ]);
  expect(body.items[0]).toMatchObject({
    organisation: 'org-power',
    title: sampleReport().title,
    receivedAt: expect.any(String),
  });
  expect(JSON.stringify(body)).not.toMatch(/yamada|山田/);
});

it('shows nothing of what nobody consented to pass on, on either side', async () => {
  const asked = await reportOf('203.0.113.17', 'four.example');
  const withheld = await reportOf('203.0.113.17', 'four.example', power, false);
  expect((await similarTo(asked)).body).toEqual({ items: [] });
  expect((await similarTo(withheld)).status).toBe(404);
});

it('shows what went out by later consent, and of its revisions those that went out', async () => {
  const asked = await reportOf('203.0.113.47', 'eight.example');
  const later = await reportOf('203.0.113.47', 'nine.example', power, false);
  const consent = (forward: boolean) => rig.client.call(power, 'PUT', `/v1/reports/${later}/consent`, { forward });
  await consent(true);
  expect(named((await similarTo(asked)).body)).toEqual([[later, ['203.0.113.47']]]);
  await consent(false);
  const held = sampleReport({
    stage: 'FOLLOW_UP',
    consent: { forward: false },
    servers: [{ ref: 's1', address: '203.0.113.47' }],
    indicators: [{ type: 'domain-name', value: 'eight.example' }],
  });
  const revised = await rig.client.call(power, 'POST', `/v1/reports/${later}/revisions`, held, { 'if-match': '"1"' });
  expect(revised.status).toBe(201);
  expect(named((await similarTo(asked)).body)).toEqual([[later, ['203.0.113.47']]]);
});

it('looks no further than fourteen days', async () => {
  const asked = await reportOf('203.0.113.27', 'five.example');
  for (const [days, there] of [
    [13, true],
    [15, false],
  ] as const) {
    const older = await reportOf(`203.0.113.27`, 'six.example', power);
    await rig.database.query('superuser', 'ALTER TABLE report DISABLE TRIGGER append_only');
    await rig.database.query('superuser', `UPDATE report SET received_at = received_at - $2::interval WHERE id = $1`, [
      older,
      `${days} days`,
    ]);
    await rig.database.query('superuser', 'ALTER TABLE report ENABLE TRIGGER append_only');
    const { body } = await similarTo(asked);
    expect([days, named(body).some(([reportId]) => reportId === older)]).toEqual([days, there]);
  }
});

it('tells partners nothing, not even of their own report', async () => {
  const own = await reportOf('203.0.113.37', 'seven.example');
  await reportOf('203.0.113.37', 'seven.example', power);
  expect((await similarTo(own, hospital)).status).toBe(403);
  const keys = async (address: string): Promise<string[]> =>
    Object.keys((await rig.submit(sampleReport({ servers: [{ ref: 's1', address }] }))).body);
  expect(await keys('203.0.113.37')).toEqual(await keys('203.0.113.38'));
});
