import { Clock } from '@sekisho/service';
import type { PrismaClient } from '../src/generated/prisma/client.js';
import { createDatabase, type Tx } from '../src/database.js';
import { clocksOf, type Timed } from '../src/deadlines/clock.js';
import { type ClockRow, forwardClocks, meetClocks, reviseClocks, stopClocks } from '../src/deadlines/clock-rows.js';
import { ClockSweep } from '../src/deadlines/clock-sweep.js';
import { hospital, type IntakeRig, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

const clock = Object.assign(new Clock(), { at: new Date('2027-01-04T10:00:00+09:00'), now: () => clock.at });
const LATER = '2027-01-06T10:00:00.000+09:00';
const organisation = { sector: 'HEALTHCARE', designated: false } as const;

let rig: IntakeRig;
let prisma: PrismaClient;

beforeAll(async () => {
  rig = await startIntake({ overrides: [{ provide: Clock, useValue: clock }] });
  prisma = createDatabase(rig.config);
});
afterAll(async () => {
  await prisma?.$disconnect();
  await rig?.stop();
});

type Over = Parameters<typeof sampleReport>[0];
const reportOf = (over: Over) =>
  sampleReport({ basis: 'MANDATORY', recognisedAt: '2027-01-04T09:00:00+09:00', ...over });
const knows = (personalData: 'TRUE' | 'FALSE' | 'UNKNOWN') =>
  ({ impact: { services: 'HALTED', personalData } }) as const;

async function submitted(over: Over): Promise<string> {
  const { status, body } = await rig.submit(reportOf(over), hospital);
  expect(status).toBe(202);
  return body.reportId;
}

/** In a transaction that acts for an organisation, as what belongs to a report does. */
const acting = <Result>(work: (tx: Tx) => Promise<Result>, as = 'org-hospital'): Promise<Result> =>
  prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('app.organisation', ${as}, true)`;
    return work(tx);
  });
const revised = (reportId: string, report: Timed): ClockRow[] =>
  clocksOf(report, organisation, { reportId, receivedAt: LATER }).map((each) => ({
    clock: each,
    reportId,
    organisationId: 'org-hospital',
    basis: report.basis,
    forwarded: true,
    revision: 2,
    recordedBy: 'x',
    correlationId: 'x',
  }));
/** What the partner sees of its clocks, by regime and kind. */
async function seen(reportId: string): Promise<Record<string, string>> {
  const { body } = await rig.client.call(hospital, 'GET', `/v1/reports/${reportId}`);
  const lines = body.deadlines.map(
    ({ regime, kind, applies, metBy }: Record<string, string | null>) =>
      [`${regime!.split('-')[0]} ${kind}`, `${applies} ${metBy === null ? 'open' : 'met'}`] as const,
  );
  return Object.fromEntries(lines);
}

it('a stage that comes later meets the clocks that ask for it, once', async () => {
  const reportId = await submitted(knows('FALSE'));
  expect(await acting((tx) => meetClocks(tx, reportId, 'FOLLOW_UP', LATER, 2))).toBe(0);
  expect(await acting((tx) => meetClocks(tx, reportId, 'FINAL', LATER, 3))).toBe(1);
  expect(await acting((tx) => meetClocks(tx, reportId, 'FINAL', LATER, 4))).toBe(0);
  expect(await seen(reportId)).toEqual({
    'designated PROMPT_REPORT': 'APPLIES met',
    'designated FINAL_REPORT': 'APPLIES met',
  });
  const rows = await rig.database.query(
    'superuser',
    'SELECT met_by_revision, met_at FROM report_clock WHERE report_id = $1 ORDER BY due_at',
    [reportId],
  );
  expect(rows).toEqual([
    { met_by_revision: 1, met_at: clock.at },
    { met_by_revision: 3, met_at: new Date(LATER) },
  ]);
});

it('another organisation meets nothing', async () => {
  const reportId = await submitted(knows('FALSE'));
  expect(await acting((tx) => meetClocks(tx, reportId, 'FINAL', LATER, 2), 'org-power')).toBe(0);
  expect(await acting((tx) => stopClocks(tx, reportId, LATER), 'org-power')).toBe(0);
});

describe('a revision', () => {
  const follow = (reportId: string, personalData: 'TRUE' | 'FALSE' | 'UNKNOWN') =>
    acting(async (tx) => {
      const report = reportOf({ ...knows(personalData), stage: 'FOLLOW_UP' });
      await reviseClocks(tx, reportId, revised(reportId, report), LATER);
      await meetClocks(tx, reportId, 'FOLLOW_UP', LATER, 2);
    });

  it('that confirms what was open makes its clocks apply, and meets what it reports', async () => {
    const reportId = await submitted(knows('UNKNOWN'));
    const designated = { 'designated PROMPT_REPORT': 'APPLIES met', 'designated FINAL_REPORT': 'APPLIES open' };
    expect(await seen(reportId)).toEqual({
      ...designated,
      'personal PRELIMINARY_REPORT': 'IF_CONFIRMED open',
      'personal FINAL_REPORT': 'IF_CONFIRMED open',
    });
    await follow(reportId, 'TRUE');
    expect(await seen(reportId)).toEqual({
      ...designated,
      'personal PRELIMINARY_REPORT': 'APPLIES met',
      'personal FINAL_REPORT': 'APPLIES open',
    });
  });

  it('that rules it out stops them; one that still does not know changes nothing', async () => {
    const reportId = await submitted(knows('UNKNOWN'));
    const before = await seen(reportId);
    await follow(reportId, 'UNKNOWN');
    expect(await seen(reportId)).toEqual(before);
    await follow(reportId, 'FALSE');
    expect(await seen(reportId)).toEqual({
      'designated PROMPT_REPORT': 'APPLIES met',
      'designated FINAL_REPORT': 'APPLIES open',
    });
  });

  it('that finds what was ruled out starts clocks, and takes none back that applied', async () => {
    const reportId = await submitted(knows('FALSE'));
    await follow(reportId, 'TRUE');
    expect(Object.keys(await seen(reportId))).toHaveLength(4);
    await follow(reportId, 'FALSE');
    expect(await seen(reportId)).toMatchObject({ 'personal FINAL_REPORT': 'APPLIES open' });
  });
});

it('a report that is withdrawn owes nothing more; one that is released is told of', async () => {
  const told = (reportId: string) => rig.count('outbox', `key = $1 AND type LIKE 'deadline-%'`, [reportId]);
  const long = { ...knows('TRUE'), recognisedAt: '2026-10-01T09:00:00+09:00', basis: 'VOLUNTARY' } as const;
  const [withdrawn, released] = [await submitted(long), await submitted({ ...long, consent: { forward: false } })];
  await acting((tx) => stopClocks(tx, withdrawn, LATER));
  await acting((tx) => forwardClocks(tx, released, true));
  await rig.service.app.get(ClockSweep).sweep();
  // What came too late stays late, whatever became of the report.
  expect([await told(withdrawn), await told(released)]).toEqual([1, 2]);
});
