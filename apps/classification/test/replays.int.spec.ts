import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FactsBody, ReplayChange, ReplayView } from '@sekisho/contracts';
import { findGuideline, replay } from '@sekisho/guideline';
import {
  eventually,
  serviceEnvironment,
  TestClient,
  type TestDatabase,
  testDatabase,
  type TestIssuer,
  testIssuer,
} from '@sekisho/testing';
import { createDatabase } from '../src/database.js';
import { aoki, officer, partner } from './service.js';
import { storeCases } from './stored-cases.js';

const CASES = 3_500;
const PATIENCE = 120_000;
const MAIN = join(import.meta.dirname, '../dist/src/main.js');
/** Other tests send reports on the same topics meanwhile: their cases are opened later. */
const STORED = { openedBefore: '2026-11-21T00:00:00Z' };
const [FROM, TO] = ['acd-2025-12-draft', 'acd-2026-10'];
const DRAFT = 'acd-2027-04-invented';
const DRAFT_MODULE = join(import.meta.dirname, '../../../libs/guideline/dist/test/amendment', `${DRAFT}.js`);

let database: TestDatabase;
let issuer: TestIssuer;
let environment: Record<string, string>;
let client: TestClient;
let cases: Map<string, FactsBody>;
let running: ChildProcess | undefined;

async function start(): Promise<void> {
  running = spawn(process.execPath, [MAIN], { env: { PATH: process.env['PATH'], ...environment }, stdio: 'inherit' });
  const ready = `http://127.0.0.1:${environment['PORT']}/health/ready`;
  await eventually(
    'the service',
    () =>
      fetch(ready).then(
        ({ ok }) => ok,
        () => false,
      ),
    PATIENCE,
  );
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
  running.kill(signal);
  await once(running, 'exit');
}

beforeAll(async () => {
  [database, issuer] = await Promise.all([testDatabase('@sekisho/classification'), testIssuer()]);
  const told = await serviceEnvironment('classification', database, issuer);
  environment = { ...told, SEKISHO_DRAFT_GUIDELINES: DRAFT_MODULE };
  client = new TestClient(`http://127.0.0.1:${environment['PORT']}`, issuer);
  cases = await storeCases(database, CASES);
  await start();
}, PATIENCE);

afterAll(async () => {
  await end('SIGTERM');
  await issuer?.stop();
  await database?.drop();
});

const begin = (body: object) => client.call<ReplayView>(aoki, 'POST', '/v1/guideline-replays', body);
const show = (id: string) => client.call<ReplayView>(aoki, 'GET', `/v1/guideline-replays/${id}`);
const finished = (id: string) =>
  eventually(
    `replay ${id}`,
    async () => ((await show(id)).body.state === 'FINISHED' ? (await show(id)).body : undefined),
    PATIENCE,
  );
const text = async (path: string, headers: Record<string, string> = {}) => {
  const response = await client.fetch(aoki, path, { headers });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
};

/** What the guideline library says of all of them. */
function expected() {
  const [from, to] = [findGuideline(FROM)!, findGuideline(TO)!];
  const all = [...cases].map(([incidentId, facts]) => ({ incidentId, ...replay(from, to, facts) }));
  const ends = new Map<string, number>();
  for (const { from: one, to: two } of all) ends.set(`${one} > ${two}`, (ends.get(`${one} > ${two}`) ?? 0) + 1);
  return {
    ends,
    changes: all.filter(({ change }) => change !== null).map(({ incidentId, change }) => ({ incidentId, ...change })),
  };
}

async function changesOf(id: string): Promise<ReplayChange[]> {
  const found: ReplayChange[] = [];
  for (let cursor = ''; ;) {
    const { body } = await client.call(aoki, 'GET', `/v1/guideline-replays/${id}/changes?limit=200${cursor}`);
    found.push(...body.items);
    if (body.next === null) return found;
    cursor = `&cursor=${body.next}`;
  }
}

describe('the stored cases under another version', () => {
  it(
    'are all gone through once, also where the service is killed in the middle, and each change is shown',
    async () => {
      const { ends, changes } = expected();
      // Whoever holds a case of the third thousand stops the service before it can tell of its change: there it is killed.
      const stopAt = changes.map(({ incidentId }) => incidentId).find((id) => id > [...cases.keys()].sort()[2_500]!)!;
      const other = createDatabase({ DATABASE_URL: database.owner, DATABASE_CONNECTIONS: 2 });
      const replayId = await other.$transaction(
        async (tx) => {
          await tx.$queryRaw`SELECT FROM determination WHERE incident_id = ${stopAt}::uuid FOR UPDATE`;
          const { status, body, headers } = await begin({ from: FROM, to: TO, filter: STORED });
          expect([status, body.state, body.total, headers.get('location')]).toEqual([
            202,
            'RUNNING',
            null,
            `/v1/guideline-replays/${body.replayId}`,
          ]);
          await eventually('two thousand', async () => (await show(body.replayId)).body.done === 2_000, PATIENCE);
          await end('SIGKILL');
          return body.replayId;
        },
        { timeout: PATIENCE },
      );
      await other.$disconnect();

      await start();
      const done = await finished(replayId);
      expect(done).toMatchObject({ total: CASES, done: CASES, changed: changes.length, filter: STORED });
      expect(new Map(done.ends.map(({ from, to, cases: count }) => [`${from} > ${to}`, count]))).toEqual(ends);
      const found = (await changesOf(replayId)).map(({ determinationVersion, ...change }) => {
        expect(determinationVersion).toBe(1);
        return change;
      });
      expect(found).toEqual(changes.sort((one, two) => (one.incidentId < two.incidentId ? -1 : 1)));
    },
    2 * PATIENCE,
  );

  it('can be watched, and read as a table and as a picture', async () => {
    const { replayId } = (await begin({ from: FROM, to: TO, filter: { outcome: 'NO_AUTHORITY' } })).body;
    const path = `/v1/guideline-replays/${replayId}`;
    const watched = await text(`${path}/progress`);
    expect([watched.status, watched.type]).toEqual([200, 'text/event-stream']);
    const seen = [...watched.body.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!) as ReplayView);
    expect(seen.at(-1)).toMatchObject({ replayId, state: 'FINISHED' });
    const { done, changed, ends } = seen.at(-1)!;
    expect(changed).toBe(done);
    expect(new Set(ends.map(({ to }) => to))).toEqual(new Set(['NO_AUTHORITY']));

    const table = await text(`${path}/changes.csv`);
    expect([table.status, table.type]).toEqual([200, 'text/csv; charset=utf-8']);
    const lines = table.body.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + changed);
    expect(lines[0]).toMatch(/^incidentId,determinationVersion,from,to,/);
    expect(lines[1]).toMatch(/,NO_AUTHORITY,.*no-authority ->TRUE/);

    const picture = await text(`${path}/diagram.svg`, { 'accept-language': 'ja' });
    expect([picture.status, picture.type]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(picture.body).toContain('蓄積された事案');
    expect(picture.body.match(/<path /g)).toHaveLength(ends.length);
  });

  it('are those of the filter, as they were when it was asked for', async () => {
    const none = await finished(
      (await begin({ from: TO, to: FROM, filter: { openedBefore: '2026-11-19T00:00:00Z' } })).body.replayId,
    );
    expect(none).toMatchObject({ total: 0, done: 0, changed: 0, ends: [] });
    const picture = await text(`/v1/guideline-replays/${none.replayId}/diagram.svg`);
    expect(picture.body).toContain('No stored case is of this kind.');
    const all = await finished(
      (await begin({ from: TO, to: FROM, filter: { ...STORED, openedFrom: '2026-11-19T00:00:00Z' } })).body.replayId,
    );
    expect(all).toMatchObject({ total: CASES, done: CASES });
  });

  it('are gone through under a draft that the service was started with, which is known to nothing else', async () => {
    const { replayId } = (await begin({ from: TO, to: DRAFT, filter: STORED })).body;
    const { changed, done } = await finished(replayId);
    expect([done, changed > 0]).toEqual([CASES, true]);
    const found = await changesOf(replayId);
    expect(found).toHaveLength(changed);
    for (const { to, provisions } of found) {
      expect(to.nscReview.possibleBases).toContain('GOVERNMENT_SYSTEM');
      expect(provisions.map(({ provision }) => provision)).toContain('review-government-target');
    }
    const { items } = (await client.call(aoki, 'GET', '/v1/guidelines')).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([FROM, TO]);
    const facts = cases.values().next().value;
    const preview = await client.call(aoki, 'POST', '/v1/determination-previews', { guideline: DRAFT, facts });
    expect(preview).toMatchObject({ status: 400, body: { errors: [{ code: 'unknown-guideline' }] } });
  });

  it('wait, and keep no other waiting, where a version is not known here', async () => {
    const waiting = randomUUID();
    await database.query(
      'superuser',
      `INSERT INTO guideline_replay (id, from_version, to_version, filter, known_at, requested_by, recorded_at, recorded_by, correlation_id)
       VALUES ($1, $2, 'acd-2030-draft', '{}', now(), $3, '2020-01-01T00:00:00Z', 'test', 'test')`,
      [waiting, TO, JSON.stringify({ issuer: 'test', subject: 'test', person: 'test', organisation: 'test' })],
    );
    const none = { openedBefore: '2000-01-01T00:00:00Z' };
    await finished((await begin({ from: FROM, to: TO, filter: none })).body.replayId);
    expect((await show(waiting)).body).toMatchObject({ state: 'RUNNING', total: null, done: 0 });
  });

  it('are not gone through for whoever may not, nor under versions that there are not', async () => {
    const ask = async (by: typeof aoki, body: object) =>
      (await client.call(by, 'POST', '/v1/guideline-replays', body)).status;
    expect(await ask(officer, { from: FROM, to: TO })).toBe(403);
    expect(await ask(partner, { from: FROM, to: TO })).toBe(403);
    const faulty = await begin({ from: 'acd-1999', to: TO });
    expect([faulty.status, (faulty.body as unknown as { errors: object[] }).errors]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/from' })],
    ]);
    expect(await ask(aoki, { from: TO, to: TO })).toBe(400);
    for (const part of ['', '/progress', '/changes', '/changes.csv', '/diagram.svg']) {
      expect((await client.call(aoki, 'GET', `/v1/guideline-replays/${randomUUID()}${part}`)).status).toBe(404);
    }
  });

  it('keep nobody from ending the service, who watches', async () => {
    const { replayId } = (await begin({ from: FROM, to: TO })).body;
    const watching = client.fetch(aoki, `/v1/guideline-replays/${replayId}/progress`);
    expect((await watching).status).toBe(200);
    await end('SIGTERM');
    expect(running?.exitCode).toBe(0);
    expect(await (await watching).text()).toContain(replayId);
  }, 15_000);
});
