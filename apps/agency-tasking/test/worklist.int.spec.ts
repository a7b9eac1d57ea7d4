import type { WorklistItem } from '@sekisho/contracts';
import { type ConfirmedCase, eventually } from '@sekisho/testing';
import { Desk, mofa, officer1, officer2, person } from './desk.js';
import { Journey } from './journey.js';

let desk: Desk;
let journey: Journey;
beforeAll(async () => {
  desk = await Desk.open();
  journey = new Journey(desk);
}, 60_000);
afterAll(() => desk?.close());

const page = async (by = officer1, query = '', language = 'en') =>
  (await desk.client.call(by, 'GET', `/v1/worklist${query}`, undefined, { 'accept-language': language })).body as {
    items: WorklistItem[];
    next: string | null;
  };
/** The line of a case once it is as it should be. */
const lineOf = ({ incidentId }: ConfirmedCase, as: (item: WorklistItem | undefined) => boolean, by = officer1) =>
  eventually('the line', async () => {
    const found = (await page(by, '?limit=200')).items.find(({ subject }) => subject === incidentId);
    return as(found) ? { item: found } : undefined;
  });

it('tells each case in a line: what is missing, who holds it, until when, until the order is given', async () => {
  const known = await desk.confirmedCase();
  const orderId = await journey.draft(known);
  const { item } = await lineOf(known, Boolean);
  expect(item).toMatchObject({
    kind: 'CASE',
    dueAt: known.scope!.measure.notAfter,
    link: `/v1/incidents/${known.incidentId}/safeguards`,
  });
  expect(item!.what.text).toMatch(
    new RegExp(
      `^${known.incidentId}: outstanding: approval of the measures by the National Security Council \\(the secretariat of the National Security Council\\), .*, by \\w+ \\d+ \\w+ \\d{4}, \\d\\d:\\d\\d\\.$`,
    ),
  );
  expect(item!.who.toSorted()).toEqual(['commission', 'mofa', 'nsc-secretariat']);
  expect(item!.why).toContain('For every server that is not known to be in Japan, the foreign minister is consulted');
  const japanese = (await page(officer1, '?limit=200', 'ja')).items.find(({ subject }) => subject === known.incidentId);
  expect(japanese!.what.text).toMatch(
    /：済んでいない手続は、国家安全保障会議の了承（国家安全保障会議の事務局）、.*期限は令和/,
  );

  await journey.supply(known);
  const ready = await lineOf(
    known,
    (found) => found?.what['outstanding'] instanceof Array && found.what['outstanding'].length === 0,
  );
  expect(ready.item).toMatchObject({ who: ['tasking-officer'], why: 'Nothing stands in the way of an order.' });
  expect((await journey.post(officer2, `/v1/orders/${orderId}/issuance`)).status).toBe(200);
  await lineOf(known, (found) => found === undefined);
});

it('tells of a contested fact and of a lapsed scope that analysts hold the case', async () => {
  const [contested, lapsed] = [await desk.confirmedCase(), await desk.confirmedCase()];
  const contest = await desk.contest(contested);
  await desk.lapse(lapsed);
  const one = await lineOf(contested, (found) => found?.who[0] === 'analyst');
  expect(one.item!.what.text).toContain('not established: the place of 1 server (analysts of');
  const two = await lineOf(lapsed, (found) => found?.who[0] === 'analyst');
  expect(two.item!.what.text).toContain('a confirmed scope is missing');
  await desk.settle(contested, contest);
  await lineOf(contested, (found) => found?.who.includes('mofa') === true);
});

it('shows an office what it holds, and page by page what ends first before the rest', async () => {
  const [one, two] = [await desk.confirmedCase(), await desk.confirmedCase()];
  for (const known of [one, two]) await lineOf(known, Boolean, mofa);
  expect((await page(mofa, '?limit=200')).items.every(({ who }) => who.includes('mofa'))).toBe(true);
  expect((await page(person('cabinet', 'cabinet-secretariat'))).items).toEqual([]);

  const all = (await page(officer1, '?limit=200')).items;
  expect(all.map(({ dueAt }) => dueAt)).toEqual(all.map(({ dueAt }) => dueAt).toSorted());
  const paged: WorklistItem[] = [];
  for (let query = '?limit=1'; ;) {
    const { items, next } = await page(officer1, query);
    paged.push(...items);
    if (next === null) break;
    query = `?limit=1&cursor=${next}`;
  }
  expect(paged).toEqual(all);
  for (const foreign of ['x', `2026-02-31T00:00:00.000Z ${one.incidentId}`]) {
    const cursor = Buffer.from(foreign).toString('base64url');
    expect((await desk.client.call(officer1, 'GET', `/v1/worklist?cursor=${cursor}`)).status).toBe(400);
  }
  expect((await desk.client.call(person('p', 'partner'), 'GET', '/v1/worklist')).status).toBe(403);
});
