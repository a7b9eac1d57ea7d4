import { randomUUID } from 'node:crypto';
import { eventually, sendEvent, sendMessage } from '@sekisho/testing';
import { submitted } from './builders.js';
import { aoki, type Fixture, operator, START_PATIENCE, startFixture } from './service.js';

const TOPIC = 'intake.reports.v1';
const TYPE = 'report-submitted.v1';

interface Parked {
  readonly id: string;
  readonly key: string;
  readonly state: string;
  readonly error: string | null;
}

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
}, START_PATIENCE);
afterAll(() => fixture?.stop());

const parkedOf = async (key: string): Promise<Parked[]> => {
  const { body } = await fixture.client.call<{ items: Parked[] }>(operator, 'GET', '/v1/parked?limit=200');
  return body.items.filter((item) => item.key === key);
};
const settle = (id: string, how: 'release' | 'discard') =>
  fixture.client.call(operator, 'POST', `/v1/parked/${id}/${how}`, how === 'discard' ? { reason: 'not ours' } : {});
const whenOpened = (reportId: string) =>
  eventually('the incident', async () => {
    const items = await fixture.incidentsOf(reportId);
    return items.length > 0 && items;
  });
const taken = (eventId: string) =>
  eventually('the event in the inbox', async () => {
    const rows = await fixture.database.query('superuser', 'SELECT FROM inbox WHERE event_id = $1', [eventId]);
    return rows.length > 0;
  });

describe('a report that arrives', () => {
  it('twice, as the same event and as another, opens one incident', async () => {
    const data = submitted();
    const key = data.reportId;
    const id = await sendEvent('incident-intake', TOPIC, TYPE, key, data);
    await sendEvent('incident-intake', TOPIC, TYPE, key, data, { ce_id: id });
    const resent = await sendEvent('incident-intake', TOPIC, TYPE, key, data);
    await taken(resent);
    expect(await fixture.incidentsOf(key)).toHaveLength(1);
    const events = await fixture.database.query(
      'superuser',
      `SELECT type FROM outbox WHERE causation_id IN ($1, $2) ORDER BY position`,
      [id, resent],
    );
    expect(events.map(({ type }) => type)).toEqual(['incident-opened.v1', 'determination-made.v1']);
  });

  it('with neither server nor target in it opens an incident with one of each, of which nothing is known', async () => {
    const targets = [{ ref: 'unknown', name: 'UNKNOWN', kind: 'UNKNOWN', country: 'ZZ' } as const];
    const incident = await fixture.incident({ servers: [], targets, notYetKnown: ['targets', 'servers'] });
    expect(incident).toMatchObject({
      servers: [{ ref: 's1', address: null, reportRef: null, location: 'UNKNOWN' }],
      targets: [{ ref: 't1', name: 'UNKNOWN', reportRef: null, kind: 'UNKNOWN' }],
      determination: { outcome: 'PROVISIONAL' },
    });
  });

  it('before what it depends on waits for it', async () => {
    const [first, second, cause] = [submitted(), submitted(), randomUUID()];
    await sendEvent('incident-intake', TOPIC, TYPE, second.reportId, second, { ce_dependson: `${TOPIC}/${cause}` });
    const [waiting] = await eventually('the one that waits', async () => {
      const items = await parkedOf(second.reportId);
      return items.length > 0 && items;
    });
    expect(waiting).toMatchObject({ state: 'WAITING' });
    expect(await fixture.incidentsOf(second.reportId)).toEqual([]);
    await sendEvent('incident-intake', TOPIC, TYPE, first.reportId, first, { ce_id: cause });
    await whenOpened(second.reportId);
    expect(await parkedOf(second.reportId)).toEqual([]);
  });

  it('for something that never comes goes on when an operator releases it', async () => {
    const data = submitted();
    const ce_dependson = `${TOPIC}/${randomUUID()}`;
    await sendEvent('incident-intake', TOPIC, TYPE, data.reportId, data, { ce_dependson });
    const [waiting] = await eventually('the one that waits', async () => {
      const items = await parkedOf(data.reportId);
      return items.length > 0 && items;
    });
    expect((await fixture.client.call(aoki, 'POST', `/v1/parked/${waiting!.id}/release`, {})).status).toBe(403);
    expect((await settle(waiting!.id, 'release')).status).toBeLessThan(300);
    await whenOpened(data.reportId);
  });

  it('poisoned is parked with its reason, tried again on release, and holds only its own key', async () => {
    const [bad, other] = [submitted(), submitted()];
    const key = bad.reportId;
    await sendEvent('incident-intake', TOPIC, TYPE, key, { ...bad, receivedAt: 'yesterday' });
    await sendEvent('incident-intake', TOPIC, TYPE, key, bad);
    await sendEvent('incident-intake', TOPIC, TYPE, other.reportId, other);
    await whenOpened(other.reportId);
    const both = await eventually('the two that are kept', async () => {
      const items = await parkedOf(key);
      return items.length === 2 && items;
    });
    expect(both).toMatchObject([{ state: 'PARKED', error: expect.stringContaining('receivedAt') }, { state: 'HELD' }]);

    expect((await settle(both[0]!.id, 'release')).status).toBeLessThan(300);
    const changes = `SELECT state FROM parked_change WHERE parked_id = $1 ORDER BY version`;
    await eventually('the second refusal', async () => {
      const rows = await fixture.database.query<{ state: string }>('superuser', changes, [both[0]!.id]);
      return rows.map(({ state }) => state).join() === 'PARKED,RELEASED,PARKED';
    });
    expect(await fixture.incidentsOf(key)).toEqual([]);
    expect((await settle(both[0]!.id, 'discard')).status).toBeLessThan(300);
    await whenOpened(key);
  });

  it('again with another content is parked: one report is one incident', async () => {
    const data = submitted();
    const key = data.reportId;
    await sendEvent('incident-intake', TOPIC, TYPE, key, data);
    await whenOpened(key);
    await sendEvent('incident-intake', TOPIC, TYPE, key, { ...data, digest: `sha256:${'b'.repeat(64)}` });
    const [parked] = await eventually('the parked one', async () => {
      const items = await parkedOf(key);
      return items.length > 0 && items;
    });
    expect(parked).toMatchObject({ state: 'PARKED', error: expect.stringContaining('another content') });
    expect(await fixture.incidentsOf(key)).toHaveLength(1);
  });

  it('that is no event, or of a type that nobody knows, is parked', async () => {
    const [text, type] = [randomUUID(), randomUUID()];
    await sendMessage('incident-intake', TOPIC, text, '{not json', { ce_id: text, ce_type: TYPE });
    await sendEvent('incident-intake', TOPIC, 'report-eaten.v9', type, {});
    for (const key of [text, type]) {
      const [parked] = await eventually('the parked one', async () => {
        const items = await parkedOf(key);
        return items.length > 0 && items;
      });
      expect(parked).toMatchObject({ state: 'PARKED', error: expect.any(String) });
    }
  });

  it('withheld is taken in and leaves no incident', async () => {
    const { reportId, receivedAt, digest } = submitted();
    await taken(
      await sendEvent('incident-intake', TOPIC, 'report-withheld.v1', reportId, { reportId, receivedAt, digest }),
    );
    expect(await fixture.incidentsOf(reportId)).toEqual([]);
    expect(
      await fixture.database.query('superuser', 'SELECT FROM incident_report WHERE report_id = $1', [reportId]),
    ).toEqual([]);
  });
});

describe('the list of incidents', () => {
  it('pages from the newest to the oldest, each once', async () => {
    for (let count = 0; count < 3; count += 1) await fixture.incident();
    // Others' reports may open more while the pages are turned; those are newer than all of these.
    const before = await fixture.database.query<{ id: string }>(
      'superuser',
      'SELECT id FROM incident ORDER BY id DESC',
    );
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const cursor: string = next === null ? '' : `&cursor=${next}`;
      const { body } = await fixture.client.call<{ items: { incidentId: string }[]; next: string | null }>(
        aoki,
        'GET',
        `/v1/incidents?limit=2${cursor}`,
      );
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map(({ incidentId }) => incidentId));
      next = body.next;
    } while (next !== null);
    expect(seen.filter((id) => id <= before[0]!.id)).toEqual(before.map(({ id }) => id));
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    expect((await fixture.client.call(aoki, 'GET', '/v1/incidents?cursor=x')).status).toBe(400);
  });
});
