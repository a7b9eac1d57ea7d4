import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  brokerClient,
  eventually,
  serviceEnvironment,
  type TestDatabase,
  testDatabase,
  type TestIssuer,
  testIssuer,
} from '@sekisho/testing';
import { lockKeys } from '@sekisho/persistence';
import { createDatabase } from '../src/database.js';
import { submitted } from './builders.js';

const REPORTS = 200;
const PATIENCE = 180_000;
const MAIN = join(import.meta.dirname, '../dist/src/main.js');

let database: TestDatabase;
let issuer: TestIssuer;
let running: ChildProcess | undefined;
beforeAll(async () => {
  [database, issuer] = await Promise.all([testDatabase('@sekisho/classification'), testIssuer()]);
});
afterAll(async () => {
  await kill();
  await issuer?.stop();
  await database?.drop();
});

async function kill(): Promise<void> {
  if (!running || running.exitCode !== null || running.signalCode !== null) return;
  running.kill('SIGKILL');
  await once(running, 'exit');
}

const start = (environment: Record<string, string>): ChildProcess =>
  spawn(process.execPath, [MAIN], { env: { PATH: process.env['PATH'], ...environment }, stdio: 'inherit' });

async function sendReports(reports: ReturnType<typeof submitted>[]): Promise<void> {
  const producer = brokerClient('incident-intake').producer();
  await producer.connect();
  const messages = reports.map((report) => {
    const id = randomUUID();
    const headers = {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: id,
      ce_source: '/incident-intake',
      ce_type: 'report-submitted.v1',
      ce_subject: report.reportId,
      ce_time: report.receivedAt,
      ce_dataschema: 'urn:sekisho:event:report-submitted.v1',
      ce_correlationid: id,
    };
    return { key: report.reportId, value: JSON.stringify(report), headers };
  });
  await producer.send({ topic: 'intake.reports.v1', acks: -1, messages });
  await producer.disconnect();
}

describe('the service as a process of its own', () => {
  it(
    `killed while it takes in ${REPORTS} reports has exactly as many incidents, and no gap in its numbers`,
    async () => {
      const environment = await serviceEnvironment('classification', database, issuer);
      const reports = Array.from({ length: REPORTS }, () => submitted());
      const ids = reports.map(({ reportId }) => reportId);
      const incidents = async () => {
        const sql =
          'SELECT count(*)::int AS n, count(DISTINCT incident_id)::int AS d FROM incident_report WHERE report_id = ANY($1)';
        const [row] = await database.query<{ n: number; d: number }>('superuser', sql, [ids]);
        return row!;
      };

      // Whoever holds the lock of one report stops the service in the middle of a transaction: there it is killed.
      const other = createDatabase({ DATABASE_URL: database.owner, DATABASE_CONNECTIONS: 2 });
      await other.$transaction(
        async (tx) => {
          await lockKeys(tx, [ids[REPORTS / 2]!]);
          await sendReports(reports);
          running = start(environment);
          const waiting = `SELECT FROM pg_locks JOIN pg_database d ON d.oid = pg_locks.database
                            WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`;
          const waits = async () => (await database.query('superuser', waiting)).length > 0;
          await eventually('a transaction that waits', waits, PATIENCE);
          await kill();
        },
        { timeout: 2 * PATIENCE },
      );
      await other.$disconnect();
      expect((await incidents()).n).toBeLessThan(REPORTS);

      running = start(environment);
      await eventually('every incident', async () => (await incidents()).n === REPORTS, PATIENCE);
      const unsent = 'SELECT FROM outbox WHERE sent_at IS NULL LIMIT 1';
      await eventually('all sent', async () => (await database.query('superuser', unsent)).length === 0, PATIENCE);
      expect(await incidents()).toEqual({ n: REPORTS, d: REPORTS });
      const numbers = `SELECT count(*)::int AS n, count(DISTINCT sequence)::int AS distinct, min(sequence)::int AS first,
                              max(sequence)::int AS last, (SELECT last::int FROM outbox_counter WHERE topic = $1) AS counter
                         FROM outbox WHERE topic = $1`;
      const [row] = await database.query<{ n: number }>('superuser', numbers, ['classification.determinations.v1']);
      expect(row!.n).toBeGreaterThanOrEqual(2 * REPORTS);
      expect(row).toEqual({ n: row!.n, distinct: row!.n, first: 1, last: row!.n, counter: row!.n });
      await expect(fetch(`http://127.0.0.1:${environment['PORT']}/health/ready`)).resolves.toMatchObject({
        status: 200,
      });
      const api = await (await fetch(`http://127.0.0.1:${environment['PORT']}/openapi.json`)).json();
      expect(Object.keys((api as { paths: object }).paths)).toContain('/v1/incidents/{id}/confirmation');

      running.kill('SIGTERM');
      const [code] = await once(running, 'exit');
      expect(code).toBe(0);
    },
    3 * PATIENCE,
  );
});
