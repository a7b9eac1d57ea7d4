import { aoki, baba, type Fixture, officer, partner, START_PATIENCE, startFixture } from './service.js';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
}, START_PATIENCE);
afterAll(() => fixture?.stop());

const explained = async (incidentId: string, headers: Record<string, string> = {}, by = baba) =>
  fixture.client.fetch(by, `/v1/incidents/${incidentId}/explanation`, { headers });

it('explains the present determination in the form and language that are asked for', async () => {
  const { incidentId, determination } = await fixture.incident();
  const plain = await explained(incidentId);
  expect([plain.status, plain.headers.get('content-type'), plain.headers.get('content-language')]).toEqual([
    200,
    'text/markdown; charset=utf-8',
    'en',
  ]);
  const text = await plain.text();
  expect(text).toContain(`- Case: ${incidentId}`);
  expect(text).toContain(`- Digest of the determination: ${determination.digest}`);
  for (const { provision } of determination.because) expect(text.split(`### ${provision} `)).toHaveLength(2);

  const page = await explained(incidentId, { accept: 'text/html', 'accept-language': 'ja' });
  expect([page.headers.get('content-type'), page.headers.get('content-language')]).toEqual([
    'text/html; charset=utf-8',
    'ja',
  ]);
  expect(await page.text()).toContain('<html lang="ja">');

  const [one, two] = await Promise.all(
    [1, 2].map(async () => {
      const pdf = await explained(incidentId, { accept: 'application/pdf', 'accept-language': 'ja' });
      expect(pdf.headers.get('content-type')).toBe('application/pdf');
      return Buffer.from(await pdf.arrayBuffer());
    }),
  );
  expect(one!.subarray(0, 8).toString()).toBe('%PDF-1.7');
  expect(one!.equals(two!)).toBe(true);
});

it('follows the facts', async () => {
  const { incidentId } = await fixture.incident();
  await fixture.claim(incidentId, 'measureContemplated', 'FALSE');
  const text = await (await explained(incidentId, { accept: 'text/plain' })).text();
  expect(text).toContain('No measure is contemplated.');
  expect(text).toContain('Version of the determination: 2');
});

it('says which forms there are to whoever accepts none of them, and shows nobody what he may not read', async () => {
  const { incidentId } = await fixture.incident();
  const json = await explained(incidentId, { accept: 'application/json', 'accept-language': 'ja' });
  expect([json.status, await json.json()]).toEqual([
    406,
    expect.objectContaining({
      type: 'urn:sekisho:problem:not-acceptable',
      detail: expect.stringContaining('text/markdown, text/plain, text/html, application/pdf'),
    }),
  ]);
  expect((await explained(incidentId, {}, partner)).status).toBe(403);
  expect((await explained('01900000-0000-7000-8000-000000000000')).status).toBe(404);
});

it('is a reading of the reports, and is not given where that cannot be written down', async () => {
  const { incidentId } = await fixture.incident();
  expect((await explained(incidentId, {}, officer)).status).toBe(200);
  const rows = await fixture.database.query(
    'superuser',
    'SELECT person, record FROM report_reading WHERE incident_id = $1 ORDER BY read_at',
    [incidentId],
  );
  expect(rows).toEqual([
    { person: aoki.person ?? aoki.subject, record: 'INCIDENT' },
    { person: officer.person ?? officer.subject, record: 'EXPLANATION' },
  ]);
  const app = `${fixture.database.name}_app`;
  await fixture.database.query('superuser', `REVOKE INSERT ON report_reading FROM "${app}"`);
  try {
    expect((await explained(incidentId)).status).toBe(500);
  } finally {
    await fixture.database.query('superuser', `GRANT INSERT ON report_reading TO "${app}"`);
  }
});
