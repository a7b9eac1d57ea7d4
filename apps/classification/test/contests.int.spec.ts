import { randomUUID } from 'node:crypto';
import { eventually, sendEvent } from '@sekisho/testing';
import { scopeFor } from './builders.js';
import { aoki, baba, type Fixture, START_PATIENCE, startFixture, tasking } from './service.js';

const LOCATION = 'servers.s1.location';
let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
}, START_PATIENCE);
afterAll(() => fixture?.stop());

/** A case whose determination and scope a second person has confirmed. */
async function confirmed(): Promise<{ incidentId: string; scopeDigest: string; digest: string }> {
  const { client, incident } = fixture;
  const { incidentId, determination } = await incident();
  const path = `/v1/incidents/${incidentId}`;
  const scope = scopeFor({ determination: { determination, version: 1 } } as never);
  const { scopeDigest } = (await client.call(aoki, 'PUT', `${path}/scope`, scope)).body;
  const body = { digest: determination.digest, scopeDigest };
  expect((await client.call(baba, 'POST', `${path}/confirmation`, body)).status).toBe(201);
  return { incidentId, ...body };
}

/** What tasking records of an agency's return; answers the event's id. */
const returned = (
  incidentId: string,
  newFacts: unknown,
  accepted = true,
  id: string = randomUUID(),
): Promise<string> => {
  const payload = {
    jti: randomUUID(),
    kind: 'ACKNOWLEDGED',
    orderId: randomUUID(),
    at: new Date().toISOString(),
    newFacts,
  };
  const { orderId } = payload;
  const data = { orderId, incidentId, agency: 'npa', jws: 'a.b.c', payload, accepted, reason: null };
  return sendEvent(
    'agency-tasking',
    'tasking.decisions.v1',
    'return-recorded.v1',
    incidentId,
    { ...data, recordedAt: new Date().toISOString() },
    { ce_id: id },
  );
};
const taken = (eventId: string) =>
  eventually('the event in the inbox', async () => {
    const rows = await fixture.database.query('superuser', 'SELECT FROM inbox WHERE event_id = $1', [eventId]);
    return rows.length > 0;
  });
const view = async (incidentId: string) => (await fixture.client.call(aoki, 'GET', `/v1/incidents/${incidentId}`)).body;
const standing = async (incidentId: string, scopeDigest: string) => {
  const url = `/v1/standing?incidentId=${incidentId}&scopeDigest=${scopeDigest}`;
  return (await fixture.client.call(tasking, 'GET', url)).body;
};
const elsewhere = [{ fact: LOCATION, value: 'DOMESTIC', note: 'It answers from Japan.' }];

describe('an agency that finds a confirmed fact to be otherwise', () => {
  it('makes it contested once, however often the event comes; the fact and the confirmation stay, and nothing is to be ordered', async () => {
    const { incidentId, scopeDigest, digest } = await confirmed();
    const id = await returned(incidentId, elsewhere);
    await returned(incidentId, elsewhere, true, id);
    const later = await returned(incidentId, 'in words alone');
    await taken(later);
    const seen = await view(incidentId);
    expect(seen).toMatchObject({
      determination: { digest },
      confirmation: { standing: true },
      contests: [{ fact: LOCATION, value: 'DOMESTIC', source: '/agency-npa', settledBy: null }],
    });
    expect(await standing(incidentId, scopeDigest)).toMatchObject({
      stands: false,
      detail: expect.stringContaining(LOCATION),
    });
    const again = await fixture.client.call(baba, 'POST', `/v1/incidents/${incidentId}/confirmation`, { digest });
    expect(again).toMatchObject({ status: 409, body: { type: 'urn:sekisho:problem:fact-contested' } });

    const claimId = await fixture.claim(incidentId, LOCATION, 'OVERSEAS');
    expect(await view(incidentId)).toMatchObject({
      contests: [{ settledBy: claimId }],
      confirmation: { standing: true },
    });
    expect(await standing(incidentId, scopeDigest)).toMatchObject({ stands: true });
    const events = await fixture.database.query<{ type: string; data: object }>(
      'superuser',
      `SELECT type, data::jsonb FROM outbox WHERE key = $1 AND type ~ 'contest' ORDER BY position`,
      [incidentId],
    );
    expect(events).toMatchObject([
      { type: 'fact-contested.v1', data: { incidentId, fact: LOCATION, value: 'DOMESTIC' } },
      { type: 'contest-settled.v1', data: { incidentId, fact: LOCATION, claimId, upheld: true } },
    ]);
  });

  it('leads to another answer where an analyst changes the fact: the confirmation lapses', async () => {
    const { incidentId, scopeDigest } = await confirmed();
    await taken(await returned(incidentId, elsewhere));
    const { claims } = await view(incidentId);
    const reported = claims.find(({ fact }: { fact: string }) => fact === LOCATION).claimId;
    await fixture.claim(incidentId, LOCATION, 'DOMESTIC', aoki, [reported]);
    expect(await view(incidentId)).toMatchObject({
      confirmation: { standing: false, lapsed: { reason: 'FACTS_CHANGED' } },
    });
    expect(await standing(incidentId, scopeDigest)).toMatchObject({ stands: false });
  });

  it('is not heard where tasking did not accept its return', async () => {
    const { incidentId, scopeDigest } = await confirmed();
    await taken(await returned(incidentId, elsewhere, false));
    expect((await view(incidentId)).contests).toEqual([]);
    expect(await standing(incidentId, scopeDigest)).toMatchObject({ stands: true });
  });

  it('has its word kept by the database: no confirmation goes around it, and only an analyst settles it', async () => {
    const { incidentId } = await confirmed();
    await taken(await returned(incidentId, elsewhere));
    const { database } = fixture;
    const insert = `INSERT INTO confirmation (incident_id, version, determination_version, digest, confirmed_by, confirmed_at, recorded_by, correlation_id)
      SELECT incident_id, version + 1, determination_version, digest, '{"person": "chiba"}', now(), 'x', 'x' FROM confirmation WHERE incident_id = $1`;
    await expect(database.query('app', insert, [incidentId])).rejects.toThrow('contested');
    const settle = `INSERT INTO contest_settlement (contest_id, incident_id, fact, claim_id, upheld, settled_at, recorded_by, correlation_id)
      SELECT c.id, c.incident_id, c.fact, l.id, true, now(), 'x', 'x' FROM contest c JOIN claim l USING (incident_id, fact)
       WHERE incident_id = $1 AND l.origin = 'REPORT'`;
    await expect(database.query('app', settle, [incidentId])).rejects.toThrow('analyst');
    await expect(database.query('app', 'DELETE FROM contest WHERE incident_id = $1', [incidentId])).rejects.toThrow();
  });
});
