import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
// As built, as `npm start` runs it.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { freePortBase, isRunning, type RunningStack, startStack } from '@sekisho/stack';

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

interface Seen {
  readonly name: string;
  readonly said: readonly string[];
  readonly got: { readonly npa: readonly string[]; readonly sdf: readonly string[] };
  readonly counts: Readonly<Record<string, number>>;
}

const ORDER = ['order-issued'];
const NONE: string[] = [];
const stopped = (reason: string): string[] => ['order-issued', `order-stopped: ${reason}`];
const DONE = { 'orders.issued': 1, 'orders.completed': 1 };

/** For each kind of case: what the API says, what the agencies get, what the report counts. */
const KINDS: [name: string, says: RegExp, npa: string[], sdf: string[], counts: Record<string, number | undefined>][] =
  [
    ['sdf-alone', /review YES, executor SDF/, NONE, ORDER, { ...DONE, 'orders.byExecutor.SDF': 1 }],
    ['domestic-police', /review NO, executor NPA_SOLE/, ORDER, NONE, { ...DONE, 'nsc.decisions': undefined }],
    [
      'joint',
      /sdf returned COMPLETED: COMPLETED/,
      ['order-issued', 'return-rejected: the other agency has not acknowledged yet'],
      ORDER,
      { ...DONE, 'orders.byExecutor.JOINT_NPA_SDF': 1, 'orders.returnsRejected': 1 },
    ],
    ['joint-declined', /DECLINED/, stopped('agency-sdf declined the joint order'), ORDER, { 'orders.declined': 1 }],
    [
      'urgent-justified',
      /409 COMMISSION_APPROVAL MISSING/,
      ORDER,
      NONE,
      { ...DONE, 'commission.urgent': 1, 'commission.justified': 1 },
    ],
    [
      'urgent-unjustified',
      /owed: RULING_ANSWER by tasking-officer/,
      stopped('the commission ruled UNJUSTIFIED'),
      NONE,
      { 'commission.unjustified': 1, 'orders.stopped': 1, 'orders.completed': undefined },
    ],
    [
      'safeguard-missing',
      /NSC_APPROVAL[^]*COMMISSION_APPROVAL[^]*FOREIGN_MINISTER_CONSULTATION[^]*PRIME_MINISTER_ORDER[^]*NPSC_CONSENT/,
      NONE,
      NONE,
      { 'orders.refused': 5, 'orders.refusedByMissing.NPSC_CONSENT': 1, 'orders.issued': undefined },
    ],
    ['approval-stale', /(stale-scope[^]*){4}/, NONE, NONE, { 'nsc.reviewsSuperseded': 4, 'orders.issued': undefined }],
    [
      'approval-withdrawn',
      /after the stop: agency-npa STOPPED, touched s1/,
      stopped('the NSC withdrew its approval: Made up for the demonstration.'),
      NONE,
      { 'nsc.withdrawn': 1, 'orders.stopRequested': 1, 'orders.stopped': 1, 'orders.completed': undefined },
    ],
    ['facts-changed', /NO_AUTHORITY/, stopped('the confirmation lapsed: FACTS_CHANGED'), NONE, { 'orders.stopped': 1 }],
    [
      'fact-contested',
      /the order is SUSPENDED/,
      [
        'order-issued',
        'order-suspended: servers.s1.location is contested',
        'return-rejected: the order is suspended',
        'order-resumed: servers.s1.location was upheld',
      ],
      NONE,
      { ...DONE, 'incidents.factsContested': 1, 'orders.suspended': 1, 'orders.resumed': 1 },
    ],
    [
      'report-revised',
      /revision 2 of the report: 201/,
      [
        'order-issued',
        'order-suspended: servers.s1.location is contested',
        'order-resumed: servers.s1.location was upheld',
      ],
      NONE,
      {
        ...DONE,
        'reports.revised': 2,
        'incidents.factsContested': 1,
        'orders.suspended': 1,
        'orders.resumed': 1,
      },
    ],
    [
      'information-only',
      /NO_MEASURE, review NO, 0 safeguards, 0 executors/,
      NONE,
      NONE,
      { 'orders.drafted': undefined },
    ],
    ['before-october-2026', /GUIDELINE_NOT_IN_FORCE/, NONE, NONE, { 'orders.refused': 1, 'orders.issued': undefined }],
    ['approved-with-conditions', /told of the result within a day/, ORDER, NONE, DONE],
    ['rejected', /NSC_APPROVAL REJECTED/, NONE, NONE, { 'nsc.byOutcome.REJECTED': 1, 'orders.issued': undefined }],
    ['deferred', /NSC_APPROVAL DEFERRED/, ORDER, NONE, { ...DONE, 'nsc.byOutcome.DEFERRED': 1 }],
    ['minister-recused', /CYBERSECURITY_MINISTER: RECUSED/, ORDER, NONE, { ...DONE, 'nsc.recusals': 1 }],
  ];

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

  it('answers each kind of case as it should', async () => {
    const { kinds } = JSON.parse(readFileSync(join(directory, 'journey.json'), 'utf8')) as { kinds: Seen[] };
    expect(kinds.map(({ name }) => name)).toEqual(KINDS.map(([name]) => name));
    for (const [index, [name, says, npa, sdf, counts]] of KINDS.entries()) {
      const seen = kinds[index]!;
      const counted = Object.fromEntries(Object.keys(counts).map((figure) => [figure, seen.counts[figure]]));
      expect([name, seen.said.join('\n'), seen.got, counted]).toEqual([
        name,
        expect.stringMatching(says),
        { npa, sdf },
        counts,
      ]);
    }
  });

  it('serves every API’s description and health', async () => {
    const { intake, classification, scheduling, tasking, oversight } = stack.endpoints;
    for (const base of [intake, classification, scheduling, tasking, oversight]) {
      for (const path of ['/docs', '/openapi.json', '/health/live', '/health/ready', '/metrics']) {
        expect([path, (await fetch(`${base}${path}`)).status]).toEqual([path, 200]);
      }
    }
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
    const killed = processes.filter((each) => each.exit()?.signal === 'SIGKILL');
    expect(killed.map(({ name, tail }) => `${name} did not go when asked: ${tail()}`)).toEqual([]);
    expect(JSON.parse(readFileSync(join(directory, 'endpoints.json'), 'utf8'))).toMatchObject({
      kafka: { mechanism: 'scram-sha-512' },
    });
  }, 60_000);
});
