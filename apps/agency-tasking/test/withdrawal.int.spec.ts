import { randomUUID } from 'node:crypto';
import { type ConfirmedCase, eventually, readTopic } from '@sekisho/testing';
import { Desk, officer1, officer2 } from './desk.js';
import { Journey } from './journey.js';

/** The NSC takes its approval back: before an order, while one runs, twice, and before anybody has heard of the approval. */
describe('an approval that is withdrawn', () => {
  let desk: Desk;
  let journey: Journey;
  beforeAll(async () => {
    desk = await Desk.open();
    journey = new Journey(desk);
  }, 120_000);
  afterAll(() => desk?.close());

  const issue = (orderId: string) => journey.post(officer2, `/v1/orders/${orderId}/issuance`);
  const outstanding = async ({ incidentId }: ConfirmedCase): Promise<{ kind: string; reason: string }[]> =>
    (await desk.client.call(officer1, 'GET', `/v1/incidents/${incidentId}/safeguards`)).body.outstanding ?? [];
  const settles = (known: ConfirmedCase, ...wanted: string[]) =>
    eventually(
      wanted.join() || 'nothing outstanding',
      async () =>
        (await outstanding(known)).map(({ kind, reason }) => `${kind} ${reason}`).join() === wanted.join() && known,
      40_000,
    );

  /** A case whose order an agency carries out. */
  async function running(): Promise<{ known: ConfirmedCase; orderId: string }> {
    const issued = await journey.issued();
    await journey.returns('npa', issued.orderId, 'ACKNOWLEDGED');
    await journey.returns('npa', issued.orderId, 'STARTED');
    await journey.becomes(issued.orderId, 'EXECUTING');
    return issued;
  }

  it('lets no order be issued, and leaves the draft; an approval that is given anew carries it again', async () => {
    const known = await desk.confirmedCase();
    const orderId = await journey.draft(known);
    await journey.supply(known);
    await desk.withdraw(known);
    await settles(known, 'NSC_APPROVAL WITHDRAWN');
    const refused = await issue(orderId);
    expect([refused.status, refused.body.outstanding]).toMatchObject([
      409,
      [{ kind: 'NSC_APPROVAL', reason: 'WITHDRAWN' }],
    ]);
    expect((await journey.order(orderId)).state).toBe('DRAFT');

    await desk.decide(known);
    await settles(known);
    expect((await issue(orderId)).status).toBe(200);
  });

  it('stops the order that runs, with the reason, and the agency must answer', async () => {
    const { known, orderId } = await running();
    const ce_id = randomUUID();
    await desk.withdraw(known, { ce_id });
    await journey.becomes(orderId, 'STOP_REQUESTED');
    // The same event once more, as after a crash before its offset was committed, and then something else of the case.
    await desk.withdraw(known, { ce_id });
    await desk.decide(known, 'REJECTED');
    await settles(known, 'NSC_APPROVAL REJECTED');
    const why = 'the NSC withdrew its approval: The server has changed hands.';
    expect((await journey.order(orderId)).history.at(-1)).toMatchObject({
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

    await journey.returns('npa', orderId, 'STOPPED');
    await journey.becomes(orderId, 'STOPPED');
    expect((await journey.order(orderId)).afterStop).toEqual([]);
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
    await journey.becomes(orderId, 'STOP_REQUESTED');
    const started = await journey.sign('npa', orderId, 'STARTED', { serversTouched: ['s1'] });
    await journey.send('npa', started);
    // Sent once more, it is rejected once more.
    await journey.send('npa', started);
    await journey.returns('npa', orderId, 'COMPLETED', { serversTouched: ['s1'] });
    await journey.becomes(orderId, 'COMPLETED');
    const { afterStop, history } = await journey.order(orderId);
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
