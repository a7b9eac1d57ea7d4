import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually, type Reply, TestClient } from '@sekisho/testing';
import type { RunningService } from '@sekisho/service';
import pg from 'pg';
import { defence, hospital, type IntakeRig, power, startIntake, stranger } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;
/** Another instance of the service, on the same database. */
let second: { service: RunningService; client: TestClient };

beforeAll(async () => {
  rig = await startIntake();
  second = await another();
});

afterAll(async () => {
  await second?.service.stop();
  await rig?.stop();
});

async function another(): Promise<typeof second> {
  const service = await rig.another();
  return { service, client: new TestClient(service.url, rig.issuer) };
}

const told = ({ status, body, headers }: Reply<unknown>): string =>
  JSON.stringify([status, body, headers.get('location')]);
const statuses = (replies: readonly Reply<unknown>[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** Keeps new reports from being written for as long as `work` takes: what comes meanwhile waits, and is then written together. */
async function heldUp<Result>(work: (release: () => Promise<void>) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: rig.database.owner });
  await client.connect();
  try {
    await client.query('BEGIN; LOCK TABLE report IN EXCLUSIVE MODE');
    return await work(async () => void (await client.query('ROLLBACK')));
  } finally {
    await client.end();
  }
}

const waitingForALock = async (): Promise<number> => {
  const [row] = await rig.database.query<{ n: number }>(
    'superuser',
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row!.n;
};

/** Sends all of it while nothing is written, so that most of it waits and comes into few batches; answers all replies. */
const together = <Body>(calls: readonly (() => Promise<Reply<Body>>)[]): Promise<Reply<Body>[]> =>
  heldUp(async (release) => {
    const replies = Promise.all(calls.map((call) => call()));
    await pause(500);
    await release();
    return replies;
  });

describe('fifty at once under one key', () => {
  it.each(['one instance', 'two instances'])('are one report with fifty equal answers at %s', async (where) => {
    for (let round = 1; round <= 3; round += 1) {
      const key = { 'idempotency-key': randomUUID() };
      const report = sampleReport({ title: randomUUID() });
      const clients = where === 'one instance' ? [rig.client] : [rig.client, second.client];
      const replies = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          clients[n % clients.length]!.call(hospital, 'POST', '/v1/reports', report, key),
        ),
      );
      expect([...new Set(replies.map(told))]).toEqual([expect.stringMatching(/^\[202,/)]);
      expect(await rig.count('report_revision', `content ->> 'title' = $1`, [report.title])).toBe(1);
      expect(await rig.count('outbox', 'key = $1', [replies[0]!.body.reportId])).toBe(1);
      // The others say that they are not the first.
      const first = replies.filter(({ headers }) => headers.get('idempotency-replayed') === null);
      expect(first).toHaveLength(1);
    }
  });

  it('are one report when they wait for others to be written', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const report = sampleReport({ title: randomUUID() });
    const replies = await together(Array.from({ length: 50 }, () => () => rig.submit(report, hospital, key)));
    expect([...new Set(replies.map(told))]).toEqual([expect.stringMatching(/^\[202,/)]);
    expect(await rig.count('report_revision', `content ->> 'title' = $1`, [report.title])).toBe(1);
  });

  it('and another body are one report, and 422 for the other, whichever was first', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [one, other] = [sampleReport({ title: randomUUID() }), sampleReport({ title: randomUUID() })];
    const replies = await together(
      Array.from({ length: 50 }, (_, n) => () => rig.submit(n % 2 ? one : other, hospital, key)),
    );
    expect(statuses(replies)).toEqual({ 202: 25, 422: 25 });
    expect(await rig.count('report_revision', `content ->> 'title' IN ($1, $2)`, [one.title, other.title])).toBe(1);
  });
});

describe('the organisation’s own number', () => {
  it('names one report also where two instances take it at once', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const report = sampleReport({ externalId: randomUUID() });
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          [rig, second][n % 2]!.client.call(hospital, 'POST', '/v1/reports', report),
        ),
      );
      expect([...new Set(replies.map(told))]).toEqual([expect.stringMatching(/^\[202,/)]);
      expect(await rig.count('report', 'external_id = $1', [report.externalId])).toBe(1);
    }
  });

  it('with another content is refused with where its revisions go', async () => {
    const externalId = randomUUID();
    const first = await rig.submit(sampleReport({ externalId }));
    const { reportId } = first.body;
    const other = await rig.submit(sampleReport({ externalId, title: 'another' }));
    expect([other.status, other.body]).toEqual([
      409,
      expect.objectContaining({ reportId, revisions: `/v1/reports/${reportId}/revisions` }),
    ]);
  });

  it('keeps the same answer under each key that it comes with', async () => {
    const report = sampleReport({ externalId: randomUUID() });
    const first = await rig.submit(report);
    const key = { 'idempotency-key': randomUUID() };
    expect(told(await rig.submit(report, hospital, key))).toBe(told(first));
    const again = await rig.submit(report, hospital, key);
    expect([told(again), again.headers.get('idempotency-replayed')]).toEqual([told(first), 'true']);
  });
});

describe('reports that are written together', () => {
  it('are each their own organisation’s, with their own number, trace, receipt and event', async () => {
    const callers = [hospital, power, defence];
    const titles = Array.from({ length: 60 }, () => randomUUID());
    const replies = await together(
      titles.map((title, n) => () => rig.submit(sampleReport({ title }), callers[n % 3], { 'idempotency-key': title })),
    );
    expect(statuses(replies)).toEqual({ 202: 60 });
    const rows = await rig.database.query<Record<string, string>>(
      'superuser',
      `SELECT content ->> 'title' AS title, report.organisation_id, contact.organisation_id AS contacts, report.id, number,
              revision.correlation_id = ALL (ARRAY[report.correlation_id, contact.correlation_id, outbox.correlation_id,
                idempotency.correlation_id]) AS one_trace, idempotency.organisation_id || ' ' || idempotency.body AS kept,
              outbox.data, traceparent, xmin_of.together
         FROM report JOIN report_revision AS revision ON report_id = id JOIN contact ON ref = contact_ref
         JOIN outbox ON outbox.key = report.id::text JOIN idempotency ON idempotency.key = content ->> 'title'
         JOIN LATERAL (SELECT count(*)::int AS together FROM report AS other WHERE other.xmin = report.xmin) AS xmin_of ON true
        WHERE content ->> 'title' = ANY ($1)`,
      [titles],
    );
    expect(rows).toHaveLength(60);
    for (const row of rows) {
      const n = titles.findIndex((title) => title === row['title']);
      const organisation = callers[n % 3]!.organisation;
      expect([row['organisation_id'], row['contacts'], row['id']]).toEqual([
        organisation,
        organisation,
        replies[n]!.body.reportId,
      ]);
      expect([row['one_trace'], row['traceparent']]).toEqual([true, expect.stringMatching(/^00-/)]);
      expect(row['kept']).toBe(`${organisation} ${JSON.stringify(replies[n]!.body)}`);
      const [, payload = ''] = (replies[n]!.body.receipt as string).split('.');
      const receipt = JSON.parse(Buffer.from(payload, 'base64url').toString());
      expect(receipt).toMatchObject({ reportId: row['id'], organisation, number: Number(row['number']) });
      expect(JSON.parse(row['data']!)).toMatchObject({
        reportId: row['id'],
        number: Number(row['number']),
        organisation: { id: organisation },
      });
    }
    expect(new Set(rows.map(({ number }) => number)).size).toBe(60);
    // What this is about: many of them came into one transaction.
    expect(Math.max(...rows.map(({ together: atOnce }) => Number(atOnce)))).toBeGreaterThan(10);
  });

  it('fail alone where the database does not take one of them', async () => {
    const planted = 'planted_refusal';
    await rig.database.query(
      'owner',
      `ALTER TABLE report ADD CONSTRAINT ${planted} CHECK (external_id NOT LIKE 'bad-%')`,
    );
    try {
      const bad = (n: number): boolean => n % 20 === 7;
      const ids = Array.from({ length: 60 }, (_, n) => `${bad(n) ? 'bad' : 'good'}-${randomUUID()}`);
      const replies = await together(
        ids.map(
          (externalId) => () => rig.submit(sampleReport({ externalId }), hospital, { 'idempotency-key': externalId }),
        ),
      );
      for (const [n, { status }] of replies.entries()) expect([ids[n], status]).toEqual([ids[n], bad(n) ? 500 : 202]);
      expect(await rig.count('report', 'external_id = ANY ($1)', [ids])).toBe(57);
      expect(await rig.count('idempotency', 'key = ANY ($1)', [ids])).toBe(57);
      expect(await rig.count('outbox', 'key = ANY ($1)', [replies.map(({ body }) => body.reportId ?? '')])).toBe(57);
    } finally {
      await rig.database.query('owner', `ALTER TABLE report DROP CONSTRAINT ${planted}`);
    }
  });

  it('fail alone where one is not to be passed on, or of nobody who is registered', async () => {
    const indicators = Array.from({ length: 1000 }, (_, n) => ({ type: 'url', value: `${n}/${'x'.repeat(800)}` }));
    const replies = await together([
      ...Array.from({ length: 10 }, () => () => rig.submit(sampleReport())),
      () => rig.submit(sampleReport({ indicators })),
      () => rig.submit(sampleReport(), stranger),
      ...Array.from({ length: 10 }, () => () => rig.submit(sampleReport())),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([...Array(10).fill(202), 413, 403, ...Array(10).fill(202)]);
  });
});

describe('more than can wait', () => {
  it('is answered 503 at once, and nothing that was not is lost', async () => {
    const [IN_HAND, WAITING, REFUSED] = [2, 1_000, 50];
    const before = await rig.count('report');
    // Those in hand wait for as long as the others take to come: the database is not to give up on them meanwhile.
    for (const limit of ['lock_timeout', 'statement_timeout']) {
      await rig.database.query('superuser', `ALTER ROLE "${rig.database.name}_writer" SET ${limit} = 0`);
    }
    const { service, client } = await another();
    let answered = 0;
    const send = async (): Promise<Reply<{ type: string }>> => {
      const reply = await client.call<{ type: string }>(hospital, 'POST', '/v1/reports', sampleReport());
      answered += 1;
      return reply;
    };
    const replies = await heldUp(async (release) => {
      const calls: ReturnType<typeof send>[] = [];
      for (let inHand = 1; inHand <= IN_HAND; inHand += 1) {
        calls.push(send());
        await eventually('it to wait for the database', async () => (await waitingForALock()) === inHand);
      }
      for (let n = 0; n < WAITING + REFUSED; n += 1) calls.push(send());
      await eventually('what is too much to be refused', async () => answered === REFUSED);
      await release();
      return Promise.all(calls);
    });
    await service.stop();
    expect(statuses(replies)).toEqual({ 202: IN_HAND + WAITING, 503: REFUSED });
    for (const { status, headers, body } of replies) {
      if (status === 503)
        expect([headers.get('retry-after'), body.type]).toEqual(['1', 'urn:sekisho:problem:unavailable']);
    }
    expect(await rig.count('report')).toBe(before + IN_HAND + WAITING);
  });

  it('waits for the last when the service is asked to stop', async () => {
    const third = await another();
    const titles = Array.from({ length: 300 }, () => randomUUID());
    let come = 0;
    third.service.app.getHttpServer().on('request', () => (come += 1));
    const replies = await heldUp(async (release) => {
      const calls = Promise.all(
        titles.map((title) => third.client.call(hospital, 'POST', '/v1/reports', sampleReport({ title }))),
      );
      // What has not come yet when the service stops is not its to answer.
      await eventually('all to have come', async () => come === titles.length);
      await pause(500);
      const stopped = third.service.stop();
      await pause(300);
      await release();
      await stopped;
      return calls;
    });
    expect(statuses(replies)).toEqual({ 202: 300 });
    expect(await rig.count('report_revision', `content ->> 'title' = ANY ($1)`, [titles])).toBe(300);
  });
});
