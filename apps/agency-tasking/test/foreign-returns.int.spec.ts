import { createHmac, randomUUID } from 'node:crypto';
import { KeySet } from '@sekisho/signing';
import { eventually, sendMessage } from '@sekisho/testing';
import { Desk, evidenceBody, mofa, officer1, officer2, person } from './desk.js';

/** Returns that no agency may give, over its own topic and over HTTP: rejected, recorded, and nothing changes. */
let desk: Desk;
let incidentId: string;
let orderId: string;

const TYP = 'sekisho-return+jws';
const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');
const post = (by: typeof mofa, path: string, body: unknown = {}) => desk.client.call(by, 'POST', path, body);
const saying = (kind = 'ACKNOWLEDGED', over: object = {}) => ({
  jti: randomUUID(),
  kind,
  orderId,
  at: new Date().toISOString(),
  serversTouched: [],
  ...over,
});
const order = async () => (await desk.client.call(officer1, 'GET', `/v1/orders/${orderId}`)).body;
const send = (agency: 'npa' | 'sdf', jws: string): Promise<void> =>
  sendMessage(`agency-${agency}`, `agency.${agency}.v1`, orderId, JSON.stringify({ return: jws }));

beforeAll(async () => {
  desk = await Desk.open();
  const known = await desk.confirmedCase();
  ({ incidentId } = known);
  const { scopeDigest } = known;
  orderId = await eventually('the draft', async () => {
    const { status, body } = await post(officer1, '/v1/orders', { incidentId, scopeDigest, executor: 'NPA_SOLE' });
    return status === 201 && body.orderId;
  });
  await Promise.all([desk.decide(known), desk.rule(known)]);
  const { body } = await post(mofa, `/v1/incidents/${incidentId}/evidence`, evidenceBody(scopeDigest));
  await post(officer1, `/v1/evidence/${body.evidenceId}/confirmation`);
  await eventually('the order', async () => (await post(officer2, `/v1/orders/${orderId}/issuance`)).status === 200);
}, 120_000);
afterAll(() => desk?.close());

/** What is on record about a return, and what its sender was told, with the key under which that went out. */
async function recordOf(jws: string): Promise<{ accepted: boolean; reason: string; told: string; key: string }> {
  const [row] = await eventually('its record', async () => {
    const rows = await desk.database.query(
      'superuser',
      `SELECT r.data::jsonb -> 'accepted' AS accepted, r.data::jsonb ->> 'reason' AS reason, t.data::jsonb ->> 'reason' AS told, t.key
         FROM outbox r JOIN outbox t ON t.type = 'return-rejected.v1' AND t.causation_id = r.causation_id
        WHERE r.type = 'return-recorded.v1' AND r.data::jsonb ->> 'jws' = $1`,
      [jws],
    );
    return rows.length > 0 && rows;
  });
  return row as never;
}

const [npa, sdf] = [person('npa', 'agency-npa'), person('sdf', 'agency-sdf')];
const ours = () => desk.service.app.get(KeySet);
const unsigned = (header: object, payload: object): string => `${part(header)}.${part(payload)}.`;

const FORGERIES: Record<string, () => Promise<string> | string> = {
  'signed by the other agency': () => desk.agencies.sdf.sign(saying(), TYP),
  'signed by ourselves': () => ours().sign(saying(), TYP),
  'signed by ourselves in the agency’s name': async () => {
    const { kid } = desk.agencies.npa.publicKeys().keys[0]!;
    const [, payload, signature] = (await ours().sign(saying(), TYP)).split('.');
    return `${part({ alg: 'ES256', typ: TYP, kid })}.${payload}.${signature}`;
  },
  'signed by nobody': () => unsigned({ alg: 'none', typ: TYP }, saying()),
  'with its signature taken off': async () => (await desk.agencies.npa.sign(saying(), TYP)).replace(/[^.]*$/, ''),
  'changed after it was signed': async () => {
    const [header, , signature] = (await desk.agencies.npa.sign(saying('DECLINED'), TYP)).split('.');
    return `${header}.${part(saying())}.${signature}`;
  },
  'signed with the agency’s public key as a secret': () => {
    const input = `${part({ alg: 'HS256', typ: TYP })}.${part(saying())}`;
    const secret = JSON.stringify(desk.agencies.npa.publicKeys().keys[0]);
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  },
  'signed as another kind of statement': () => desk.agencies.npa.sign(saying(), 'sekisho-order+jws'),
  'no JWS at all': () => JSON.stringify(saying()),
};

describe('a return', () => {
  it.each(Object.entries(FORGERIES))('%s is rejected and recorded, and nothing changes', async (_, forge) => {
    const [before, jws] = [await order(), await forge()];
    await send('npa', jws);
    const { accepted, reason } = await recordOf(jws);
    expect([accepted, reason]).toEqual([false, expect.stringMatching(/key|signature|typ|verify/)]);
    const { status } = await post(npa, `/v1/orders/${orderId}/returns`, { return: jws });
    expect([status, await order()]).toEqual([400, before]);
  });

  it('for another agency’s order is rejected, and its sender does not learn that there is one', async () => {
    const [before, jws] = [await order(), await desk.agencies.sdf.sign(saying(), TYP)];
    await send('sdf', jws);
    const { accepted, reason, told, key } = await recordOf(jws);
    expect([accepted, reason]).toEqual([false, 'the order was not given to this agency']);
    expect([told, key === incidentId]).toEqual(['there is no such order', false]);
    const none = await desk.agencies.sdf.sign(saying('ACKNOWLEDGED', { orderId: randomUUID() }), TYP);
    await send('sdf', none);
    expect((await recordOf(none)).told).toBe(told);
    const { status } = await post(sdf, `/v1/orders/${orderId}/returns`, { return: jws });
    expect([status, await order()]).toEqual([404, before]);
  });

  it('over HTTP is about the order of its path', async () => {
    const jws = await desk.agencies.npa.sign(saying('ACKNOWLEDGED', { orderId: randomUUID() }), TYP);
    expect((await post(npa, `/v1/orders/${orderId}/returns`, { return: jws })).status).toBe(400);
  });

  it('with a number that was used for another one is rejected, and the earlier stands', async () => {
    const first = saying();
    await send('npa', await desk.agencies.npa.sign(first, TYP));
    await eventually('ACKNOWLEDGED', async () => (await order()).state === 'ACKNOWLEDGED');
    const before = await order();
    const again = await desk.agencies.npa.sign(saying('STARTED', { jti: first.jti }), TYP);
    await send('npa', again);
    expect(await recordOf(again)).toMatchObject({ accepted: false, reason: 'its jti was used for another return' });
    const { status } = await post(npa, `/v1/orders/${orderId}/returns`, { return: again });
    expect([status, await order()]).toEqual([409, before]);
    const kept = await desk.database.query('superuser', 'SELECT kind, jti FROM agency_return');
    expect(kept).toEqual([{ kind: 'ACKNOWLEDGED', jti: first.jti }]);
  });

  it('may leave out what kind of statement it is', async () => {
    const untyped = desk.agencies.npa.sign(saying('STARTED'), undefined as never);
    await send('npa', await untyped);
    await eventually('EXECUTING', async () => (await order()).state === 'EXECUTING');
  });
});
