import { jest } from '@jest/globals';
import { eventually, infrastructure, type SeenMessage } from '@sekisho/testing';
import { lockKeys } from '@sekisho/persistence';
import { uuidv7 } from 'uuidv7';
import { connectKafka, type KafkaConnection } from '../src/index.js';
import { kafkaOf, logger } from './fixture.js';
import { Rig, withheld } from './rig.js';
import { SwallowingProxy } from './swallowing-proxy.js';

jest.setTimeout(60_000);

const TOPIC = 'intake.reports.v1';
const READER = 'oversight-reporting';

describe('the relay', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await Rig.of('incident-intake');
  });

  afterEach(async () => {
    await rig.stop();
  });

  test('writes CloudEvents in binary mode', async () => {
    const key = uuidv7();
    const cause = `classification.determinations.v1/${uuidv7()}`;
    const [id] = await rig.append(withheld(key, { subject: 'a report', dependsOn: cause }));
    await rig.relay();
    const [message] = await rig.seen(READER, TOPIC, [key], (seen) => seen.length === 1);
    expect(message!.value).toEqual({ reportId: key, receivedAt: expect.any(String), digest: expect.any(String) });
    expect(message!.headers).toEqual({
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: id,
      ce_source: '/incident-intake',
      ce_type: 'report-withheld.v1',
      ce_subject: 'a report',
      ce_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      ce_dataschema: 'urn:sekisho:event:report-withheld.v1',
      ce_sequence: '00000000000000000001',
      ce_correlationid: 'test',
      ce_dependson: cause,
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    });
  });

  test('8 writers at once on common keys: no gap in the numbers, and the order of each key is that of the commits', async () => {
    const keys = Array.from({ length: 5 }, () => uuidv7());
    await rig.database.query(
      'owner',
      `CREATE TABLE counter (key text PRIMARY KEY, value int NOT NULL DEFAULT 0);
       DO $$ BEGIN EXECUTE format('GRANT SELECT, UPDATE ON counter TO %I', current_setting('sekisho.app_role')); END $$`,
    );
    for (const key of keys) await rig.database.query('owner', `INSERT INTO counter (key) VALUES ($1)`, [key]);
    await rig.relay();
    const write = async (writer: number, turn: number): Promise<void> => {
      const own = [keys[(writer + turn) % 5]!, keys[(writer * 3 + turn * 2) % 5]!];
      await rig.app.$transaction(async (tx) => {
        await lockKeys(tx, own);
        for (const key of new Set(own)) {
          // The counter is the commit order: the lock of the key is taken before it is read.
          const [row] = await tx.$queryRawUnsafe<{ value: number }[]>(`SELECT value FROM counter WHERE key = $1`, key);
          await tx.$executeRawUnsafe(`UPDATE counter SET value = $2::int WHERE key = $1`, key, row!.value + 1);
          await rig.outbox.append(tx, { correlationId: 'test' }, withheld(key, { subject: String(row!.value + 1) }));
        }
        // Some commit later than others that began after them.
        if (turn % 3 === 0) await tx.$queryRawUnsafe(`SELECT pg_sleep(0.01)`);
      });
    };
    const writer = async (number: number): Promise<void> => {
      for (let turn = 0; turn < 25; turn += 1) await write(number, turn);
    };
    await Promise.all(Array.from({ length: 8 }, (_, number) => writer(number)));

    const rows = await rig.database.query<{ sequence: string }>(
      'owner',
      `SELECT sequence FROM outbox ORDER BY sequence`,
    );
    const total = rows.length;
    const seen = await rig.seen(READER, TOPIC, keys, (messages) => messages.length >= total);
    expect(sorted(seen)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
    for (const key of keys) {
      const own = seen.filter((message) => message.key === key);
      expect(own.map(({ headers }) => Number(headers['ce_subject']))).toEqual(own.map((_, index) => index + 1));
    }
  });

  test('a notification is lost: it looks by itself', async () => {
    const key = uuidv7();
    await rig.relay({ pollInterval: 300 });
    await rig.append(withheld(key));
    await eventually('the first', async () => (await sent(rig)) === 1);
    // As if nobody had been told: the row without the NOTIFY of `append`.
    await rig.database.query(
      'owner',
      `INSERT INTO outbox (id, topic, key, type, subject, source, time, dataschema, correlation_id, data)
       SELECT gen_random_uuid(), topic, key, type, 'unannounced', source, time, dataschema, correlation_id, data FROM outbox`,
    );
    const seen = await rig.seen(READER, TOPIC, [key], (messages) => messages.length === 2);
    expect(seen.map(({ headers }) => headers['ce_subject'])).toEqual([key, 'unannounced']);
  });

  test.each([
    ['cut', 400],
    ['never answered', Infinity],
  ])('a produce response is swallowed, the line %s: everything arrives, in order', async (_, cutAfter) => {
    const { brokers, ca, users } = infrastructure().kafka;
    const proxy = await SwallowingProxy.before(brokers[0]!, cutAfter);
    try {
      const kafka = await connectKafka({
        clientId: 'incident-intake',
        brokers,
        ca,
        username: 'incident-intake',
        password: users['incident-intake']!,
        logger,
        requestTimeout: 2_000,
        route: proxy.route,
      });
      const relay = await rig.relay({ kafka });
      const key = uuidv7();
      await rig.append(withheld(key, { subject: '1' }));
      await eventually('the first', async () => (await sent(rig)) === 1);
      proxy.arm();
      await rig.append(withheld(key, { subject: '2' }));
      await eventually('the swallowed answer', async () => proxy.swallowed > 0);
      // Written while nobody knows what became of 2: kept, the producer would give it the number that the broker has for 2.
      await rig.append(withheld(key, { subject: '3' }));
      await rig.append(withheld(key, { subject: '4' }), withheld(key, { subject: '5' }));
      await eventually('all acknowledged', async () => (await sent(rig)) === 5);
      await relay.stop();
      const seen = await rig.seen(READER, TOPIC, [key], (messages) => sorted(messages).length === 5);
      expect(firsts(seen)).toEqual(['1', '2', '3', '4', '5']);
    } finally {
      await proxy.close();
    }
  });

  test('a topic that the broker refuses delays no other, and catches up', async () => {
    const real = await kafkaOf(rig.fixture([]));
    let refused = true;
    const kafka: KafkaConnection = {
      ...real,
      openProducer: async () => {
        const producer = await real.openProducer();
        return {
          ...producer,
          send: async (topic, messages) => {
            if (refused && topic === TOPIC) throw new Error('refused');
            return producer.send(topic, messages);
          },
        };
      },
    };
    await rig.relay({ kafka });
    const key = uuidv7();
    const parkedId = uuidv7();
    await rig.append(...['1', '2', '3'].map((subject) => withheld(key, { subject })), {
      topic: 'incident-intake.parked.v1',
      type: 'message-parked.v1',
      key: parkedId,
      subject: parkedId,
      data: {
        parkedId,
        group: 'x',
        topic: 'x',
        partition: 0,
        offset: '0',
        key,
        eventId: null,
        type: null,
        error: 'x',
        parkedAt: new Date().toISOString(),
      },
    });
    await eventually('the other topic', async () => (await sent(rig)) === 1);
    refused = false;
    await eventually('all', async () => (await sent(rig)) === 4);
    const seen = await rig.seen(READER, TOPIC, [key], (messages) => messages.length === 3);
    expect(firsts(seen)).toEqual(['1', '2', '3']);
  });
});

async function sent({ database }: Rig): Promise<number> {
  const [row] = await database.query<{ sent: number }>('relay', `SELECT count(sent_at)::int AS sent FROM outbox`);
  return row!.sent;
}

/** The numbers that were seen, each once. */
const sorted = (messages: readonly SeenMessage[]): number[] =>
  [...new Set(messages.map(({ headers }) => Number(headers['ce_sequence'])))].sort((a, b) => a - b);

/** Subjects in the order of their first arrival: what a consumer with an inbox makes of it. */
const firsts = (messages: readonly SeenMessage[]): string[] => [
  ...new Set(messages.map(({ headers }) => headers['ce_subject']!)),
];
