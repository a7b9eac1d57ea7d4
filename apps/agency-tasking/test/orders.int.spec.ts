import { randomUUID } from 'node:crypto';
import { eventually, readTopic, sendMessage } from '@sekisho/testing';
import { verify } from '@sekisho/signing';
import { Desk, evidenceBody, mofa, officer1, officer2 } from './desk.js';

type Case = Awaited<ReturnType<Desk['confirmedCase']>>;
type Step = 'decision' | 'ruling' | 'consultation';

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
}, 60_000);
afterAll(() => desk?.close());

const post = (by: Parameters<Desk['client']['call']>[0], path: string, body: unknown = {}, headers = {}) =>
  desk.client.call(by, 'POST', path, body, headers);

async function supply(known: Case, ...without: Step[]): Promise<void> {
  if (!without.includes('decision')) await desk.decide(known);
  if (!without.includes('ruling')) await desk.rule(known);
  if (!without.includes('consultation')) {
    const path = `/v1/incidents/${known.incidentId}/evidence`;
    const { body } = await eventually('the scope', async () => {
      const reply = await post(mofa, path, evidenceBody(known.scopeDigest));
      return reply.status === 201 && reply;
    });
    expect((await post(officer1, `/v1/evidence/${body.evidenceId}/confirmation`)).status).toBe(201);
  }
  const missing = without.length;
  await eventually('the events', async () => {
    const { body } = await desk.client.call(officer1, 'GET', `/v1/incidents/${known.incidentId}/safeguards`);
    return body.outstanding?.length === missing;
  });
}

async function draft(known: Case): Promise<string> {
  const body = { incidentId: known.incidentId, scopeDigest: known.scopeDigest, executor: 'NPA_SOLE' };
  const reply = await eventually('the scope', async () => {
    const answer = await post(officer1, '/v1/orders', body);
    return answer.status === 201 && answer;
  });
  return reply.body.orderId as string;
}

const state = async (orderId: string): Promise<string> =>
  (await desk.client.call(officer1, 'GET', `/v1/orders/${orderId}`)).body.state;

async function issued(): Promise<{ known: Case; orderId: string }> {
  const known = await desk.confirmedCase();
  const orderId = await draft(known);
  await supply(known);
  // As many clients do it: JSON by its type, and nothing in it.
  expect((await post(officer2, `/v1/orders/${orderId}/issuance`, '')).status).toBe(200);
  return { known, orderId };
}

async function giveBack(agency: 'npa' | 'sdf', orderId: string, kind: string, over: object = {}): Promise<string> {
  const payload = { jti: randomUUID(), kind, orderId, at: new Date().toISOString(), serversTouched: [], ...over };
  return desk.agencies[agency].sign(payload, 'sekisho-return+jws');
}

const send = (agency: 'npa' | 'sdf', jws: string): Promise<void> =>
  sendMessage(`agency-${agency}`, `agency.${agency}.v1`, null, JSON.stringify({ return: jws }));

describe('an order', () => {
  it('that has everything reaches its agency, which alone can open it', async () => {
    const { known, orderId } = await issued();
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
    const orderId = await draft(known);
    await supply(known, step);
    const { status, body } = await post(officer2, `/v1/orders/${orderId}/issuance`);
    expect([status, body.outstanding.map((each: { kind: string }) => each.kind)]).toEqual([409, [kind]]);
    expect(await state(orderId)).toBe('DRAFT');
  });

  it('is not issued by whoever drafted it: the database says so', async () => {
    const known = await desk.confirmedCase();
    const orderId = await draft(known);
    await supply(known);
    const same = await post(
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
    const orderId = await draft(known);
    await supply(known);
    const key = { 'idempotency-key': randomUUID() };
    desk.owners.denying.add('oversight');
    const refused = await post(officer2, `/v1/orders/${orderId}/issuance`, {}, key);
    desk.owners.denying.clear();
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('oversight')]);
    expect((await post(officer2, `/v1/orders/${orderId}/issuance`, {}, key)).status).toBe(200);
  });

  it('that was issued is answered again to the same key, also when an owner denies by then', async () => {
    const known = await desk.confirmedCase();
    const orderId = await draft(known);
    await supply(known);
    const key = { 'idempotency-key': `issue-${orderId}` };
    const ask = () => post(officer2, `/v1/orders/${orderId}/issuance`, {}, key);
    const first = await ask();
    desk.owners.denying.add('classification');
    try {
      const again = await ask();
      expect([again.status, again.body]).toEqual([200, first.body]);
      const other = await post(officer2, `/v1/orders/${orderId}/issuance`);
      expect([other.status, other.body.type]).toEqual([409, 'urn:sekisho:problem:illegal-transition']);
    } finally {
      desk.owners.denying.clear();
    }
  });

  it('is refused once the confirmation has lapsed', async () => {
    const known = await desk.confirmedCase();
    const orderId = await draft(known);
    await supply(known);
    await desk.lapse(known);
    await eventually('the lapse', async () => {
      const { body } = await desk.client.call(officer1, 'GET', `/v1/incidents/${known.incidentId}/safeguards`);
      return body.standing === false;
    });
    const { status, body } = await post(officer2, `/v1/orders/${orderId}/issuance`);
    expect([status, body.type]).toEqual([409, 'urn:sekisho:problem:stale-scope']);
  });

  it('that was issued cannot be without what it rests on, whatever SQL the service’s role tries', async () => {
    const known = await desk.confirmedCase();
    const orderId = await draft(known);
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
    for (const table of ['evidence', 'order_change', 'order_basis', 'agency_return', 'confirmed_scope']) {
      await expect(desk.database.query('app', `DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
      await expect(desk.database.query('owner', `DELETE FROM ${table}`)).rejects.toThrow(/stay as they are/);
    }
  });
});

describe('returns', () => {
  it('move the order step by step, once each', async () => {
    const { orderId } = await issued();
    const acknowledged = await giveBack('npa', orderId, 'ACKNOWLEDGED');
    await send('npa', acknowledged);
    await eventually('ACKNOWLEDGED', async () => (await state(orderId)) === 'ACKNOWLEDGED');
    await send('npa', acknowledged);
    await send('npa', await giveBack('npa', orderId, 'STARTED'));
    await eventually('EXECUTING', async () => (await state(orderId)) === 'EXECUTING');
    await send('npa', await giveBack('npa', orderId, 'COMPLETED', { serversTouched: ['s1'] }));
    await eventually('COMPLETED', async () => (await state(orderId)) === 'COMPLETED');
    const rows = await desk.database.query(
      'superuser',
      'SELECT kind FROM agency_return WHERE order_id = $1 ORDER BY recorded_at',
      [orderId],
    );
    expect(rows.map((row) => row['kind'])).toEqual(['ACKNOWLEDGED', 'STARTED', 'COMPLETED']);
  });

  it('out of turn, of another agency, or signed by nobody are rejected and change nothing', async () => {
    const { orderId } = await issued();
    await send('npa', await giveBack('npa', orderId, 'COMPLETED'));
    await send('sdf', await giveBack('sdf', orderId, 'ACKNOWLEDGED'));
    await send('npa', await giveBack('sdf', orderId, 'ACKNOWLEDGED'));
    await sendMessage('agency-npa', 'agency.npa.v1', null, 'not even JSON');
    await send('npa', await giveBack('npa', orderId, 'ACKNOWLEDGED'));
    await eventually('ACKNOWLEDGED', async () => (await state(orderId)) === 'ACKNOWLEDGED');
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
    const { known, orderId } = await issued();
    await send('npa', await giveBack('npa', orderId, 'ACKNOWLEDGED'));
    await send('npa', await giveBack('npa', orderId, 'STARTED'));
    await eventually('EXECUTING', async () => (await state(orderId)) === 'EXECUTING');
    await desk.lapse(known);
    await eventually('STOP_REQUESTED', async () => (await state(orderId)) === 'STOP_REQUESTED');
    const { status, body } = await post(
      { subject: 'npa', organisation: 'npa', roles: ['agency-npa'] },
      `/v1/orders/${orderId}/returns`,
      { return: await giveBack('npa', orderId, 'STOPPED') },
    );
    expect([status, body.state]).toEqual([200, 'STOPPED']);
  });
});

describe('evidence', () => {
  it('is recorded by its office alone, for the current scope alone, and confirmed by another person', async () => {
    const known = await desk.confirmedCase();
    const path = `/v1/incidents/${known.incidentId}/evidence`;
    const cabinet = { subject: 'cabinet', organisation: 'org', roles: ['cabinet-secretariat'] as const };
    await draft(known);
    expect((await post(cabinet, path, evidenceBody(known.scopeDigest))).status).toBe(403);
    const stale = await post(mofa, path, evidenceBody(`sha256:${'0'.repeat(64)}`));
    expect([stale.status, stale.body.currentScopeDigest]).toEqual([409, known.scopeDigest]);
    const { body } = await post(mofa, path, evidenceBody(known.scopeDigest));
    const same = { subject: 'x', person: 'mofa', organisation: 'org', roles: ['tasking-officer'] as const };
    const refused = await post(same, `${path}/${body.evidenceId}/confirmation`);
    expect([refused.status, refused.body.type]).toEqual([409, 'urn:sekisho:problem:same-person']);
    const typed = { ...evidenceBody(known.scopeDigest), safeguard: 'NSC_APPROVAL' };
    expect((await post(mofa, path, typed)).status).toBe(400);
  });
});
