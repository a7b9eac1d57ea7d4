import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Clock, type RunningService, startService } from '@sekisho/service';
import { eventually, readTopic, serviceEnvironment } from '@sekisho/testing';
import pg from 'pg';
import { incidentIntake } from '../src/app.module.js';
import { ClockSweep } from '../src/deadlines/clock-sweep.js';
import { hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

const BATCH = 20;
const clock = Object.assign(new Clock(), { at: new Date(), now: () => clock.at });
const overrides = [{ provide: Clock, useValue: clock }];
const NO_PERSONAL_DATA = { services: 'HALTED', personalData: 'FALSE' } as const;

let rig: IntakeRig;
/** Another instance beside it. */
let other: RunningService;
let sweeps: [ClockSweep, ClockSweep];

beforeAll(async () => {
  rig = await startIntake({ overrides, environment: { DEADLINE_SWEEP_BATCH: String(BATCH) } });
  other = await startService(incidentIntake({ ...rig.config, PORT: 0 }), { overrides });
  sweeps = [rig.service.app.get(ClockSweep), other.app.get(ClockSweep)];
});
afterAll(async () => {
  await other?.stop();
  await rig?.stop();
});

const at = (time: string): void => void (clock.at = new Date(time));
const sweep = (): Promise<number> => sweeps[0].sweep();

/** A mandatory report that starts two clocks: a prompt one, which it meets, and one of 30 days. */
async function report(
  recognisedAt: string,
  over: Parameters<typeof sampleReport>[0] = {},
  principal = hospital,
): Promise<string> {
  const sent = sampleReport({ basis: 'MANDATORY', impact: NO_PERSONAL_DATA, recognisedAt, ...over });
  const { status, body } = await rig.submit(sent, principal);
  expect(status).toBe(202);
  return body.reportId;
}

interface Told {
  readonly type: string;
  readonly reportId: string;
  readonly kind: string;
  readonly dueAt: string;
  readonly metAt?: string | null;
}

/** What was told of the deadlines of these reports, in the order in which it leaves. */
async function told(...reportIds: string[]): Promise<Told[]> {
  const rows = await rig.database.query<{ type: string; data: string }>(
    'superuser',
    `SELECT type, data FROM outbox WHERE key = ANY ($1) AND type LIKE 'deadline-%' ORDER BY position`,
    [reportIds],
  );
  return rows.map(({ type, data }) => ({ type, ...(JSON.parse(data) as Omit<Told, 'type'>) }));
}
const brief = (events: readonly Told[]) => events.map(({ type, kind }) => `${type} ${kind}`);
const FINAL = { near: 'deadline-approaching.v1 FINAL_REPORT', missed: 'deadline-missed.v1 FINAL_REPORT' };

describe('what is told of a clock', () => {
  it('is that it is near and then that it was missed, once each and at their times, with what it is about', async () => {
    at('2027-01-04T10:00:00+09:00');
    const reportId = await report('2027-01-04T09:00:00+09:00');
    const step = async (time: string) => {
      at(time);
      await sweep();
      await sweep();
      return brief(await told(reportId));
    };
    expect(await step('2027-01-27T23:59:59.999+09:00')).toEqual([]);
    expect(await step('2027-01-28T00:00:00.001+09:00')).toEqual([FINAL.near]);
    expect(await step('2027-02-03T23:59:59.999+09:00')).toEqual([FINAL.near]);
    expect(await step('2027-02-04T00:00:00.000+09:00')).toEqual([FINAL.near, FINAL.missed]);
    expect(await step('2027-06-01T00:00:00.000+09:00')).toEqual([FINAL.near, FINAL.missed]);
    expect((await told(reportId))[1]).toEqual({
      type: 'deadline-missed.v1',
      reportId,
      organisation: 'org-hospital',
      basis: 'MANDATORY',
      regime: 'designated-operator-report',
      kind: 'FINAL_REPORT',
      applies: 'APPLIES',
      dueAt: '2027-02-03T23:59:59+09:00',
      metAt: null,
    });
    const [near, missed] = await readTopic(
      'oversight-reporting',
      'intake.reports.v1',
      ({ key, headers }) => key === reportId && headers['ce_type']!.startsWith('deadline-'),
      (seen) => seen.length === 2,
    );
    expect([near!.headers['ce_type'], missed!.headers['ce_type']]).toEqual([
      'deadline-approaching.v1',
      'deadline-missed.v1',
    ]);
  });

  it('is nothing where it was met in time, and that it was missed where it was met too late', async () => {
    at('2027-07-01T10:00:00+09:00');
    const inTime = await report('2027-07-01T09:00:00+09:00', { stage: 'FINAL' });
    const late = await report('2027-06-10T09:00:00+09:00');
    at('2027-07-03T10:00:00+09:00');
    await sweep();
    expect(await told(inTime)).toEqual([]);
    expect(await told(late)).toMatchObject(
      [{ type: 'deadline-missed.v1', kind: 'PROMPT_REPORT', metAt: '2027-07-01T01:00:00.000Z' }].map((one) =>
        expect.objectContaining(one),
      ),
    );
  });

  it('of a report that stays with intake is nothing', async () => {
    at('2028-01-01T10:00:00+09:00');
    const withheld = {
      basis: 'VOLUNTARY',
      consent: { forward: false },
      impact: { ...NO_PERSONAL_DATA, personalData: 'TRUE' },
    } as const;
    const reportId = await report('2027-01-01T09:00:00+09:00', withheld);
    await sweep();
    expect(await told(reportId)).toEqual([]);
    expect(await rig.count('report_clock', 'report_id = $1', [reportId])).toBe(2);
  });
});

describe('after a day without the service', () => {
  it('what was missed meanwhile is told as missed alone, and what is near as near, in the order of their ends', async () => {
    at('2029-03-01T10:00:00+09:00');
    const ends = ['2029-03-01', '2029-02-02', '2029-02-27', '2029-02-01', '2029-02-05', '2029-02-03'];
    const reports: string[] = [];
    for (const day of ends) reports.push(await report(`${day}T09:00:00+09:00`));
    at('2029-03-05T12:00:00+09:00');
    await sweep();
    const events = (await told(...reports)).filter(({ kind }) => kind === 'FINAL_REPORT');
    expect(events.map(({ type, dueAt }) => `${type} ${dueAt.slice(0, 10)}`)).toEqual([
      'deadline-missed.v1 2029-03-03',
      'deadline-missed.v1 2029-03-04',
      'deadline-approaching.v1 2029-03-05',
      'deadline-approaching.v1 2029-03-07',
    ]);
  });
});

describe('several instances', () => {
  it('at once tell everything once, of all organisations, in more batches than one', async () => {
    at('2030-01-01T10:00:00+09:00');
    const many = await Promise.all(
      Array.from({ length: 4 * BATCH }, (_, index) =>
        report('2029-11-01T09:00:00+09:00', {}, index % 2 ? hospital : power),
      ),
    );
    const answers = await Promise.all([sweeps[0].sweep(), sweeps[1].sweep(), sweeps[0].sweep(), sweeps[1].sweep()]);
    // Whoever finds all that is left held by others leaves it to the next time.
    await sweep();
    const events = await told(...many);
    const names = events.map(({ type, reportId, kind }) => `${type} ${reportId} ${kind}`);
    expect(names).toHaveLength(new Set(names).size);
    const finals = events.filter(({ type, kind }) => type === 'deadline-missed.v1' && kind === 'FINAL_REPORT');
    expect(new Set(finals.map(({ reportId }) => reportId))).toEqual(new Set(many));
    expect(answers.filter((count) => count > 0).length).toBeGreaterThan(1);
  });

  it('one after the other, as after a restart, go on where the rows are', async () => {
    at('2031-01-01T10:00:00+09:00');
    const reportId = await report('2031-01-01T09:00:00+09:00');
    at('2031-01-26T10:00:00+09:00');
    await sweeps[0].sweep();
    await sweeps[1].sweep();
    expect(brief(await told(reportId))).toEqual([FINAL.near]);
    at('2031-02-01T10:00:00+09:00');
    await sweeps[1].sweep();
    await sweeps[0].sweep();
    expect(brief(await told(reportId))).toEqual([FINAL.near, FINAL.missed]);
  });

  it('leave a report that somebody writes to for the next time, and wait for nobody', async () => {
    at('2032-01-01T10:00:00+09:00');
    const [held, free] = [await report('2031-11-01T09:00:00+09:00'), await report('2031-11-01T09:00:00+09:00')];
    const writing = new pg.Client({ connectionString: rig.database.app });
    await writing.connect();
    try {
      await writing.query('BEGIN');
      await writing.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [held]);
      await sweep();
      expect([await told(held), (await told(free)).length]).toEqual([[], 2]);
      await writing.query('ROLLBACK');
    } finally {
      await writing.end();
    }
    await sweep();
    expect(await told(held)).toHaveLength(2);
  });

  it('cannot say twice what was said, for the database', async () => {
    at('2033-01-01T10:00:00+09:00');
    const reportId = await report('2032-12-05T09:00:00+09:00');
    await sweep();
    for (const forgets of ['near_told_at = NULL', 'near_told_at = now()', `applies = 'IF_CONFIRMED'`]) {
      const forget = `UPDATE report_clock SET ${forgets} WHERE report_id = '${reportId}' AND kind = 'FINAL_REPORT'`;
      await expect(rig.database.query('superuser', forget)).rejects.toThrow(/goes on and never back/);
    }
  });
});

describe('a service that is killed while it tells', () => {
  it('has told nothing by half, and tells it once when it is back', async () => {
    at(new Date().toISOString());
    const recognisedAt = new Date(Date.now() - 40 * 86_400_000).toISOString();
    const reports = await Promise.all(Array.from({ length: 5 }, () => report(recognisedAt)));
    const environment = {
      ...(await serviceEnvironment('incident-intake', rig.database, rig.issuer)),
      SEKISHO_SEED: join(import.meta.dirname, 'organisations.json'),
      DEADLINE_SWEEP_SECONDS: '0.2',
    };
    const program = join(import.meta.dirname, '../dist/src/main.js');
    const start = (): ChildProcess =>
      spawn(process.execPath, [program], { env: { PATH: process.env['PATH'], ...environment }, stdio: 'inherit' });
    const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    };
    const blocker = new pg.Client({ connectionString: rig.database.owner });
    await blocker.connect();
    let child: ChildProcess | undefined;
    try {
      // No event can be written: the sweep stops in the middle of its transaction, and there it is killed.
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE outbox IN SHARE MODE');
      child = start();
      await eventually('a sweep that waits', async () => {
        const waiting = `SELECT FROM pg_stat_activity
                          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~ 'INSERT INTO outbox'`;
        return (await rig.database.query('superuser', waiting)).length > 0;
      });
      await end(child, 'SIGKILL');
      await blocker.query('ROLLBACK');
      const marked = `report_id = ANY ($1) AND missed_told_at IS NOT NULL`;
      expect([await told(...reports), await rig.count('report_clock', marked, [reports])]).toEqual([[], 0]);
      child = start();
      await eventually('all of it', async () => (await told(...reports)).length >= 10);
      await end(child, 'SIGTERM');
      expect(child.exitCode).toBe(0);
      const events = await told(...reports);
      expect(new Set(events.map(({ reportId, kind }) => `${reportId} ${kind}`)).size).toBe(10);
      expect(events).toHaveLength(10);
    } finally {
      if (child) await end(child, 'SIGKILL');
      await blocker.end();
    }
  });
});
