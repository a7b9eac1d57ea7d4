import { randomUUID } from 'node:crypto';
import { eventually, readTopic, sendMessage } from '@sekisho/testing';
import { verify } from '@sekisho/signing';
import { Journey, type Step } from './journey.js';
import { Desk, evidenceBody, mofa, officer1, officer2 } from './desk.js';

let desk: Desk;
let journey: Journey;

beforeAll(async () => {
  desk = await Desk.open();
  journey = new Journey(desk);
}, 60_000);
afterAll(() => desk?.close());

describe('an order', () => {
  it('that has everything reaches its agency, which alone can open it', async () => {
    const { known, orderId } = await journey.issued();
    const [message] = await readTopic(
      'agency-npa',
      'tasking.npa.v1',
      ({ key, headers }) => key === known.incidentId && headers['ce_type'] === 'order-issued.v1',
      (seen) => seen.length === 1,
    );
    const { order } = message!.value as { order: string };
    await expect(desk.agencies.sdf.open(order)).rejects.toThrow();
    const keys = await (await fetch(`${desk.service.url}/.well-known/jwks.json`)).json();
    const payload = await verify(await desk.agencies.npa.open(order), keys as never, 'sekisho-order+jws');
    expect(payload).toMatchObject({
      orderId,
      version: 1,
      scopeDigest: known.scopeDigest,
      servers: [{ ref: 's1', address: '198.51.100.37', lead: 'npa' }],
      conditions: ['Tell the foreign ministry.'],
    });
  });

  it.each<[Step, string]>([
    ['decision', 'NSC_APPROVAL'],
    ['ruling', 'COMMISSION_APPROVAL'],
    ['consultation', 'FOREIGN_MINISTER_CONSULTATION'],
  ])('without the %s is refused, and the refusal names %s', async (step, kind) => {
    const known = await desk.confirmedCase();
    const orderId = await journey.draft(known);
    await journey.supply(known, step);
    const { status, body } = await journey.post(officer2, `/v1/orders/${orderId}/issuance`);
    expect([status, body.outstanding.map((each: { kind: string }) => each.kind)]).toEqual([409, [kind]]);
    expect((await journey.order(orderId)).state).toBe('DRAFT');
  });

  it('is not issued by whoever drafted it: the database says so', async () => {
    const known = await desk.confirmedCase();
    const orderId = await journey.draft(known);
    await journey.supply(known);
    const same = await journey.post(
      { ...officer1, subject: 'another-client', person: 'officer-1' },
      `/v1/orders/${orderId}/issuance`,
    );
    expect([same.status, same.body.type]).toEqual([409, 'urn:sekisho:problem:same-person']);
    await expect(
      desk.database.query(
        'app',
        `UPDATE tasking_order SET state = 'ISSUED', version = 2, issued_actor = drafted_actor WHERE id = $1`,
        [orderId],
      ),
    ).rejects.toThrow(/two_persons|issued_by_somebody/);
  });

  it('is refused while an owner denies, and the same key can be tried again', async () => {
    const known = await desk.confirmedCase();
    const orderId = await journey.draft(known);
    await journey.supply(known);
    const key = { 'idempotency-key': randomUUID() };
    desk.owners.denying.add('oversight');
    const refused = await journey.post(officer2, `/v1/orders/${orderId}/issuance`, {}, key);
    desk.owners.denying.clear();
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('oversight')]);
    expect((await journey.post(officer2, `/v1/orders/${orderId}/issuance`, {}, key)).status).toBe(200);
  });

  it('that was issued is answered again to the same key, also when an owner denies by then', async () => {
    const known = await desk.confirmedCase();
    const orderId = await journey.draft(known);
    await journey.supply(known);
    const key = { 'idempotency-key': `issue-${orderId}` };
    const ask = () => journey.post(officer2, `/v1/orders/${orderId}/issuance`, {}, key);
    const first = await ask();
    desk.owners.denying.add('classification');
    try {
      const again = await ask();
      expect([again.status, again.body]).toEqual([200, first.body]);
      const other = await journey.post(officer2, `/v1/orders/${orderId}/issuance`);
      expect([other.status, other.body.type]).toEqual([409, 'urn:sekisho:problem:illegal-transition']);
    } finally {
      desk.owners.denying.clear();
    }
  });

  it('is refused once the confirmation has lapsed', async () => {
    const known = await desk.confirmedCase();
    const orderId = await journey.draft(known);
    await journey.supply(known);
    await desk.lapse(known);
    await eventually('the lapse', async () => {
      const { body } = await desk.client.call(officer1, 'GET', `/v1/incidents/${known.incidentId}/safeguards`);
      return body.standing === false;
    });
    const { status, body } = await journey.post(officer2, `/v1/orders/${orderId}/issuance`);
    expect([status, body.type]).toEqual([409, 'urn:sekisho:problem:stale-scope']);
  });

  it('that was issued cannot be without what it rests on, whatever SQL the service’s role tries', async () => {
    const known = await desk.confirmedCase();
    const orderId = await journey.draft(known);
    await expect(
      desk.database.query(
        'app',
        `UPDATE tasking_order SET state = 'ISSUED', version = 2, issued_actor = '{"person":"x"}', issued_at = now(), not_before = now(),
           not_after = now(), acknowledge_by = now() WHERE id = $1`,
        [orderId],
      ),
    ).rejects.toThrow(/on record|rests on/);
    await expect(
      desk.database.query('app', `UPDATE tasking_order SET state = 'COMPLETED', version = 2 WHERE id = $1`, [orderId]),
    ).rejects.toThrow(/does not go from DRAFT to COMPLETED/);
  });
});

describe('returns', () => {
  it('move the order step by step, once each', async () => {
    const { orderId } = await journey.issued();
    const acknowledged = await journey.sign('npa', orderId, 'ACKNOWLEDGED');
    await journey.send('npa', acknowledged);
    await journey.becomes(orderId, 'ACKNOWLEDGED');
    await journey.send('npa', acknowledged);
    await journey.send('npa', await journey.sign('npa', orderId, 'STARTED'));
    await journey.becomes(orderId, 'EXECUTING');
    await journey.send('npa', await journey.sign('npa', orderId, 'COMPLETED', { serversTouched: ['s1'] }));
    await journey.becomes(orderId, 'COMPLETED');
    const rows = await desk.database.query(
      'superuser',
      'SELECT kind FROM agency_return WHERE order_id = $1 ORDER BY recorded_at',
      [orderId],
    );
    expect(rows.map((row) => row['kind'])).toEqual(['ACKNOWLEDGED', 'STARTED', 'COMPLETED']);
  });

  it('out of turn, of another agency, or signed by nobody are rejected and change nothing', async () => {
    const { orderId } = await journey.issued();
    await journey.send('npa', await journey.sign('npa', orderId, 'COMPLETED'));
    await journey.send('sdf', await journey.sign('sdf', orderId, 'ACKNOWLEDGED'));
    await journey.send('npa', await journey.sign('sdf', orderId, 'ACKNOWLEDGED'));
    await sendMessage('agency-npa', 'agency.npa.v1', null, 'not even JSON');
    await journey.send('npa', await journey.sign('npa', orderId, 'ACKNOWLEDGED'));
    await journey.becomes(orderId, 'ACKNOWLEDGED');
    const rejected = await eventually('the rejections', async () => {
      const rows = await desk.database.query(
        'superuser',
        `SELECT data::jsonb->>'reason' AS reason FROM outbox WHERE type = 'return-recorded.v1' AND data::jsonb->>'accepted' = 'false'`,
      );
      return rows.length >= 3 && rows;
    });
    expect(rejected.map((row) => row['reason']).join('\n')).toMatch(
      /does not follow ISSUED[^]*|not given to this agency/,
    );
  });

  it('answer a stop when the approval falls while the order runs', async () => {
    const { known, orderId } = await journey.issued();
    await journey.send('npa', await journey.sign('npa', orderId, 'ACKNOWLEDGED'));
    await journey.send('npa', await journey.sign('npa', orderId, 'STARTED'));
    await journey.becomes(orderId, 'EXECUTING');
    await desk.lapse(known);
    await journey.becomes(orderId, 'STOP_REQUESTED');
    const { status, body } = await journey.post(
      { subject: 'npa', organisation: 'npa', roles: ['agency-npa'] },
      `/v1/orders/${orderId}/returns`,
      { return: await journey.sign('npa', orderId, 'STOPPED') },
    );
    expect([status, body.state]).toEqual([200, 'STOPPED']);
  });
});

describe('evidence', () => {
  it('is recorded by its office alone, for the current scope alone, and confirmed by another person', async () => {
    const known = await desk.confirmedCase();
    const path = `/v1/incidents/${known.incidentId}/evidence`;
    const cabinet = { subject: 'cabinet', organisation: 'org', roles: ['cabinet-secretariat'] as const };
    await journey.draft(known);
    expect((await journey.post(cabinet, path, evidenceBody(known.scopeDigest))).status).toBe(403);
    const stale = await journey.post(mofa, path, evidenceBody(`sha256:${'0'.repeat(64)}`));
    expect([stale.status, stale.body.currentScopeDigest]).toEqual([409, known.scopeDigest]);
    const { body } = await journey.post(mofa, path, evidenceBody(known.scopeDigest));
    const same = { subject: 'x', person: 'mofa', organisation: 'org', roles: ['tasking-officer'] as const };
    const refused = await journey.post(same, `${path}/${body.evidenceId}/confirmation`);
    expect([refused.status, refused.body.type]).toEqual([409, 'urn:sekisho:problem:same-person']);
    const typed = { ...evidenceBody(known.scopeDigest), safeguard: 'NSC_APPROVAL' };
    expect((await journey.post(mofa, path, typed)).status).toBe(400);
  });
});
