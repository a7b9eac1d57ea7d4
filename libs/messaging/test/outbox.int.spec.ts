import { jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { type AnyNewEvent, EVENT_LIMIT, EventRefused } from '../src/index.js';
import { Rig, withheld } from './rig.js';

jest.setTimeout(60_000);

describe('the outbox', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.of('incident-intake');
  });

  afterAll(async () => {
    await rig.stop();
  });

  const refusal = async (event: AnyNewEvent): Promise<string> => {
    const error: unknown = await rig.append(event).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EventRefused);
    return (error as EventRefused).code;
  };

  test('events are there when the transaction is, in their order, and only what the contract knows of them', async () => {
    const key = uuidv7();
    const event = withheld(key);
    const ids = await rig.append(
      { ...event, data: { ...event.data, contact: 'somebody' } } as unknown as AnyNewEvent,
      withheld(key),
    );
    await expect(
      rig.app.$transaction(async (tx) => {
        await rig.outbox.append(tx, { correlationId: 'c' }, withheld(key));
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    const rows = await rig.database.query<{ id: string; data: string; sequence: string | null }>(
      'owner',
      `SELECT id, data, sequence FROM outbox WHERE key = $1 ORDER BY position`,
      [key],
    );
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(JSON.parse(rows[0]!.data)).toEqual(event.data);
    expect(rows.map(({ sequence }) => sequence)).toEqual([null, null]);
  });

  test('what must not be sent is refused by name', async () => {
    const key = uuidv7();
    const event = withheld(key);
    const data = { reportId: key, receivedAt: 'yesterday', digest: 'x' };
    expect(await refusal({ ...event, topic: 'nsc.reviews.v1' } as unknown as AnyNewEvent)).toBe('foreign-topic');
    expect(await refusal({ ...event, topic: 'toString' } as unknown as AnyNewEvent)).toBe('foreign-topic');
    expect(await refusal({ ...event, type: 'constructor' } as unknown as AnyNewEvent)).toBe('unknown-type');
    expect(await refusal({ ...event, data } as unknown as AnyNewEvent)).toBe('contract');
    expect(await refusal({ ...event, key: '' } as AnyNewEvent)).toBe('bad-attribute');
    expect(await refusal({ ...event, subject: 'x\u0000' } as AnyNewEvent)).toBe('bad-attribute');
    const message = (error: string): AnyNewEvent => ({
      topic: 'incident-intake.parked.v1',
      type: 'message-parked.v1',
      key,
      subject: key,
      data: {
        parkedId: key,
        group: 'g',
        topic: 't',
        partition: 0,
        offset: '0',
        key,
        eventId: null,
        type: null,
        error,
        parkedAt: '2026-11-20T09:00:00Z',
      },
    });
    expect(await refusal(message('a\u0000'))).toBe('not-storable');
    expect(await refusal(message('\ud800'))).toBe('not-storable');
    const empty = JSON.stringify(message('').data).length;
    expect(await refusal(message('x'.repeat(EVENT_LIMIT - empty + 1)))).toBe('too-large');
    await rig.append(message('x'.repeat(EVENT_LIMIT - empty)));
  });

  test('rows stay as they are: numbered once, sent once, by the relay alone', async () => {
    const [id] = await rig.append(withheld(uuidv7()));
    const as = (role: 'owner' | 'app' | 'relay', sql: string): Promise<unknown> =>
      rig.database.query(role, sql, sql.includes('$1') ? [id] : []);
    const denied = /permission denied/;
    const stays = /stay as they are|numbered once|numbers only grow/;
    for (const role of ['app', 'relay'] as const)
      await expect(as(role, `DELETE FROM outbox WHERE id = $1`)).rejects.toThrow(denied);
    await expect(as('app', `UPDATE outbox SET sequence = 1 WHERE id = $1`)).rejects.toThrow(denied);
    await expect(as('app', `SELECT data FROM outbox`)).rejects.toThrow(denied);
    await expect(as('relay', `UPDATE outbox SET data = '{}' WHERE id = $1`)).rejects.toThrow(denied);
    await expect(as('relay', `INSERT INTO inbox (topic, event_id) VALUES ('t', 'e')`)).rejects.toThrow(denied);
    await as('relay', `UPDATE outbox SET sequence = 1000 WHERE id = $1`);
    await as('relay', `UPDATE outbox SET sent_at = now() WHERE id = $1`);
    await expect(as('relay', `UPDATE outbox SET sequence = 1001 WHERE id = $1`)).rejects.toThrow(stays);
    await expect(as('relay', `UPDATE outbox SET sent_at = NULL WHERE id = $1`)).rejects.toThrow(stays);
    await expect(as('owner', `UPDATE outbox SET data = '{}' WHERE id = $1`)).rejects.toThrow(stays);
    await expect(as('owner', `DELETE FROM outbox`)).rejects.toThrow(stays);
    await expect(as('owner', `TRUNCATE outbox`)).rejects.toThrow(stays);
    await as('relay', `INSERT INTO outbox_counter VALUES ('t', 5)`);
    await expect(as('relay', `UPDATE outbox_counter SET last = 4`)).rejects.toThrow(stays);
    await expect(as('app', `DELETE FROM inbox`)).rejects.toThrow(denied);
    await expect(as('owner', `TRUNCATE inbox`)).rejects.toThrow(stays);
    await expect(as('app', `INSERT INTO parked_change SELECT * FROM parked_change`)).rejects.toThrow(denied);
    await expect(as('app', `UPDATE parked SET payload = NULL`)).rejects.toThrow(denied);
  });
});
