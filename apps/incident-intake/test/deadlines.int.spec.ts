import { randomUUID } from 'node:crypto';
import { Clock } from '@sekisho/service';
import { hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

/** The time that the service goes by. */
const clock = Object.assign(new Clock(), { at: new Date(), now: () => clock.at });
const RECOGNISED = '2026-11-22T06:40:00+09:00';

let rig: IntakeRig;

beforeAll(async () => {
  rig = await startIntake({ overrides: [{ provide: Clock, useValue: clock }] });
});
afterAll(() => rig?.stop());
beforeEach(() => {
  clock.at = new Date('2026-11-22T08:00:00+09:00');
});

const submitted = async (over: Parameters<typeof sampleReport>[0], principal = power) => {
  const { status, body } = await rig.submit(sampleReport({ recognisedAt: RECOGNISED, ...over }), principal);
  expect(status).toBe(202);
  return body;
};
const stateAt = async (reportId: string, at: string, language = 'en') => {
  clock.at = new Date(at);
  const headers = { 'accept-language': language };
  const { body } = await rig.client.call(power, 'GET', `/v1/reports/${reportId}`, undefined, headers);
  return body.deadlines.filter(({ regime }: { regime: string }) => regime === 'designated-operator-report');
};

describe('the deadlines of a report', () => {
  it('are told in the caller’s language, with the date as people read it, in the answer and afterwards', async () => {
    const report = sampleReport({ basis: 'MANDATORY', recognisedAt: RECOGNISED });
    const answers = {
      en: await rig.submit(report, power),
      ja: await rig.submit(report, power, { 'accept-language': 'ja' }),
    };
    const final = ({ body }: { body: { deadlines: { regime: string; kind: string }[] } }) =>
      body.deadlines.find(({ regime, kind }) => regime === 'designated-operator-report' && kind === 'FINAL_REPORT');
    const same = {
      regime: 'designated-operator-report',
      kind: 'FINAL_REPORT',
      dueAt: '2026-12-22T23:59:59+09:00',
      metBy: null,
      applies: 'APPLIES',
      state: 'RUNNING',
      late: false,
    };
    expect(final(answers.en)).toEqual({
      ...same,
      title: 'Final report within 30 days',
      dueOn: 'Tuesday 22 December 2026',
    });
    expect(final(answers.ja)).toEqual({ ...same, title: '確報（30日以内）', dueOn: '令和8年12月22日(火)' });
    const view = await rig.client.call(power, 'GET', `/v1/reports/${answers.ja.body.reportId}`, undefined, {
      'accept-language': 'ja,en;q=0.5',
    });
    expect(view.body.deadlines).toEqual(answers.ja.body.deadlines);
  });

  it('stand as they do when they are looked at', async () => {
    const { reportId } = await submitted({ basis: 'MANDATORY' });
    const states = async (at: string) => (await stateAt(reportId, at)).map(({ state }: { state: string }) => state);
    expect(await states('2026-12-15T23:59:59.999+09:00')).toEqual(['MET', 'RUNNING']);
    expect(await states('2026-12-16T00:00:00.000+09:00')).toEqual(['MET', 'NEAR']);
    expect(await states('2026-12-22T23:59:59.999+09:00')).toEqual(['MET', 'NEAR']);
    expect(await states('2026-12-23T00:00:00.000+09:00')).toEqual(['MET', 'MISSED']);
  });

  it('that had passed when the report came are met late, or missed', async () => {
    clock.at = new Date('2026-12-30T10:00:00+09:00');
    const { reportId, deadlines } = await submitted({ basis: 'MANDATORY' });
    const shown = await stateAt(reportId, '2026-12-30T10:00:00+09:00');
    expect(shown).toEqual(
      deadlines.filter(({ regime }: { regime: string }) => regime === 'designated-operator-report'),
    );
    expect(shown.map(({ state, late }: { state: string; late: boolean }) => [state, late])).toEqual([
      ['MET', true],
      ['MISSED', true],
    ]);
  });

  it('leave intake with the report, as what they are and no more', async () => {
    const { reportId } = await submitted({ basis: 'MANDATORY' });
    const sql = 'SELECT data FROM outbox WHERE key = $1';
    const [row] = await rig.database.query<{ data: string }>('superuser', sql, [reportId]);
    const { deadlines } = JSON.parse(row!.data) as { deadlines: object[] };
    expect(deadlines).toHaveLength(6);
    for (const deadline of deadlines) {
      expect(Object.keys(deadline).sort()).toEqual(['applies', 'dueAt', 'kind', 'metBy', 'regime']);
    }
  });

  it('are the same for the organisation’s own number again', async () => {
    const externalId = randomUUID();
    const first = await submitted({ externalId }, hospital);
    expect((await submitted({ externalId }, hospital)).deadlines).toEqual(first.deadlines);
  });

  it('are one row each, for whoever reads the database', async () => {
    const { reportId } = await submitted(
      { basis: 'MANDATORY', impact: { services: 'HALTED', personalData: 'FALSE' } },
      hospital,
    );
    const rows = await rig.database.query(
      'superuser',
      `SELECT organisation_id, kind, mandatory, applies, due_at, met_at, met_by_revision, forwarded FROM report_clock
        WHERE report_id = $1 ORDER BY due_at`,
      [reportId],
    );
    const same = { organisation_id: 'org-hospital', mandatory: true, applies: 'APPLIES', forwarded: true };
    expect(rows).toEqual([
      {
        ...same,
        kind: 'PROMPT_REPORT',
        due_at: new Date('2026-11-25T14:59:59.999Z'),
        met_at: clock.at,
        met_by_revision: 1,
      },
      {
        ...same,
        kind: 'FINAL_REPORT',
        due_at: new Date('2026-12-22T14:59:59.999Z'),
        met_at: null,
        met_by_revision: null,
      },
    ]);
  });

  it.each(['0001-01-01T00:00:00+23:59', '0000-01-01T00:00:00Z', '9998-12-31T23:59:59Z'])(
    'of a report from %s are no reason to fail',
    async (recognisedAt) => {
      const { status } = await rig.submit(
        sampleReport({ basis: 'MANDATORY', recognisedAt, occurredAt: recognisedAt }),
        power,
      );
      expect([202, 400]).toContain(status);
    },
  );
});
