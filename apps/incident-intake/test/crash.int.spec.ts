import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReportForm } from '@sekisho/contracts';
import { eventually, type Reply, serviceEnvironment, TestClient, testDatabase, testIssuer } from '@sekisho/testing';
import { hospital } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

const PROGRAM = resolve(import.meta.dirname, '../dist/src/main.js');
const PATIENCE = 120_000;
const CALLERS = 48;
const KILLS = 3;

interface Sent {
  readonly key: string;
  readonly report: ReportForm;
  /** What it was answered before the service was killed, if it was. */
  answer?: Reply<{ reportId: string }>;
}

it(
  'a service that is killed in the middle of its work has stored what it answered, and stores the rest once when it is sent again',
  async () => {
    const [database, issuer] = await Promise.all([testDatabase('@sekisho/incident-intake'), testIssuer()]);
    const environment: Record<string, string> = {
      ...(await serviceEnvironment('incident-intake', database, issuer)),
      SEKISHO_SEED: resolve(import.meta.dirname, 'organisations.json'),
    };
    const url = `http://127.0.0.1:${environment['PORT']}`;
    const client = new TestClient(url, issuer);
    const start = async (): Promise<ChildProcess> => {
      const child = spawn(process.execPath, [PROGRAM], {
        env: { PATH: process.env['PATH'], ...environment },
        stdio: 'inherit',
      });
      const ready = (): Promise<boolean> =>
        fetch(`${url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        );
      await eventually('the service', ready, PATIENCE);
      return child;
    };
    const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    };
    const send = ({ key, report }: Sent): Promise<Reply<{ reportId: string }>> =>
      client.call(hospital, 'POST', '/v1/reports', report, { 'idempotency-key': key });
    const sent: Sent[] = [];
    let running: ChildProcess | undefined;
    try {
      for (let kill = 1; kill <= KILLS; kill += 1) {
        running = await start();
        let killed = false;
        const caller = async (): Promise<void> => {
          while (!killed) {
            const one: Sent = { key: randomUUID(), report: sampleReport({ title: randomUUID() }) };
            sent.push(one);
            const answer = await send(one).catch(() => undefined);
            if (answer) one.answer = answer;
          }
        };
        const callers = Promise.all(Array.from({ length: CALLERS }, caller));
        await pause(1_500 + 137 * kill);
        killed = true;
        await end(running, 'SIGKILL');
        await callers;
      }
      const answered = sent.filter(({ answer }) => answer !== undefined);
      expect(answered.map(({ answer }) => answer!.status).filter((status) => status !== 202)).toEqual([]);
      expect(answered.length).toBeGreaterThan(CALLERS);
      // Some were under way each time, or there was nothing to try here.
      expect(sent.length - answered.length).toBeGreaterThan(KILLS);
      const stored = (reports: readonly Sent[]): Promise<{ title: string; n: number }[]> =>
        database.query(
          'superuser',
          `SELECT content ->> 'title' AS title, count(*)::int AS n FROM report_revision JOIN report ON id = report_id
             JOIN outbox ON key = report_id::text AND type = 'report-submitted.v1' JOIN contact ON ref = contact_ref
             JOIN idempotency ON idempotency.body::jsonb ->> 'reportId' = report_id::text
            WHERE content ->> 'title' = ANY ($1) GROUP BY 1`,
          [reports.map(({ report }) => report.title)],
        );
      expect(await stored(answered)).toHaveLength(answered.length);

      running = await start();
      for (const one of sent) {
        const again = await send(one);
        expect(again.status).toBe(202);
        if (one.answer) expect(again.body).toEqual(one.answer.body);
      }
      const all = await stored(sent);
      expect([all.length, all.filter(({ n }) => n !== 1)]).toEqual([sent.length, []]);
      // What the sweep tells of their clocks is there as well.
      const told = `outbox WHERE type = 'report-submitted.v1'`;
      const tables = ['report', 'report_revision', 'contact', told, 'idempotency'];
      for (const table of tables) {
        const [row] = await database.query<{ n: number }>('superuser', `SELECT count(*)::int AS n FROM ${table}`);
        expect([table, row!.n]).toEqual([table, sent.length]);
      }
    } finally {
      if (running) await end(running, 'SIGKILL');
      await issuer.stop();
      await database.drop();
    }
  },
  2 * PATIENCE,
);
