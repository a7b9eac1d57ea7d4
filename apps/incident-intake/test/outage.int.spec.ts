import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startService } from '@sekisho/service';
import { eventually, readTopic } from '@sekisho/testing';
import { incidentIntake } from '../src/app.module.js';
import { hospital, type IntakeRig, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;

beforeAll(async () => {
  rig = await startIntake();
});

afterAll(() => rig?.stop());

/** Ends every connection of the service and its relay and lets none in again, until it is told to. */
async function takeDatabaseAway(): Promise<() => Promise<void>> {
  const { name } = rig.database;
  await rig.database.query('superuser', `ALTER DATABASE ${name} CONNECTION LIMIT 0`);
  await rig.database.query(
    'superuser',
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`,
    [name],
  );
  return async () => {
    await rig.database.query('superuser', `ALTER DATABASE ${name} CONNECTION LIMIT -1`);
  };
}

it('a database that is away is answered 503 with when to try again, and the same key is then taken', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const report = sampleReport();
  const giveBack = await takeDatabaseAway();
  try {
    const away = await rig.submit(report, hospital, key);
    expect([away.status, away.body.type]).toEqual([503, 'urn:sekisho:problem:unavailable']);
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.stringify(away.body)).not.toMatch(/postgres|prisma|connection/i);
    expect((await fetch(`${rig.service.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${rig.service.url}/health/ready`)).status).toBe(503);
  } finally {
    await giveBack();
  }
  const { body } = await eventually('the report to be taken', async () => {
    const answer = await rig.submit(report, hospital, key);
    return answer.status === 202 && answer;
  });
  expect((await rig.submit(report, hospital, key)).body).toEqual(body);
  expect(await rig.count('report')).toBe(1);
  await readTopic(
    'classification',
    'intake.reports.v1',
    ({ key: reportId }) => reportId === body.reportId,
    (seen) => seen.length === 1,
  );
});

it('a service that comes up before its database waits for it', async () => {
  const giveBack = await takeDatabaseAway();
  let up = false;
  const starting = startService(incidentIntake({ ...rig.config, PORT: 0 })).then((service) => {
    up = true;
    return service;
  });
  try {
    await Promise.race([starting, pause(1_500)]);
    expect(up).toBe(false);
  } finally {
    await giveBack();
  }
  const late = await starting;
  try {
    expect((await fetch(`${late.url}/health/live`)).status).toBe(200);
  } finally {
    await late.stop();
  }
});
