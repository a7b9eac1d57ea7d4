import { randomUUID } from 'node:crypto';
import type { Agency } from '@sekisho/contracts';
import { type ConfirmedCase, eventually, readTopic, sendMessage } from '@sekisho/testing';
import { Desk, evidenceBody, mofa, officer1, officer2 } from './desk.js';

/** The NSC takes its approval back: before an order, while one runs, twice, and before anybody has heard of the approval. */
describe('an approval that is withdrawn', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.open();
  }, 120_000);
  afterAll(() => desk?.close());

  const post = (by: Parameters<Desk['client']['call']>[0], path: string, body: unknown = {}) =>
    desk.client.call(by, 'POST', path, body);
  const order = async (orderId: string) => (await desk.client.call(officer1, 'GET', `/v1/orders/${orderId}`)).body;
  const outstanding = async ({ incidentId }: ConfirmedCase): Promise<{ kind: string; reason: string }[]> =>
    (await desk.client.call(officer1, 'GET', `/v1/incidents/${incidentId}/safeguards`)).body.outstanding ?? [];
  const becomes = (orderId: string, state: string) =>
    eventually(state, async () => (await order(orderId)).state === state, 40_000);
  const settles = (known: ConfirmedCase, ...wanted: string[]) =>
    eventually(
      wanted.join() || 'nothing outstanding',
      async () =>
        (await outstanding(known)).map(({ kind, reason }) => `${kind} ${reason}`).join() === wanted.join() && known,
      40_000,
    );

  /** A case with a draft and every safeguard. */
  async function ready(): Promise<{ known: ConfirmedCase; orderId: string }> {
    const known = await desk.confirmedCase();
    const { incidentId, scopeDigest } = known;
    const drafted = await eventually('the scope', async () => {
      const answer = await post(officer1, '/v1/orders', { incidentId, scopeDigest, executor: 'NPA_SOLE' });
      return answer.status === 201 && answer;
    });
    await desk.decide(known);
    await desk.rule(known);
    const { body } = await post(mofa, `/v1/incidents/${incidentId}/evidence`, evidenceBody(scopeDigest));
    expect((await post(officer1, `/v1/evidence/${body.evidenceId}/confirmation`)).status).toBe(201);
    await settles(known);
    return { known, orderId: drafted.body.orderId };
  }

  async function running(): Promise<{ known: ConfirmedCase; orderId: string }> {
    const { known, orderId } = await ready();
    expect((await post(officer2, `/v1/orders/${orderId}/issuance`)).status).toBe(200);
    await returns('npa', orderId, 'ACKNOWLEDGED');
    await returns('npa', orderId, 'STARTED');
    await becomes(orderId, 'EXECUTING');
    return { known, orderId };
  }

  async function returns(agency: Agency, orderId: string, kind: string, over: object = {}): Promise<string> {
    const payload = { jti: randomUUID(), kind, orderId, at: new Date().toISOString(), serversTouched: [], ...over };
    const jws = await desk.agencies[agency].sign(payload, 'sekisho-return+jws');
    await sendMessage(`agency-${agency}`, `agency.${agency}.v1`, null, JSON.stringify({ return: jws }));
    return jws;
  }

  it('lets no order be issued, and leaves the draft; an approval that is given anew carries it again', async () => {
    const { known, orderId } = await ready();
    await desk.withdraw(known);
    await settles(known, 'NSC_APPROVAL WITHDRAWN');
    const refused = await post(officer2, `/v1/orders/${orderId}/issuance`);
    expect([refused.status, refused.body.outstanding]).toMatchObject([
      409,
      [{ kind: 'NSC_APPROVAL', reason: 'WITHDRAWN' }],
    ]);
    expect((await order(orderId)).state).toBe('DRAFT');

    await desk.decide(known);
    await settles(known);
    expect((await post(officer2, `/v1/orders/${orderId}/issuance`)).status).toBe(200);
  });

  it('stops the order that runs, with the reason, and the agency must answer', async () => {
    const { known, orderId } = await running();
    const ce_id = randomUUID();
    await desk.withdraw(known, { ce_id });
    await becomes(orderId, 'STOP_REQUESTED');
    // The same event once more, as after a crash before its offset was committed, and then something else of the case.
    await desk.withdraw(known, { ce_id });
    await desk.decide(known, 'REJECTED');
    await settles(known, 'NSC_APPROVAL REJECTED');
    const why = 'the NSC withdrew its approval: The server has changed hands.';
    expect((await order(orderId)).history.at(-1)).toMatchObject({
      from: 'EXECUTING',
      to: 'STOP_REQUESTED',
      reason: why,
    });
    const rows = await desk.database.query(
      'app',
      `SELECT content ->> 'outcome' AS outcome FROM evidence WHERE scope_digest = $1 AND safeguard = 'NSC_APPROVAL'
        ORDER BY recorded_at`,
      [known.scopeDigest],
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual(['APPROVED', 'WITHDRAWN', 'REJECTED']);

    const [stop, ...more] = await readTopic(
      'agency-npa',
      'tasking.npa.v1',
      ({ key, headers }) => key === known.incidentId && headers['ce_type'] === 'order-stopped.v1',
      (seen) => seen.length === 1,
      40_000,
    );
    const jws = await desk.agencies.npa.open((stop!.value as { order: string }).order);
    const said = JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString()) as Record<string, string>;
    expect([said, more]).toMatchObject([{ orderId, stop: true, reason: why, scopeDigest: known.scopeDigest }, []]);
    expect(Date.parse(said['answerBy']!)).toBeGreaterThan(Date.parse(said['at']!));

    await returns('npa', orderId, 'STOPPED');
    await becomes(orderId, 'STOPPED');
    expect((await order(orderId)).afterStop).toEqual([]);
    const stops = await desk.database.query(
      'superuser',
      `SELECT id FROM outbox WHERE key = $1 AND type = 'order-stopped.v1'`,
      [known.incidentId],
    );
    expect(stops).toHaveLength(1);
  });

  it('lists apart what the agency did between the stop and its answer, accepted or not, each once', async () => {
    const { known, orderId } = await running();
    await desk.withdraw(known);
    await becomes(orderId, 'STOP_REQUESTED');
    const started = await returns('npa', orderId, 'STARTED', { serversTouched: ['s1'] });
    // Sent once more, it is rejected once more.
    await sendMessage('agency-npa', 'agency.npa.v1', null, JSON.stringify({ return: started }));
    await returns('npa', orderId, 'COMPLETED', { serversTouched: ['s1'] });
    await becomes(orderId, 'COMPLETED');
    const { afterStop, history } = await order(orderId);
    expect(afterStop).toEqual([
      {
        ...{ agency: 'npa', kind: 'STARTED', at: expect.any(String), serversTouched: ['s1'] },
        ...{ recordedAt: expect.any(String), accepted: false, reason: 'STARTED does not follow STOP_REQUESTED' },
      },
      {
        ...{ agency: 'npa', kind: 'COMPLETED', at: expect.any(String), serversTouched: ['s1'] },
        ...{ recordedAt: expect.any(String), accepted: true, reason: null },
      },
    ]);
    expect(history.map(({ to }: { to: string }) => to)).toEqual([
      ...['ISSUED', 'ACKNOWLEDGED', 'EXECUTING', 'STOP_REQUESTED', 'COMPLETED'],
    ]);
    const rewrite = desk.database.query('superuser', `UPDATE act_after_stop SET rejected = NULL`);
    await expect(rewrite).rejects.toThrow(/stay as they are/);
    const forget = desk.database.query('app', `DELETE FROM act_after_stop`);
    await expect(forget).rejects.toThrow(/permission denied/);
  });

  it('carries nothing either where its withdrawal comes before it', async () => {
    const known = await desk.confirmedCase();
    const decidedBefore = new Date(Date.now() - 60_000).toISOString();
    await desk.withdraw(known);
    await desk.decide(known, 'APPROVED', decidedBefore);
    await eventually(
      'both',
      async () => {
        const rows = await desk.database.query('app', 'SELECT id FROM evidence WHERE scope_digest = $1', [
          known.scopeDigest,
        ]);
        return rows.length === 2;
      },
      40_000,
    );
    expect(await outstanding(known)).toContainEqual(
      expect.objectContaining({ kind: 'NSC_APPROVAL', reason: 'WITHDRAWN' }),
    );
  });
});
