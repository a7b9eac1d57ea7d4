import { randomUUID } from 'node:crypto';
import { actor, confirmedCase, eventually, sendEvent, sendMessage } from '@sekisho/testing';
import { Commission, member1, operator } from './commission.js';

let commission: Commission;

beforeAll(async () => {
  commission = await Commission.open();
}, 120_000);
afterAll(() => commission?.close());

const month = (): string => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 7);
const report = async (period = month()) => (await commission.get(member1, `/v1/periodic-reports/${period}`)).body;

describe('the events', () => {
  it.each(['recorded_event', 'ruling', 'ruling_confirmation'])(
    'in %s stay as they are, whoever asks',
    async (table) => {
      for (const role of ['app', 'owner'] as const) {
        for (const sql of [
          `UPDATE ${table} SET recorded_by = 'x'`,
          `DELETE FROM ${table}`,
          `TRUNCATE ${table} CASCADE`,
        ]) {
          await expect(commission.database.query(role, sql)).rejects.toThrow(/refused|permission denied/);
        }
      }
    },
  );

  it('are recorded once, however often they come', async () => {
    const known = confirmedCase();
    const ce_id = randomUUID();
    await commission.confirm(known, { ce_id });
    await commission.confirm(known, { ce_id });
    await commission.lapse(known);
    await commission.recorded(known.incidentId, 2);
    const types = (await commission.events(known.incidentId)).map(({ type }) => type);
    expect(types).toEqual(['determination-confirmed.v1', 'confirmation-lapsed.v1']);
  });

  it('of the register of organisations are taken in under the organisation', async () => {
    const organisation = `org-${randomUUID()}`;
    await sendEvent('incident-intake', 'intake.register.v1', 'organisation-entry-confirmed.v1', organisation, {
      organisation,
      version: 1,
      changeId: randomUUID(),
      nameJa: '若葉ガス',
      nameEn: 'Wakaba Gas',
      sector: 'GAS',
      designated: true,
      designatedSince: '2026-12-01',
      reason: 'Its application.',
      proposedBy: actor('operator-1'),
      confirmedBy: actor('operator-2'),
      confirmedAt: new Date().toISOString(),
    });
    await commission.recorded(organisation, 1);
    expect((await commission.events(organisation)).map(({ type }) => type)).toEqual([
      'organisation-entry-confirmed.v1',
    ]);
  });

  it('that come before what they depend on wait for it', async () => {
    const known = confirmedCase();
    const cause = randomUUID();
    await commission.confirm(known, { ce_dependson: `nsc.reviews.v1/${cause}` });
    const waiting = `SELECT state FROM parked WHERE key = $1`;
    await eventually('the wait', async () => {
      const [row] = await commission.database.query<{ state: string }>('owner', waiting, [known.incidentId]);
      return row?.state === 'WAITING';
    });
    expect(await commission.events(known.incidentId)).toEqual([]);
  });

  it('that cannot be understood are parked with the reason, hold what is behind, and can be discarded', async () => {
    const known = confirmedCase();
    const { incidentId: key } = known;
    await sendMessage('classification', 'classification.determinations.v1', key, '{"not":"an event"}');
    await commission.confirm(known);
    const mine = await eventually('both kept aside', async () => {
      const { items } = (await commission.get(operator, '/v1/parked?limit=200')).body;
      const found = items.filter((each: { key: string }) => each.key === key);
      return found.length > 0 && found;
    });
    expect(mine[0]).toMatchObject({ state: 'PARKED', error: expect.any(String) });
    expect(await commission.events(key)).toEqual([]);
    const discard = await commission.post(operator, `/v1/parked/${mine[0].id}/discard`, { reason: 'Not an event.' });
    expect(discard.status).toBeLessThan(300);
    await commission.recorded(key, 1);
  });
});

describe('the periodic report', () => {
  it('is counted from the events alone: without one of them the figure is another', async () => {
    const [known, other] = [confirmedCase(), confirmedCase()];
    // A month that no other test writes of.
    const far = `${2050 + Math.floor(Math.random() * 900)}-05`;
    const confirmed = async () => (await report(far)).figures.incidents.confirmed;
    for (const each of [known, other]) {
      await commission.confirm(each, { ce_time: `${far}-10T09:00:00.000Z`, ce_sequence: '1'.padStart(20, '0') });
      await commission.recorded(each.incidentId, 1);
    }
    expect(await confirmed()).toBe(2);
    // Nobody of the platform can do this; it takes the owner and the trigger's removal.
    await commission.database.query(
      'owner',
      `ALTER TABLE recorded_event DISABLE TRIGGER append_only;
       DELETE FROM recorded_event WHERE key = '${known.incidentId}';
       ALTER TABLE recorded_event ENABLE TRIGGER append_only`,
    );
    expect(await confirmed()).toBe(1);
  });

  it('shows numbers that are missing among the events of a topic', async () => {
    const known = confirmedCase();
    const missing = async (): Promise<number> => {
      const { basis } = await report();
      return basis.find(({ topic }: { topic: string }) => topic === 'classification.determinations.v1')?.missing ?? 0;
    };
    await commission.confirm(known, { ce_sequence: String(9_000_000).padStart(20, '0') });
    await commission.recorded(known.incidentId, 1);
    expect(await missing()).toBeGreaterThan(8_000_000);
  });

  it.each(['2026-13', '2026-Q5', 'FY26', 'FY2026-Q1', 'latest'])('of %s is refused', async (period) => {
    const { status, body } = await commission.get(member1, `/v1/periodic-reports/${period}`);
    expect([status, body.errors[0].code]).toEqual([400, 'no-period']);
  });
});
