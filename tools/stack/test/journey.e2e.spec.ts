import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
// As built, as `npm start` runs it.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { freePortBase, isRunning, kafkaClient, type RunningStack, startStack } from '@sekisho/stack';

const root = resolve(import.meta.dirname, '../../..');
const NAMES = [
  'postgres',
  'kafka',
  'issuer',
  'incident-intake',
  'classification',
  'nsc-scheduling',
  'agency-tasking',
  'oversight-reporting',
];

let directory: string;
let portBase: number;
let stack: RunningStack;
/** What the report said after the journey. */
let reported: Report['figures'];

const begin = async (): Promise<RunningStack> => startStack({ root, directory, settings: { portBase } });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-e2e-'));
  portBase = await freePortBase();
  stack = await begin();
}, 180_000);

afterAll(async () => {
  await stack?.stop();
  await rm(directory, { recursive: true, force: true });
}, 60_000);

/** Runs a program to its end with its output. */
function run(program: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(root, program), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((done) => child.once('exit', (code) => done({ code, output })));
}

async function get<Body>(client: string, url: string): Promise<{ status: number; body: Body }> {
  const { id, secret } = stack.endpoints.clients[client]!;
  const granted = await fetch(stack.endpoints.tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as Body };
}

const month = (): string => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 7);

interface Report {
  readonly figures: { readonly reports: { received: number }; readonly orders: { issued: number; completed: number } };
  readonly basis: { readonly topic: string; readonly missing: number }[];
  readonly reauthorised: { readonly stands: boolean }[];
}

const report = async (): Promise<Report> =>
  (await get<Report>('commission-1', `${stack.endpoints.oversight}/v1/periodic-reports/${month()}`)).body;

describe('the whole platform, as processes', () => {
  it('takes one incident, and every other kind of case, from a partner’s report to the commission’s periodic report', async () => {
    const { code, output } = await run('tools/demo/dist/src/main.js', '--endpoints', stack.endpointsFile);
    expect([code, output.includes('its figures match what was done')]).toEqual([0, true]);
    const { figures, basis, reauthorised } = await report();
    expect(figures.reports.received).toBeGreaterThan(18);
    expect(basis.filter(({ missing }) => missing > 0)).toEqual([]);
    expect(reauthorised).toHaveLength(figures.orders.issued);
    expect(reauthorised.filter(({ stands }) => !stands)).toEqual([]);
    reported = figures;
  }, 180_000);

  it('serves every API’s description and health', async () => {
    const { intake, classification, scheduling, tasking, oversight } = stack.endpoints;
    for (const base of [intake, classification, scheduling, tasking, oversight]) {
      for (const path of ['/docs', '/openapi.json', '/health/live', '/health/ready', '/metrics']) {
        expect([path, (await fetch(`${base}${path}`)).status]).toEqual([path, 200]);
      }
    }
  });

  it('lets an agency read its own tasking topic and nothing else, and write none of ours', async () => {
    const { brokers, ca, users } = stack.endpoints.kafka;
    const kafka = kafkaClient({ brokers, ca, username: 'agency-npa', password: users['agency-npa']! });
    const admin = kafka.admin();
    await admin.connect();
    expect((await admin.fetchTopicOffsets('tasking.npa.v1')).length).toBeGreaterThan(0);
    for (const foreign of ['tasking.sdf.v1', 'intake.reports.v1', 'agency.sdf.v1']) {
      await expect(admin.fetchTopicOffsets(foreign)).rejects.toThrow(/authori/i);
    }
    await admin.disconnect();
    const producer = kafka.producer({ retry: { retries: 0 } });
    await producer.connect();
    await expect(
      producer.send({ topic: 'tasking.npa.v1', messages: [{ key: 'k', value: '{"order":"forged"}' }] }),
    ).rejects.toThrow(/authori/i);
    await producer.disconnect();
  });

  it('goes on with its data after everything was killed at once', async () => {
    const killed = NAMES.map((name) => stack.process(name)!);
    for (const { pid } of killed) process.kill(pid, 'SIGKILL');
    await Promise.all(killed.map(({ exited }) => exited));
    await stack.stop();
    stack = await begin();
    const { figures, basis } = await report();
    expect(figures).toMatchObject({ reports: reported.reports, orders: reported.orders });
    expect(basis.filter(({ missing }) => missing > 0)).toEqual([]);
    const again = await run('tools/demo/dist/src/main.js', '--endpoints', stack.endpointsFile);
    expect([again.code, again.output.includes('The journey as it went on')]).toEqual([0, true]);
  }, 180_000);

  it('leaves no process behind', async () => {
    const processes = NAMES.map((name) => stack.process(name)!);
    expect(processes.filter((each) => !isRunning(each))).toEqual([]);
    await stack.stop();
    expect(processes.filter(isRunning).map(({ name }) => name)).toEqual([]);
    expect(JSON.parse(readFileSync(join(directory, 'endpoints.json'), 'utf8'))).toMatchObject({
      kafka: { mechanism: 'scram-sha-512' },
    });
  }, 60_000);
});
