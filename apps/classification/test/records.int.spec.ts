import { scopeFor } from './builders.js';
import { aoki, baba, type Fixture, START_PATIENCE, startFixture } from './service.js';

const HISTORY = [
  'incident_report',
  'case_server',
  'case_target',
  'claim',
  'claim_set_aside',
  'determination',
  'scope',
  'confirmation',
  'confirmation_lapse',
];

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
  const { client, incident, claim } = fixture;
  const { incidentId, determination } = await incident();
  const path = `/v1/incidents/${incidentId}`;
  const scope = scopeFor({ determination: { determination } } as never);
  const { scopeDigest } = (await client.call(aoki, 'PUT', `${path}/scope`, scope)).body;
  await client.call(baba, 'POST', `${path}/confirmation`, { digest: determination.digest, scopeDigest });
  const harm = await claim(incidentId, 'graveHarmUrgent', 'TRUE');
  await claim(incidentId, 'graveHarmUrgent', 'FALSE', aoki, [harm]);
}, START_PATIENCE);
afterAll(() => fixture?.stop());

describe('what is on record', () => {
  it('of an incident changes in its version alone, which counts up by one', async () => {
    const { database } = fixture;
    await expect(database.query('app', 'UPDATE incident SET opened_at = now()')).rejects.toMatchObject({
      code: '42501',
    });
    await expect(database.query('app', 'DELETE FROM incident')).rejects.toMatchObject({ code: '42501' });
    await expect(database.query('app', 'UPDATE incident SET version = version')).rejects.toMatchObject({
      code: '23001',
    });
    await expect(database.query('owner', 'UPDATE incident SET opened_at = now()')).rejects.toMatchObject({
      code: '23001',
    });
  });

  it('says of every row who wrote it, when, and in which piece of work', async () => {
    for (const table of HISTORY.filter((name) => name !== 'claim_set_aside')) {
      const rows = await fixture.database.query<{ recorded_by: string }>(
        'superuser',
        `SELECT recorded_by FROM ${table} WHERE recorded_at IS NOT NULL AND correlation_id <> ''`,
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(['/incident-intake', 'aoki', 'baba']).toContain(row.recorded_by);
    }
  });

  it('lets no claim set aside one about another fact, nor a fact have a value of another', async () => {
    const { database } = fixture;
    await expect(
      database.query(
        'app',
        `INSERT INTO claim_set_aside (claim_id, set_aside_id, incident_id, fact)
         SELECT a.id, b.id, a.incident_id, a.fact FROM claim a JOIN claim b USING (incident_id)
          WHERE a.fact = 'graveHarmUrgent' AND b.fact = 'plannedActionAt' LIMIT 1`,
      ),
    ).rejects.toMatchObject({ code: '23503' });
    await expect(
      database.query(
        'app',
        `INSERT INTO claim (id, incident_id, fact, value, origin, note, asserted_at, recorded_by, correlation_id)
         SELECT gen_random_uuid(), id, 'servers.s1.location', 'TRUE', 'REPORT', 'n', now(), 'raw', 'raw' FROM incident`,
      ),
    ).rejects.toMatchObject({ code: '23514', constraint: 'claim_value_fits_fact' });
  });
});
