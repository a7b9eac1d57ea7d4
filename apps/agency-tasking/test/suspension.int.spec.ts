import { randomUUID } from 'node:crypto';
import { eventually, readTopic } from '@sekisho/testing';
import { Desk, officer2 } from './desk.js';
import { Journey } from './journey.js';

let desk: Desk;
let journey: Journey;

beforeAll(async () => {
  desk = await Desk.open();
  journey = new Journey(desk);
}, 60_000);
afterAll(() => desk?.close());

/** What the police got about a case, in order. */
const told = (incidentId: string, count: number) =>
  readTopic(
    'agency-npa',
    'tasking.npa.v1',
    ({ key }) => key === incidentId,
    (seen) => seen.length >= count,
  ).then((seen) => seen.map(({ headers }) => headers['ce_type']));

/** Until the desk knows that a fact of the case is contested. */
const contestKnown = (incidentId: string) =>
  eventually('the contest', async () => {
    const sql = 'SELECT FROM fact_contest WHERE incident_id = $1';
    return (await desk.database.query('superuser', sql, [incidentId])).length > 0;
  });

describe('while a fact of the case is contested', () => {
  it('an order that nobody has started is suspended; it goes on where it was once all is upheld', async () => {
    const { known, orderId } = await journey.issued();
    await journey.returns('npa', orderId, 'ACKNOWLEDGED');
    await journey.becomes(orderId, 'ACKNOWLEDGED');
    const contests = [await desk.contest(known), await desk.contest(known)];
    await journey.becomes(orderId, 'SUSPENDED');
    await journey.returns('npa', orderId, 'STARTED');
    await told(known.incidentId, 3);
    expect((await journey.order(orderId)).agencies).toEqual([{ agency: 'npa', state: 'ACKNOWLEDGED' }]);
    await desk.settle(known, contests[0]!);
    await desk.settle(known, contests[1]!);
    await journey.becomes(orderId, 'ACKNOWLEDGED');
    await journey.returns('npa', orderId, 'STARTED');
    await journey.becomes(orderId, 'EXECUTING');
    expect(await told(known.incidentId, 4)).toEqual([
      'order-issued.v1',
      'order-suspended.v1',
      'return-rejected.v1',
      'order-resumed.v1',
    ]);
    const { history } = await journey.order(orderId);
    expect(history[2]).toMatchObject({ to: 'SUSPENDED', reason: 'servers.s1.location is contested' });
    expect(history.map(({ to }: { to: string }) => to)).toEqual([
      'ISSUED',
      'ACKNOWLEDGED',
      'SUSPENDED',
      'ACKNOWLEDGED',
      'EXECUTING',
    ]);
  });

  it('an order that runs goes on', async () => {
    const { known, orderId } = await journey.issued();
    await journey.returns('npa', orderId, 'ACKNOWLEDGED');
    await journey.returns('npa', orderId, 'STARTED');
    await journey.becomes(orderId, 'EXECUTING');
    await desk.contest(known);
    await contestKnown(known.incidentId);
    expect((await journey.order(orderId)).state).toBe('EXECUTING');
  });

  it('no order is issued, and the refusal says why', async () => {
    const known = await desk.confirmedCase();
    const orderId = await journey.draft(known);
    await journey.supply(known);
    const contestId = await desk.contest(known);
    const issue = () => desk.client.call(officer2, 'POST', `/v1/orders/${orderId}/issuance`, {});
    await contestKnown(known.incidentId);
    const refused = await issue();
    expect(refused).toMatchObject({
      status: 409,
      body: { reasons: [{ code: 'FACT_CONTESTED', detail: 'servers.s1.location' }], outstanding: [] },
    });
    await desk.settle(known, contestId);
    await eventually('the order', async () => (await issue()).status === 200);
  });

  it('a suspended order is stopped where the fact is changed: the confirmation lapses', async () => {
    const { known, orderId } = await journey.issued();
    const contestId = await desk.contest(known);
    await journey.becomes(orderId, 'SUSPENDED');
    await desk.settle(known, contestId, false);
    await desk.lapse(known);
    await journey.becomes(orderId, 'STOP_REQUESTED');
    await journey.returns('npa', orderId, 'NOT_EXECUTED');
    await journey.becomes(orderId, 'NOT_EXECUTED');
  });

  it('the same contest twice suspends once; a settlement that comes before its contest is parked, not lost', async () => {
    const { known, orderId } = await journey.issued();
    const contestId = await desk.contest(known);
    await journey.becomes(orderId, 'SUSPENDED');
    await desk.settle(known, contestId);
    await journey.becomes(orderId, 'ISSUED');
    // The same contest told again, as another event: the database has it already.
    await desk.contest(known, contestId);
    await desk.settle(known, randomUUID());
    const parked = await eventually('what is parked', async () => {
      const operator = { subject: 'operator', organisation: 'org', roles: ['operator'] as const };
      const { body } = await desk.client.call(operator, 'GET', '/v1/parked?limit=200');
      const items = body.items.filter((item: { key: string }) => item.key === known.incidentId);
      return items.length > 0 && items;
    });
    expect(parked[0]).toMatchObject({ type: 'fact-contested.v1' });
    expect((await journey.order(orderId)).history).toHaveLength(3);
  });
});
