import { randomUUID } from 'node:crypto';
import { eventually, sendEvent } from '@sekisho/testing';
import { analyst, hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake();
});
afterAll(() => rig?.stop());

const report = async (over: Parameters<typeof sampleReport>[0] = {}, by = hospital): Promise<string> =>
  (await rig.submit(sampleReport(over), by)).body.reportId;
const readings = async (id: string, by = hospital, query = '') =>
  rig.client.call(by, 'GET', `/v1/reports/${id}/readings${query}`);
const state = async (id: string) =>
  (await rig.client.call(hospital, 'GET', `/v1/reports/${id}/status`)).body.state as string;

const viewed = (reportId: string, over: object = {}) => ({
  record: 'INCIDENT',
  reportId,
  incidentId: randomUUID(),
  organisation: 'org-hospital',
  viewedBy: { issuer: 'https://nco.example', subject: 'yamamoto', person: 'person-yamamoto', organisation: 'org-nco' },
  roles: ['analyst'],
  viewedAt: '2030-01-07T01:10:00.000Z',
  ...over,
});
const send = (data: ReturnType<typeof viewed>, headers = {}) =>
  sendEvent(
    'classification',
    'classification.readings.v1',
    'record-viewed.v1',
    data.incidentId,
    data,
    headers as Record<string, string>,
  );
const inbox = (ids: string[]) =>
  eventually(
    'the events to be taken in',
    async () => (await rig.count('inbox', 'event_id = ANY ($1)', [ids])) === ids.length,
  );

it('what is read of a report by its case is shown to its organisation: by whom, in what role and when, and no name', async () => {
  const id = await report();
  expect(await state(id)).toBe('PASSED_ON');
  const inspector = { issuer: 'i', subject: 's', person: 'p', organisation: 'org-commission' };
  await inbox([
    await send(viewed(id)),
    await send(viewed(id, { viewedBy: inspector, roles: ['inspector'], viewedAt: '2030-01-07T03:00:00.000Z' })),
  ]);
  const { status, body } = await readings(id);
  expect([status, body]).toEqual([
    200,
    {
      items: [
        { readAt: '2030-01-07T03:00:00.000Z', organisation: 'org-commission', roles: ['inspector'] },
        { readAt: '2030-01-07T01:10:00.000Z', organisation: 'org-nco', roles: ['analyst'] },
      ],
      next: null,
    },
  ]);
  expect(await state(id)).toBe('READ_BY_ANALYSTS');
  expect((await readings(id, power)).status).toBe(404);
});

it('is one reading for each person, report and hour, however often it is told', async () => {
  const id = await report();
  const first = viewed(id);
  const eventId = await send(first);
  await send(first, { ce_id: eventId });
  await inbox([
    eventId,
    await send(viewed(id, { viewedAt: '2030-01-07T01:59:59.999Z' })),
    await send(viewed(id, { viewedAt: '2030-01-07T02:00:00.000Z' })),
    await send(viewed(id, { viewedBy: { ...first.viewedBy, person: 'another' } })),
  ]);
  const times = async (query = '') => (await readings(id, hospital, query)).body;
  expect((await times()).items.map(({ readAt }: { readAt: string }) => readAt)).toEqual([
    '2030-01-07T02:00:00.000Z',
    '2030-01-07T01:10:00.000Z',
    '2030-01-07T01:10:00.000Z',
  ]);
  const paged: unknown[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { items, next }: { items: unknown[]; next: string | null } = await times(
      `?limit=1${cursor && `&cursor=${cursor}`}`,
    );
    expect(Buffer.from(next ?? '', 'base64url').toString()).not.toContain('yamamoto');
    paged.push(...items);
    cursor = next;
  }
  expect(paged).toEqual((await times()).items);
});

it('of a report of another organisation than it says is parked, and shown to neither', async () => {
  const id = await report();
  const wrong = viewed(id, { organisation: 'org-power' });
  await send(wrong);
  const operator = { subject: 'o', organisation: 'org-ops', roles: ['operator'] as const };
  await eventually('it to be parked', async () => {
    const { body } = await rig.client.call(operator, 'GET', '/v1/parked?limit=200');
    return body.items.some(({ key }: { key: string }) => key === wrong.incidentId);
  });
  expect((await readings(id)).body.items).toEqual([]);
});

it('similar reports that are shown were read, on both sides, and the ledger is told', async () => {
  const indicators = [{ type: 'domain-name' as const, value: `${randomUUID()}.example` }];
  const servers = [{ ref: 's1' }];
  const [asked, other] = [await report({ indicators, servers }), await report({ indicators, servers }, power)];
  for (let time = 0; time < 2; time += 1) {
    const { body } = await rig.client.call(analyst, 'GET', `/v1/reports/${asked}/similar`);
    expect(body.items.map(({ reportId }: { reportId: string }) => reportId)).toEqual([other]);
  }
  expect((await readings(asked)).body.items).toHaveLength(1);
  expect((await readings(other, power)).body.items).toEqual([
    { readAt: expect.any(String), organisation: 'org-nco', roles: ['analyst'] },
  ]);
  expect(await rig.count('outbox', `key = ANY ($1) AND type = 'record-viewed.v1'`, [[asked, other]])).toBe(2);
});

it('nothing is shown of what a report says where it cannot be written down who reads it', async () => {
  const id = await report();
  const { body } = await rig.client.call(analyst, 'POST', `/v1/reports/${id}/questions`, { text: 'x' });
  await rig.client.call(hospital, 'POST', `/v1/reports/${id}/answers`, { question: body.questionId, text: 'secret' });
  const app = `${rig.database.name}_app`;
  const list = () => rig.client.call(analyst, 'GET', `/v1/reports/${id}/questions`);
  await rig.database.query('superuser', `REVOKE INSERT ON report_reading FROM "${app}"`);
  try {
    const refused = await list();
    expect([refused.status, JSON.stringify(refused.body).includes('secret')]).toEqual([500, false]);
  } finally {
    await rig.database.query('superuser', `GRANT INSERT ON report_reading TO "${app}"`);
  }
  expect(JSON.stringify((await list()).body)).toContain('secret');
  expect((await readings(id)).body.items).toHaveLength(1);
});
