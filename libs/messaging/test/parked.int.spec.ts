import { jest } from '@jest/globals';
import { eventually } from '@sekisho/testing';
import { uuidv7 } from 'uuidv7';
import { ParkedMessages } from '../src/index.js';
import { watchOpen } from '../src/watch.js';
import { clock, logger } from './fixture.js';
import { lapsed, Rig, withheld } from './rig.js';

jest.setTimeout(60_000);

const REPORTS = 'intake.reports.v1';
const DETERMINATIONS = 'classification.determinations.v1';
const operator = { issuer: 'https://issuer.example', subject: 'operator-1', person: 'p-1', organisation: 'government' };
const parked = new ParkedMessages(clock);

describe('messages kept aside', () => {
  let intake: Rig;
  let classification: Rig;
  let oversight: Rig;

  beforeEach(async () => {
    [intake, classification, oversight] = await Promise.all([
      Rig.of('incident-intake'),
      Rig.of('classification'),
      Rig.of('oversight-reporting'),
    ]);
    await Promise.all([intake.relay(), classification.relay(), oversight.skipPast(REPORTS, DETERMINATIONS)]);
  });

  afterEach(async () => {
    await Promise.all([intake.stop(), classification.stop(), oversight.stop()]);
  });

  const idOf = async (subject: string): Promise<string> => {
    const rows = await oversight.database.query<{ id: string }>(
      'owner',
      `SELECT id FROM parked WHERE headers->>'ce_subject' = $1`,
      [subject],
    );
    return rows[0]!.id;
  };
  const inTransaction = oversightTransaction(() => oversight);

  test('discarded: what was held goes on without it, and who did it and why stays on record', async () => {
    const key = uuidv7();
    const [bad, worse, last] = [`bad ${key}`, `worse ${key}`, `last ${key}`];
    await oversight.trouble(bad, 'rejected');
    await oversight.trouble(worse, 'rejected');
    await intake.append(...[bad, worse, last].map((subject) => withheld(key, { subject })));
    await oversight.consumer([REPORTS]);
    await eventually('the first parked', async () => (await oversight.aside(key)).length === 3);
    expect(await inTransaction((tx) => parked.discard(tx, uuidv7(), operator, 'no such'))).toBe(false);
    expect(await inTransaction(async (tx) => parked.discard(tx, await idOf(bad), operator, 'sent by mistake'))).toBe(
      true,
    );
    await eventually('the second parked', async () => (await oversight.aside(key))[1] === `PARKED ${worse}`);
    expect(await oversight.aside(key)).toEqual([`DISCARDED ${bad}`, `PARKED ${worse}`, `HELD ${last}`]);
    // Tried again while the fault is still there, it is parked again; a held one cannot be released before its turn.
    expect(await inTransaction(async (tx) => parked.release(tx, await idOf(last), operator))).toBe(false);
    expect(await inTransaction(async (tx) => parked.release(tx, await idOf(worse), operator))).toBe(true);
    const history = async (): Promise<string[]> => {
      const rows = await oversight.database.query<{ text: string }>(
        'owner',
        `SELECT state || ' by ' || changed_by || coalesce(': ' || reason, '') AS text FROM parked_change WHERE parked_id = ANY($1) ORDER BY parked_id, version`,
        [[await idOf(bad), await idOf(worse)]],
      );
      return rows.map(({ text }) => text);
    };
    await eventually('parked again', async () => (await history()).length === 6);
    await oversight.trouble(worse, null);
    await inTransaction(async (tx) => parked.release(tx, await idOf(worse), operator));
    await eventually('the last', async () => (await oversight.work(key)).length === 2);
    expect(await oversight.work(key)).toEqual([worse, last]);
    const [by, service] = ['p-1 (https://issuer.example#operator-1)', 'oversight-reporting'];
    expect(await history()).toEqual([
      `PARKED by ${service}`,
      `DISCARDED by ${by}: sent by mistake`,
      `HELD by ${service}`,
      `PARKED by ${service}`,
      `RELEASED by ${by}`,
      `PARKED by ${service}`,
      `RELEASED by ${by}`,
      `DONE by ${service}`,
    ]);
    expect(await inTransaction(async (tx) => parked.release(tx, await idOf(worse), operator))).toBe(false);
  });

  test('released while it waits: it goes on without what it waits for; parked dependencies are waited for', async () => {
    const [key, second, cause] = [uuidv7(), uuidv7(), uuidv7()];
    const id = uuidv7();
    await oversight.trouble(`cause ${cause}`, 'rejected');
    await intake.append(withheld(cause, { id, subject: `cause ${cause}` }));
    await classification.append(
      lapsed(key, { subject: `one ${key}`, dependsOn: `${REPORTS}/${id}` }),
      lapsed(second, { subject: `two ${second}`, dependsOn: `${REPORTS}/${id}` }),
    );
    await oversight.consumer([REPORTS, DETERMINATIONS]);
    await eventually('the cause parked', async () => (await oversight.aside(cause))[0]?.startsWith('PARKED'));
    await eventually('both wait', async () => (await oversight.aside(key, second)).length === 2);
    expect((await oversight.aside(key, second)).map((text) => text.split(' ')[0])).toEqual(['WAITING', 'WAITING']);
    const alarms: string[] = [];
    const figures = new Map<string, number>();
    const watch = {
      database: oversight.app,
      clock: { now: () => new Date(Date.now() + 11 * 60_000) },
      logger: { ...logger, error: (_: object, message: string) => void alarms.push(message) },
      metrics: { held: { set: ({ state }: { state: string }, value: number) => void figures.set(state, value) } },
    };
    const alarmed = new Set<string>();
    await watchOpen({ ...watch, clock }, alarmed);
    expect(alarms).toEqual([]);
    await watchOpen(watch, alarmed);
    await watchOpen(watch, alarmed);
    expect(alarms).toEqual(Array(2).fill('message has waited for more than ten minutes for another'));
    expect(Object.fromEntries(figures)).toEqual({ WAITING: 2, PARKED: 1, HELD: 0, RELEASED: 0, OVERDUE: 2 });
    await inTransaction(async (tx) =>
      parked.release(tx, await idOf(`one ${key}`), operator, 'the cause is known otherwise'),
    );
    await eventually('the released one', async () => (await oversight.work(key)).length === 1);
    expect((await oversight.aside(second))[0]).toBe(`WAITING two ${second}`);
    await oversight.trouble(`cause ${cause}`, null);
    await inTransaction(async (tx) => parked.release(tx, await idOf(`cause ${cause}`), operator));
    await eventually('the other', async () => (await oversight.work(second)).length === 1);
  });

  test('delivered again while parked: parked once; two instances and a release: done once, in order', async () => {
    const keys = Array.from({ length: 4 }, () => uuidv7());
    for (const key of keys) await oversight.trouble(`0 ${key}`, 'rejected');
    const [first] = keys as [string];
    const ids = keys.map(() => uuidv7());
    await intake.append(...keys.map((key, index) => withheld(key, { id: ids[index]!, subject: `0 ${key}` })));
    for (let turn = 1; turn <= 8; turn += 1)
      await intake.append(...keys.map((key) => withheld(key, { subject: `${turn} ${key}` })));
    const again = await Rig.of('incident-intake');
    try {
      await again.append(withheld(first, { id: ids[0]!, subject: `0 ${first}` }));
      await again.relay();
      await Promise.all([1, 2].map(() => oversight.process('consumer-process', oversight.fixture([REPORTS]))));
      await eventually('all kept aside', async () => (await oversight.aside(...keys)).length === 36, 40_000);
      const copies = await oversight.seen('oversight-reporting', REPORTS, [first], (seen) => seen.length === 10);
      expect(copies.filter(({ headers }) => headers['ce_id'] === ids[0])).toHaveLength(2);
      expect((await oversight.aside(first)).filter((text) => text === `PARKED 0 ${first}`)).toHaveLength(1);
      for (const key of keys) await oversight.trouble(`0 ${key}`, null);
      await oversight.app.$transaction(async (tx) => {
        for (const key of keys) await parked.release(tx, await idOf(`0 ${key}`), operator);
      });
      await eventually('all done', async () => (await oversight.work(...keys)).length >= 36, 30_000);
      for (const key of keys)
        expect(await oversight.work(key)).toEqual(Array.from({ length: 9 }, (_, turn) => `${turn} ${key}`));
    } finally {
      await again.stop();
    }
  });

  test('operators read them page by page, without payloads', async () => {
    const keys = Array.from({ length: 3 }, () => uuidv7());
    for (const key of keys) await oversight.trouble(`bad ${key}`, 'rejected');
    await intake.append(...keys.map((key) => withheld(key, { subject: `bad ${key}` })));
    await oversight.consumer([REPORTS]);
    await eventually('all parked', async () => (await oversight.aside(...keys)).length === 3);
    const all = await inTransaction((tx) => parked.list(tx, { limit: 1_000 }));
    const paged = [];
    for (let cursor: string | undefined; ;) {
      const page = await inTransaction((tx) => parked.list(tx, { limit: 2, cursor }));
      paged.push(...page);
      cursor = page.at(-1)?.id;
      if (page.length < 2) break;
    }
    expect(paged).toEqual(all);
    expect(all.find(({ key }) => key === keys[0])).toEqual({
      id: expect.any(String),
      topic: REPORTS,
      partition: expect.any(Number),
      offset: expect.stringMatching(/^\d+$/),
      key: keys[0],
      eventId: expect.any(String),
      type: 'report-withheld.v1',
      state: 'PARKED',
      error: 'rejected: not acceptable',
      dependsOn: null,
      parkedAt: expect.stringMatching(/Z$/),
      changedAt: expect.stringMatching(/Z$/),
      changedBy: 'oversight-reporting',
    });
  });
});

function oversightTransaction(rig: () => Rig): Rig['app']['$transaction'] {
  return (work) => rig().app.$transaction(work);
}
