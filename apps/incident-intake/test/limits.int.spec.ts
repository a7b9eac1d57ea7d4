import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { TestClient } from '@sekisho/testing';
import { hospital, type IntakeRig, power, startIntake, stranger } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

const BURST = 30;
const PER_SECOND = 10;

let rig: IntakeRig;
let second: TestClient;
let stop: () => Promise<void>;

beforeAll(async () => {
  rig = await startIntake({ environment: { RATE_BURST: String(BURST), RATE_PER_SECOND: String(PER_SECOND) } });
  const service = await rig.another();
  second = new TestClient(service.url, rig.issuer);
  stop = () => service.stop();
});

afterAll(async () => {
  await stop?.();
  await rig?.stop();
});

const list = (client = rig.client, principal = hospital, headers: Record<string, string> = {}) =>
  client.call(principal, 'GET', '/v1/reports', undefined, headers);

it('one client gets its rate from two instances together, and is told when to try again', async () => {
  const begun = Date.now();
  // Nothing that a request says of itself makes another client of it.
  const claims = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}`, 'x-client': String(n) });
  const replies = await Promise.all(
    Array.from({ length: 3 * BURST }, (_, n) => list([rig.client, second][n % 2], hospital, claims(n))),
  );
  const allowed = replies.filter(({ status }) => status === 200);
  const refused = replies.filter(({ status }) => status === 429);
  const refilled = ((Date.now() - begun) / 1000) * PER_SECOND;
  expect(allowed.length + refused.length).toBe(3 * BURST);
  expect(allowed.length).toBeGreaterThanOrEqual(BURST);
  expect(allowed.length).toBeLessThanOrEqual(BURST + refilled + 1);
  for (const { headers, body } of refused) {
    expect([body.type, Number(headers.get('retry-after'))]).toEqual(['urn:sekisho:problem:too-many-requests', 1]);
    expect(headers.get('ratelimit-policy')).toBe(`"client";q=${BURST};w=3`);
    expect(headers.get('ratelimit')).toMatch(/^"client";r=0;t=3$/);
  }
  // Another client is not held up.
  const other = await list(rig.client, power);
  expect([other.status, other.headers.get('ratelimit')]).toEqual([200, expect.stringMatching(/^"client";r=29;t=1$/)]);
  await pause(1_200);
  expect((await list(second)).status).toBe(200);
});

it('a batch waits for its turn instead of being refused', async () => {
  const lines = Array.from({ length: BURST + 15 }, () => `${JSON.stringify(sampleReport())}\n`).join('');
  const begun = Date.now();
  const response = await fetch(`${rig.service.url}/v1/report-batches`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await rig.issuer.token({ ...power, subject: 'batches' })}`,
      'content-type': 'application/x-ndjson',
    },
    body: lines,
  });
  const statuses = (await response.text())
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { status: number }).status);
  expect(statuses).toEqual(Array(BURST + 15).fill(202));
  expect(Date.now() - begun).toBeGreaterThan(1_000);
});

it('whoever is not known has no bucket', async () => {
  const before = await rig.count('rate_bucket');
  for (let n = 0; n < 5; n += 1) expect((await rig.client.call(null, 'GET', '/v1/reports')).status).toBe(401);
  expect(await rig.count('rate_bucket')).toBe(before);
  await list(rig.client, stranger);
  expect(await rig.count('rate_bucket')).toBe(before + 1);
});

it('who sends a body too slowly is told so and cut off', async () => {
  const token = await rig.issuer.token({ ...power, subject: 'slow' });
  const { port } = new URL(rig.service.url);
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    `POST /v1/reports HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
  );
  const drip = setInterval(() => socket.write(' '), 3_000);
  const begun = Date.now();
  await closed;
  clearInterval(drip);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain('urn:sekisho:problem:request-timeout');
  expect(Date.now() - begun).toBeLessThan(40_000);
}, 60_000);
