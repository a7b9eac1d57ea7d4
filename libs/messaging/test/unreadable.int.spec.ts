import { jest } from '@jest/globals';
import { eventually, sendMessage } from '@sekisho/testing';
import { uuidv7 } from 'uuidv7';
import { AT, DIGEST, Rig, withheld } from './rig.js';

jest.setTimeout(60_000);

const REPORTS = 'intake.reports.v1';

describe('what a topic holds', () => {
  let intake: Rig;
  let oversight: Rig;

  beforeEach(async () => {
    [intake, oversight] = await Promise.all([Rig.of('incident-intake'), Rig.of('oversight-reporting')]);
    await Promise.all([intake.relay(), oversight.skipPast(REPORTS)]);
  });

  afterEach(async () => {
    await Promise.all([intake.stop(), oversight.stop()]);
  });

  test('what cannot be read is parked alone with its reason, whatever it is', async () => {
    const key = uuidv7();
    const headers = {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_source: '/incident-intake',
      ce_type: 'report-withheld.v1',
      ce_time: AT,
      ce_correlationid: 'c',
    };
    const value = JSON.stringify({ reportId: key, receivedAt: AT, digest: DIGEST });
    const bad: [name: string, over: Record<string, string>, value: string | null, reason: string][] = [
      ['not json', {}, '{', 'the value is not JSON in UTF-8'],
      ['no value', {}, null, 'has no value'],
      [
        'contract',
        {},
        JSON.stringify({ reportId: key, receivedAt: 'yesterday', digest: DIGEST }),
        'against its contract: /receivedAt invalid_format',
      ],
      ['nul', {}, value.replace(AT, `${AT}\\u0000`), 'the value holds U+0000 or a lone surrogate'],
      ['type', { ce_type: 'constructor' }, value, 'a type that the topic does not have'],
      ['source', { ce_source: '/agency-tasking' }, value, 'missing or wrong: ce_source'],
      ['id', { ce_id: 'x' }, value, 'missing or wrong: ce_id'],
      ['sequence', { ce_sequence: '7' }, value, 'missing or wrong: ce_sequence'],
      ['depends', { ce_dependson: 'nothing' }, value, 'missing or wrong: ce_dependson'],
      ['deep', {}, '['.repeat(100_000) + ']'.repeat(100_000), 'against its contract: / invalid_type'],
    ];
    await oversight.relay();
    for (const [name, over, content] of bad) {
      await sendMessage('incident-intake', REPORTS, `${key} ${name}`, content, {
        ...headers,
        ce_id: uuidv7(),
        ce_subject: `${key} ${name}`,
        ...over,
      });
    }
    await sendMessage('incident-intake', REPORTS, `${key} \u0000`, value, { odd: '\u0000' });
    await sendMessage('incident-intake', REPORTS, 'k'.repeat(3_000), value, { [`long ${key}`]: 'x' });
    await sendMessage('incident-intake', REPORTS, null, value, {
      ...headers,
      ce_id: uuidv7(),
      ce_subject: `${key} no key`,
    });
    await intake.append(withheld(key, { subject: 'good' }));
    await oversight.consumer([REPORTS]);
    await eventually('the good one', async () => (await oversight.work(key)).length === 1, 30_000);

    const mine = (): Promise<{ name: string; error: string }[]> =>
      oversight.database.query(
        'owner',
        `SELECT substr(headers->>'ce_subject', 38) AS name, error FROM parked
          WHERE state = 'PARKED' AND (headers->>'ce_subject' LIKE $1 || ' %' OR headers ? ('long ' || $1)) ORDER BY id`,
        [key],
      );
    await eventually('all parked', async () => (await mine()).length === bad.length + 2);
    const reasons = new Map((await mine()).map(({ name, error }) => [name, error]));
    for (const [name, , , reason] of bad) expect([name, reasons.get(name)]).toEqual([name, reason]);
    expect(reasons.get('no key')).toBe('missing or wrong: key');
    // Ids and the error go to operators' tools, never the payload.
    const topic = 'oversight-reporting.parked.v1';
    const [row] = await oversight.database.query<{ data: string }>(
      'owner',
      `SELECT data FROM outbox WHERE topic = $1 AND data LIKE $2`,
      [topic, `%${key} contract%`],
    );
    expect(JSON.parse(row!.data)).toEqual({
      parkedId: expect.any(String),
      group: 'oversight-reporting',
      topic: REPORTS,
      partition: expect.any(Number),
      offset: expect.any(String),
      key: `${key} contract`,
      eventId: expect.any(String),
      type: 'report-withheld.v1',
      error: 'against its contract: /receivedAt invalid_format',
      parkedAt: expect.any(String),
    });
  });

  test("an agency's message needs no headers and no key: it is known by its place", async () => {
    const subject = uuidv7();
    await sendMessage('agency-npa', 'agency.npa.v1', null, JSON.stringify({ return: `jws.of.${subject}` }));
    await sendMessage('agency-npa', 'agency.npa.v1', subject, JSON.stringify({ return: 'a.b.c' }), {
      ce_id: uuidv7(),
      ce_type: 'x',
    });
    await sendMessage('agency-npa', 'agency.npa.v1', subject, 'nonsense');
    await oversight.consumer(['agency.npa.v1']);
    const taken = () =>
      oversight.database.query<{ event_id: string; key: string }>(
        'owner',
        `SELECT event_id, key FROM inbox WHERE topic = 'agency.npa.v1'`,
      );
    // They lie on different partitions: nothing says which is read first.
    const rows = await eventually('both', async () => {
      const found = await taken();
      return found.some(({ event_id: id, key }) => id === key) && found.some(({ key }) => key === subject) && found;
    });
    for (const { event_id: id } of rows) expect(id).toMatch(/^agency\.npa\.v1\/\d+\/\d+$/);
    await eventually('the nonsense', async () => (await oversight.aside(subject)).length === 1);
  });
});
