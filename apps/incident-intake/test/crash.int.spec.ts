import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BatchAnswer, ReportForm } from '@sekisho/contracts';
import {
  eventually,
  type Reply,
  serviceEnvironment,
  TestClient,
  type TestDatabase,
  testDatabase,
  type TestIssuer,
  testIssuer,
} from '@sekisho/testing';
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

let database: TestDatabase;
let issuer: TestIssuer;
let environment: Record<string, string>;
let url: string;
let running: ChildProcess | undefined;

beforeEach(async () => {
  [database, issuer] = await Promise.all([testDatabase('@sekisho/incident-intake'), testIssuer()]);
  environment = {
    ...(await serviceEnvironment('incident-intake', database, issuer)),
    SEKISHO_SEED: resolve(import.meta.dirname, 'organisations.json'),
  };
  url = `http://127.0.0.1:${environment['PORT']}`;
});

afterEach(async () => {
  await kill();
  await issuer?.stop();
  await database?.drop();
});

async function start(): Promise<void> {
  running = spawn(process.execPath, [PROGRAM], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: 'inherit',
  });
  const ready = (): Promise<boolean> =>
    fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually('the service', ready, PATIENCE);
}

async function kill(): Promise<void> {
  if (!running || running.exitCode !== null || running.signalCode !== null) return;
  running.kill('SIGKILL');
  await once(running, 'exit');
}

/** How often each of the reports is stored, whole: with its contact, its event and its kept answer. */
const stored = (reports: readonly ReportForm[]): Promise<{ title: string; n: number }[]> =>
  database.query(
    'superuser',
    `SELECT content ->> 'title' AS title, count(*)::int AS n FROM report_revision JOIN report ON id = report_id
       JOIN outbox ON key = report.id::text AND type = 'report-submitted.v1' JOIN contact ON ref = contact_ref
       JOIN contact_key ON contact_key.report_id = report.id
       JOIN idempotency ON idempotency.body::jsonb ->> 'reportId' = report.id::text
      WHERE content ->> 'title' = ANY ($1) GROUP BY 1`,
    [reports.map(({ title }) => title)],
  );

async function expectOnceEach(reports: readonly ReportForm[]): Promise<void> {
  const all = await stored(reports);
  expect([all.length, all.filter(({ n }) => n !== 1)]).toEqual([reports.length, []]);
  // What the sweep tells of their clocks is in the outbox as well.
  const told = `outbox WHERE type = 'report-submitted.v1'`;
  for (const table of ['report', 'report_revision', 'contact', 'contact_key', told, 'idempotency']) {
    const [row] = await database.query<{ n: number }>('superuser', `SELECT count(*)::int AS n FROM ${table}`);
    expect([table, row!.n]).toEqual([table, reports.length]);
  }
}

describe('a service that is killed has stored what it answered, and stores the rest once when it is sent again', () => {
  it(
    'of single reports',
    async () => {
      const client = new TestClient(url, issuer);
      const send = ({ key, report }: Sent): Promise<Reply<{ reportId: string }>> =>
        client.call(hospital, 'POST', '/v1/reports', report, { 'idempotency-key': key });
      const sent: Sent[] = [];
      for (let round = 1; round <= KILLS; round += 1) {
        await start();
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
        await pause(1_500 + 137 * round);
        killed = true;
        await kill();
        await callers;
      }
      const answered = sent.filter(({ answer }) => answer !== undefined);
      expect(answered.map(({ answer }) => answer!.status).filter((status) => status !== 202)).toEqual([]);
      expect(answered.length).toBeGreaterThan(CALLERS);
      // Some were under way each time, or there was nothing to try here.
      expect(sent.length - answered.length).toBeGreaterThan(KILLS);
      expect(await stored(answered.map(({ report }) => report))).toHaveLength(answered.length);
      await start();
      for (const one of sent) {
        const again = await send(one);
        expect(again.status).toBe(202);
        if (one.answer) expect(again.body).toEqual(one.answer.body);
      }
      await expectOnceEach(sent.map(({ report }) => report));
    },
    2 * PATIENCE,
  );

  it(
    'of a batch',
    async () => {
      const reports = Array.from({ length: 5_000 }, () => sampleReport({ title: randomUUID() }));
      const headers = {
        authorization: `Bearer ${await issuer.token(hospital)}`,
        'content-type': 'application/x-ndjson',
        'idempotency-key': randomUUID(),
      };
      const body = reports.map((report) => `${JSON.stringify(report)}\n`).join('');
      const send = () => fetch(`${url}/v1/report-batches`, { method: 'POST', headers, body });
      const parsed = (text: string): BatchAnswer[] =>
        text
          .slice(0, text.lastIndexOf('\n') + 1)
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as BatchAnswer);
      await start();
      const reader = (await send()).body!.getReader();
      let text = '';
      let killed: Promise<void> | undefined;
      for (;;) {
        const part = await reader.read().catch(() => ({ done: true, value: undefined }));
        if (part.done || !part.value) break;
        text += Buffer.from(part.value).toString();
        if (text.length > 500_000) killed ??= kill();
      }
      await killed;
      const answered = parsed(text);
      expect(answered.length).toBeGreaterThan(200);
      expect(answered.length).toBeLessThan(reports.length);
      expect(answered.filter(({ status }) => status !== 202)).toEqual([]);
      expect(await stored(answered.map(({ line }) => reports[line - 1]!))).toHaveLength(answered.length);
      await start();
      const again = new Map(parsed(await (await send()).text()).map((answer) => [answer.line, answer]));
      expect([...again.values()].filter(({ status }) => status !== 202)).toEqual([]);
      for (const one of answered) expect(again.get(one.line)).toEqual(one);
      await expectOnceEach(reports);
    },
    2 * PATIENCE,
  );
});
