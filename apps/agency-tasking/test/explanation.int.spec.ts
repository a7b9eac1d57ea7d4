import { eventually } from '@sekisho/testing';
import { Desk, officer1, officer2, person } from './desk.js';
import { Journey } from './journey.js';

let desk: Desk;
let journey: Journey;
beforeAll(async () => {
  desk = await Desk.open();
  journey = new Journey(desk);
}, 60_000);
afterAll(() => desk?.close());

const read = (path: string, headers: Record<string, string> = {}, by = officer1) =>
  desk.client.fetch(by, path, { headers });
const japanese = { accept: 'text/plain', 'accept-language': 'ja' };

it('tells in words what a case lacks, who supplies it and until when', async () => {
  const known = await desk.confirmedCase();
  await journey.draft(known);
  const path = `/v1/incidents/${known.incidentId}/safeguards/explanation`;
  const before = await read(path);
  expect([before.status, before.headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8']);
  const text = await before.text();
  expect(text).toContain(`- Case: ${known.incidentId}`);
  expect(text).toMatch(new RegExp(`\n${known.incidentId}: outstanding: approval of the measures .*, by .*\\.\n`));
  expect(text).toContain('- Approval of the measures by the National Security Council: nothing is on record.');
  expect(text).toContain('### nsc-approval (row 12)');

  await journey.supply(known);
  const after = await (await read(path, japanese)).text();
  expect(after).toContain('手続はすべて済んでいる。');
  expect(after).not.toContain('期限は');

  const pdf = await read(path, { accept: 'application/pdf' });
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  expect((await read(path, { accept: 'application/json' })).status).toBe(406);
  expect((await read(path, {}, person('p', 'partner'))).status).toBe(403);
  expect((await read(path.replace(known.incidentId, '01900000-0000-7000-8000-000000000000'))).status).toBe(404);
});

it('tells in words why the latest attempt at an order was refused', async () => {
  const known = await desk.confirmedCase();
  const orderId = await journey.draft(known);
  const path = `/v1/orders/${orderId}/refusal`;
  expect((await read(path)).status).toBe(404);
  await journey.supply(known, 'ruling');
  expect((await journey.post(officer2, `/v1/orders/${orderId}/issuance`)).status).toBe(409);
  const first = await (await read(path)).text();
  expect(first).toContain(`- Order: ${orderId}`);
  expect(first).toContain('- Prior approval of the oversight commission: nothing is on record.');

  await desk.rule(known);
  await eventually('the ruling', async () => {
    const { body } = await desk.client.call(officer1, 'GET', `/v1/incidents/${known.incidentId}/safeguards`);
    return body.outstanding.length === 0;
  });
  desk.owners.denying.add('oversight');
  expect((await journey.post(officer2, `/v1/orders/${orderId}/issuance`)).status).toBe(409);
  desk.owners.denying.clear();
  const second = await (await read(path, japanese)).text();
  expect(second.replace(/\n\s*/g, '')).toContain(
    '命令の根拠が現在も有効であることを、サイバー通信情報監理委員会が確認していない（承認又は了承は取り下げられている）。',
  );
  expect(second).not.toContain('withdrawn');

  expect((await journey.post(officer2, `/v1/orders/${orderId}/issuance`)).status).toBe(200);
  expect((await read(path)).status).toBe(404);
});
