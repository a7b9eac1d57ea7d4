import { jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@sekisho/testing';
import { uuidv7 } from 'uuidv7';
import { Rig, lapsed, withheld } from './rig.js';

// The four proofs of a consumer, on a real broker with real processes. Intake and classification write, oversight reads both.
jest.setTimeout(60_000);

describe('a consumer', () => {
  let intake: Rig;
  let classification: Rig;
  let oversight: Rig;

  beforeEach(async () => {
    [intake, classification, oversight] = await Promise.all([
      Rig.of('incident-intake'),
      Rig.of('classification'),
      Rig.of('oversight-reporting'),
    ]);
    await Promise.all([intake.relay(), classification.relay(), oversight.skipPast(...both)]);
  });

  afterEach(async () => {
    await Promise.all([intake.stop(), classification.stop(), oversight.stop()]);
  });

  const reports = ['intake.reports.v1'] as const;
  const both = ['intake.reports.v1', 'classification.determinations.v1'] as const;

  test('delivered twice: the work is done once', async () => {
    const key = uuidv7();
    const id = uuidv7();
    await intake.append(withheld(key, { id, subject: 'a' }));
    // A relay that lost its database before it marked the event sends it again: here another outbox sends the same id.
    const again = await Rig.of('incident-intake');
    try {
      await again.append(withheld(key, { id, subject: 'a' }), withheld(key, { subject: 'last' }));
      await eventually('the first delivery', async () => (await sentBy(intake)) > 0);
      await again.relay();
      await oversight.process('consumer-process', oversight.fixture(reports));
      await eventually('the last event', async () => (await oversight.work(key)).includes('last'));
      expect(await oversight.work(key)).toEqual(['a', 'last']);
      const copies = await oversight.seen(
        'oversight-reporting',
        'intake.reports.v1',
        [key],
        (seen) => seen.length === 3,
      );
      expect(copies.filter(({ headers }) => headers['ce_id'] === id)).toHaveLength(2);
    } finally {
      await again.stop();
    }
  });

  test('crashed between the commit of the work and that of the offset: delivered again, not done again', async () => {
    const key = uuidv7();
    await intake.append(...['a', 'b', 'c'].map((subject) => withheld(key, { subject })));
    await eventually('the events', async () => (await sentBy(intake)) === 3);

    const first = await oversight.process('consumer-process', {
      ...oversight.fixture(reports, 'after-commit'),
      dieWith: key,
    });
    expect(await first.exited).toBe('SIGKILL');
    const done = await allWork(oversight);
    expect(await oversight.work(key)).toContain('a');

    await oversight.process('consumer-process', oversight.fixture(reports));
    await eventually('the rest', async () => (await oversight.work(key)).length >= 3, 40_000);
    await intake.append(withheld(key, { subject: 'd' }));
    await eventually('an event after the crash', async () => (await oversight.work(key)).includes('d'), 40_000);
    expect(await oversight.work(key)).toEqual(['a', 'b', 'c', 'd']);
    // What was committed before the crash came again, and stayed as it was.
    const twice = await oversight.database.query(
      'owner',
      `SELECT topic, event_id FROM work GROUP BY 1, 2 HAVING count(*) > 1`,
    );
    expect(twice).toEqual([]);
    const kept = await oversight.database.query<{ event_id: string }>(
      'owner',
      `SELECT event_id FROM work WHERE process = $1`,
      [first.pid],
    );
    expect(kept.map(({ event_id: id }) => id)).toEqual(done);
  });

  test('crashed within the work: nothing of it stays, and nothing is lost', async () => {
    const key = uuidv7();
    await intake.append(...['a', `b ${key}`, 'c'].map((subject) => withheld(key, { subject })));
    await eventually('the events', async () => (await sentBy(intake)) === 3);
    await oversight.trouble(`b ${key}`, 'death');
    const first = await oversight.process('consumer-process', oversight.fixture(reports));
    expect(await first.exited).toBe('SIGKILL');
    expect(await oversight.work(key)).toEqual([]);

    await oversight.trouble(`b ${key}`, null);
    await oversight.process('consumer-process', oversight.fixture(reports));
    await eventually('all of it', async () => (await oversight.work(key)).length >= 3, 40_000);
    expect(await oversight.work(key)).toEqual(['a', `b ${key}`, 'c']);
  });

  test('the database goes away: tried again for as long as it takes, never parked; stopped gracefully, another goes on', async () => {
    const key = uuidv7();
    const subjects = [`a ${key}`, `b ${key}`, `c ${key}`];
    await oversight.trouble(subjects[1]!, 'away');
    await intake.append(...subjects.map((subject) => withheld(key, { subject })));
    await eventually('the events', async () => (await sentBy(intake)) === 3);
    const first = await oversight.process('consumer-process', oversight.fixture(reports));
    await eventually('the one before it', async () => (await oversight.work(key)).length === 1, 40_000);
    await pause(3_000);
    expect(await oversight.work(key)).toEqual([subjects[0]]);
    expect(await oversight.aside(key)).toEqual([]);
    // It can be stopped in the middle of it.
    first.kill('SIGTERM');
    expect(await first.exited).toBe('0');
    await oversight.trouble(subjects[1]!, null);
    await oversight.process('consumer-process', oversight.fixture(reports));
    await eventually('the rest', async () => (await oversight.work(key)).length >= 3, 30_000);
    expect(await oversight.work(key)).toEqual(subjects);
  });

  test('out of order: it waits for what it depends on, and so does what is behind it; other keys go on', async () => {
    const [key, other, report] = [uuidv7(), uuidv7(), uuidv7()];
    const cause = uuidv7();
    await oversight.process('consumer-process', oversight.fixture(both));
    await classification.append(
      lapsed(key, { subject: 'effect', dependsOn: `intake.reports.v1/${cause}` }),
      lapsed(key, { subject: 'behind' }),
      lapsed(key, { subject: 'last' }),
      lapsed(other, { subject: 'other' }),
    );
    await eventually('the other key', async () => (await oversight.work(other)).length === 1);
    await eventually('three kept aside', async () => (await oversight.aside(key)).length === 3);
    expect(await oversight.aside(key)).toEqual(['WAITING effect', 'HELD behind', 'HELD last']);
    expect(await oversight.work(key)).toEqual([]);

    await intake.append(withheld(report, { id: cause, subject: 'cause' }));
    await eventually('all of it', async () => (await oversight.work(key)).length === 3);
    expect(await oversight.work(report, key)).toEqual(['cause', 'effect', 'behind', 'last']);
    expect(await oversight.aside(key)).toEqual(['DONE effect', 'DONE behind', 'DONE last']);
  });

  test.each(['rejected', 'data', 'bug'] as const)(
    'poisonous (%s): parked alone, what is behind it is held, other keys go on; released, all follows in order',
    async (kind) => {
      const [key, other] = [uuidv7(), uuidv7()];
      const subjects = ['before', 'bad', 'behind', 'last'].map((name) => `${name} ${key}`);
      await oversight.trouble(subjects[1]!, kind);
      await intake.append(
        ...subjects.map((subject) => withheld(key, { subject })),
        withheld(other, { subject: 'other' }),
      );
      await eventually('the events', async () => (await sentBy(intake)) === 5);
      await oversight.process('consumer-process', oversight.fixture(reports));
      await eventually('the other key', async () => (await oversight.work(other)).length === 1);
      await eventually('three kept aside', async () => (await oversight.aside(key)).length === 3);
      expect(await oversight.aside(key)).toEqual([`PARKED bad ${key}`, `HELD behind ${key}`, `HELD last ${key}`]);
      expect(await oversight.work(key)).toEqual([`before ${key}`]);

      const [parked] = await oversight.database.query<{ id: string }>(
        'owner',
        `SELECT id FROM parked WHERE state = 'PARKED' AND key = $1`,
        [key],
      );
      await oversight.trouble(subjects[1]!, null);
      await oversight.database.query(
        'app',
        `UPDATE parked SET state = 'RELEASED', changed_by = 'operator', changed_at = now() WHERE id = $1`,
        [parked!.id],
      );
      await eventually('all of it', async () => (await oversight.work(key)).length === 4);
      expect(await oversight.work(key)).toEqual(subjects);
      expect(new Set(await oversight.aside(key))).toEqual(
        new Set(subjects.slice(1).map((subject) => `DONE ${subject}`)),
      );
    },
  );

  test('poisonous, and it cannot be parked either: tried again at intervals, with nothing lost', async () => {
    const key = uuidv7();
    await oversight.trouble(`bad ${key}`, 'bug');
    await oversight.database.query(
      'owner',
      `CREATE SEQUENCE parkings;
       CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
         $$ BEGIN PERFORM nextval('parkings'); RAISE EXCEPTION 'no room'; END $$;
       CREATE TRIGGER no_room BEFORE INSERT ON parked FOR EACH ROW EXECUTE FUNCTION no_room()`,
    );
    const tries = async () => {
      const sql = `SELECT CASE WHEN is_called THEN last_value ELSE 0 END::int AS tries FROM parkings`;
      return (await oversight.database.query<{ tries: number }>('owner', sql))[0]!.tries;
    };
    await intake.append(withheld(key, { subject: `bad ${key}` }), withheld(key, { subject: 'behind' }));
    await oversight.process('consumer-process', oversight.fixture(reports));
    await eventually('a second try at parking', async () => (await tries()) >= 2, 40_000);
    await pause(2_000);
    expect(await tries()).toBeLessThan(20);
    expect(await oversight.work(key)).toEqual([]);

    await oversight.database.query('owner', `DROP TRIGGER no_room ON parked`);
    await eventually('both kept aside', async () => (await oversight.aside(key)).length === 2, 40_000);
    expect(await oversight.aside(key)).toEqual([`PARKED bad ${key}`, 'HELD behind']);
  });
});

async function sentBy({ database }: Rig): Promise<number> {
  const [row] = await database.query<{ sent: number }>('relay', `SELECT count(sent_at)::int AS sent FROM outbox`);
  return row!.sent;
}

async function allWork({ database }: Rig): Promise<string[]> {
  const rows = await database.query<{ event_id: string }>('owner', `SELECT event_id FROM work ORDER BY position`);
  return rows.map(({ event_id: id }) => id);
}
