import { jest } from '@jest/globals';
import { eventually, type SeenMessage } from '@sekisho/testing';
import { uuidv7 } from 'uuidv7';
import { Rig, withheld } from './rig.js';

jest.setTimeout(60_000);

const TOPIC = 'intake.reports.v1';
const READER = 'oversight-reporting';

describe('relays as processes', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await Rig.of('incident-intake');
  });

  afterEach(async () => {
    await rig.stop();
  });

  test('a crash between numbering and sending: the numbers stay, the next one sends them', async () => {
    const key = uuidv7();
    await rig.append(...['1', '2', '3'].map((subject) => withheld(key, { subject })));
    const first = await rig.process('relay-process', rig.fixture([], 'after-numbering'));
    expect(await first.exited).toBe('SIGKILL');
    expect(await numbers(rig)).toEqual([
      { subject: '1', sequence: 1, sent: false },
      { subject: '2', sequence: 2, sent: false },
      { subject: '3', sequence: 3, sent: false },
    ]);
    await rig.append(withheld(key, { subject: '4' }));

    await rig.process('relay-process', rig.fixture([]));
    const seen = await rig.seen(READER, TOPIC, [key], (messages) => messages.length === 4);
    expect(seen.map(({ headers }) => [headers['ce_subject'], Number(headers['ce_sequence'])])).toEqual([
      ['1', 1],
      ['2', 2],
      ['3', 3],
      ['4', 4],
    ]);
  });

  test('two at once: one works, the other stands by and takes over; no number twice, no gap, nothing lost', async () => {
    const keys = Array.from({ length: 6 }, () => uuidv7());
    const children = await Promise.all([
      rig.process('relay-process', rig.fixture([])),
      rig.process('relay-process', rig.fixture([])),
    ]);
    let written = 0;
    const write = async (rounds: number): Promise<void> => {
      for (let round = 0; round < rounds; round += 1) {
        await Promise.all(
          keys.map((key) =>
            rig.append(withheld(key, { subject: `${round}` }), withheld(key, { subject: `${round}+` })),
          ),
        );
        written += keys.length * 2;
      }
    };
    await write(15);
    await eventually('all sent', async () => (await numbers(rig)).filter(({ sent }) => sent).length === written);
    const before = await rig.seen(READER, TOPIC, keys, (messages) => distinct(messages).size >= written);
    // Both alive: each event was sent once, for only one of them sends.
    expect(before).toHaveLength(written);
    expect(await relays(rig)).toBe(2);

    // In the middle of the work one is killed, whichever works: the other takes over and may send again what was not marked.
    const active = await holder(rig);
    const writing = write(15);
    children.find(({ pid }) => String(pid) === active)!.kill('SIGKILL');
    await writing;
    await eventually('all sent', async () => (await numbers(rig)).filter(({ sent }) => sent).length === written);
    const seen = await rig.seen(READER, TOPIC, keys, (messages) => distinct(messages).size >= written);
    const bySequence = distinct(seen);
    expect([...bySequence.keys()].sort((a, b) => a - b)).toEqual(
      Array.from({ length: written }, (_, place) => place + 1),
    );
    // One number names one event, however often it was sent.
    for (const { headers } of seen) expect(bySequence.get(Number(headers['ce_sequence']))).toBe(headers['ce_id']);
    for (const key of keys) {
      const own = [
        ...new Map(
          seen.filter((message) => message.key === key).map(({ headers }) => [headers['ce_id'], headers]),
        ).values(),
      ];
      const sequences = own.map((headers) => Number(headers['ce_sequence']));
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    }
  });

  test('the connection that holds the lock is cut: it takes the lock again and goes on', async () => {
    const key = uuidv7();
    await rig.process('relay-process', rig.fixture([]));
    await rig.append(withheld(key, { subject: '1' }));
    await eventually('the first', async () => (await numbers(rig)).some(({ sent }) => sent));
    await rig.database.query(
      'superuser',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'relay%' AND datname = current_database()`,
    );
    await rig.append(withheld(key, { subject: '2' }));
    const seen = await rig.seen(READER, TOPIC, [key], (messages) => messages.length === 2);
    expect(seen.map(({ headers }) => headers['ce_subject'])).toEqual(['1', '2']);
  });
});

const distinct = (messages: readonly SeenMessage[]): Map<number, string> =>
  new Map(messages.map(({ headers }) => [Number(headers['ce_sequence']), headers['ce_id']!]));

const numbers = ({ database }: Rig): Promise<{ subject: string; sequence: number; sent: boolean }[]> =>
  database.query(
    'owner',
    `SELECT subject, sequence::int AS sequence, sent_at IS NOT NULL AS sent FROM outbox ORDER BY position`,
  );

async function relays({ database }: Rig): Promise<number> {
  const rows = await database.query(
    'superuser',
    `SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'relay%' AND datname = current_database()`,
  );
  return rows.length;
}

/** Process id of the relay that holds the lock. */
async function holder({ database }: Rig): Promise<string> {
  const rows = await database.query<{ name: string }>(
    'superuser',
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND application_name LIKE 'relay%' AND datname = current_database()`,
  );
  expect(rows).toHaveLength(1);
  return rows[0]!.name.split(' ')[1]!;
}
