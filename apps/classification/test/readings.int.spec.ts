import { readTopic } from '@sekisho/testing';
import { aoki, aokiElsewhere, baba, type Fixture, operator, partner, START_PATIENCE, startFixture } from './service.js';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
}, START_PATIENCE);
afterAll(() => fixture?.stop());

const show = (incidentId: string, by = baba, path = '') =>
  fixture.client.call(by, 'GET', `/v1/incidents/${incidentId}${path}`);
const read = (incidentId: string) =>
  fixture.database.query<{ person: string; record: string }>(
    'superuser',
    'SELECT person, record FROM report_reading WHERE incident_id = $1 ORDER BY read_at, person',
    [incidentId],
  );

it('whoever opens a case has read its report, once an hour, and intake and the ledger are told', async () => {
  const { incidentId, reportIds } = await fixture.incident();
  for (let time = 0; time < 3; time += 1) expect((await show(incidentId)).status).toBe(200);
  expect((await show(incidentId, operator, '/determinations')).status).toBe(200);
  // The fixture itself has looked, as aoki; by another client that is the same human.
  expect((await show(incidentId, aokiElsewhere)).status).toBe(200);
  expect(await read(incidentId)).toEqual([
    { person: 'aoki', record: 'INCIDENT' },
    { person: 'baba', record: 'INCIDENT' },
    { person: 'operator', record: 'DETERMINATIONS' },
  ]);
  for (const reader of ['incident-intake', 'oversight-reporting']) {
    const seen = await readTopic(
      reader,
      'classification.readings.v1',
      ({ key }) => key === incidentId,
      (messages) => messages.length === 3,
    );
    expect(seen.map(({ value }) => value)[1]).toEqual({
      record: 'INCIDENT',
      reportId: reportIds[0],
      incidentId,
      organisation: expect.any(String),
      viewedBy: expect.objectContaining({ subject: 'baba', person: 'baba', organisation: 'org-nco' }),
      roles: ['analyst'],
      viewedAt: expect.any(String),
    });
  }
});

it('many who open it at once are each told of once', async () => {
  const { incidentId } = await fixture.incident();
  const readers = Array.from({ length: 12 }, (_, n) => ({
    ...baba,
    subject: `reader-${n % 3}`,
    person: `reader-${n % 3}`,
  }));
  const answers = await Promise.all(readers.map((reader) => show(incidentId, reader)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await read(incidentId)).map(({ person }) => person).sort()).toEqual([
    'aoki',
    'reader-0',
    'reader-1',
    'reader-2',
  ]);
  const [told] = await fixture.database.query<{ n: number }>(
    'superuser',
    `SELECT count(*)::int AS n FROM outbox WHERE key = $1 AND type = 'record-viewed.v1'`,
    [incidentId],
  );
  expect(told!.n).toBe(4);
});

it('lists are no reading, and who is refused has read nothing', async () => {
  const { incidentId, reportIds } = await fixture.incident();
  expect((await fixture.client.call(baba, 'GET', `/v1/incidents?reportId=${reportIds[0]}`)).status).toBe(200);
  expect((await show(incidentId, partner)).status).toBe(403);
  expect((await read(incidentId)).map(({ person }) => person)).toEqual(['aoki']);
});

it('a case is not shown where it cannot be written down who reads it', async () => {
  const { incidentId } = await fixture.incident();
  const app = `${fixture.database.name}_app`;
  await fixture.database.query('superuser', `REVOKE INSERT ON report_reading FROM "${app}"`);
  try {
    for (const path of ['', '/determinations']) {
      const { status, body } = await show(incidentId, baba, path);
      expect([status, Object.keys(body)]).toEqual([500, expect.not.arrayContaining(['items', 'facts'])]);
    }
    // Who has read it within this hour is on record already.
    expect((await show(incidentId, aoki)).status).toBe(200);
  } finally {
    await fixture.database.query('superuser', `GRANT INSERT ON report_reading TO "${app}"`);
  }
  expect((await show(incidentId)).status).toBe(200);
});
