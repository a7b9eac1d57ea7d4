import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
// As built, as `npm start` runs it.
import { Caller, recentIncidents, sender } from '@sekisho/demo';
import { freePortBase, type RunningStack, startStack } from '@sekisho/stack';
import { commandsIn, filesIn, likeness, type ShownCommand } from './drafters-afternoon.js';

const root = resolve(import.meta.dirname, '../../..');
const DRAFT = 'libs/guideline/test/amendment/acd-2027-04-invented.ts';
const START = `npm start -- --draft ${DRAFT}`;
const CASES = 18;

const page = await readFile(join(root, 'docs/drafters-afternoon.md'), 'utf8');
const commands = commandsIn(page);
const toStart = commands.findIndex(({ command }) => command === START);

let folder: string;
let stack: RunningStack | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sekisho-afternoon-'));
});

afterAll(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** What the page calls `npm run sekisho`, without building first; files of the drafter's own are kept in a folder of the test's. */
function run(
  { command }: ShownCommand,
  incident: string,
): Promise<{ code: number | null; output: string; said: string }> {
  const line = command
    .replace('npm run sekisho --', `"${process.execPath}" tools/stack/dist/src/main.js sekisho --directory "${folder}"`)
    .replace('<incident>', incident)
    .replace(/(?<= )[\w-]+\.(json|csv|svg|pdf)\b/g, (name) => `"${join(folder, name)}"`);
  const child = spawn('sh', ['-c', line], { cwd: root, env: { ...process.env, LC_ALL: 'C', LANG: 'C' } });
  let [output, said] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  return new Promise((done) => child.once('close', (code) => done({ code, output, said })));
}

/** Its answers are as the page shows them, and it fails where the page shows that something is wrong. */
async function holds(shown: ShownCommand, incident = ''): Promise<string> {
  const { code, output, said } = await run(shown, incident);
  const failed = shown.output.includes('✗');
  expect([shown.line, code, failed ? '' : said.replace('200 OK\n', '')]).toEqual([shown.line, failed ? 1 : 0, '']);
  if (shown.output !== '') expect(output).toMatch(likeness(shown.output));
  return output;
}

describe('a drafter’s afternoon', () => {
  it('begins with two files, which are as the page shows them', async () => {
    const files = filesIn(page);
    expect(files.map(({ path }) => path)).toHaveLength(2);
    for (const { path, content } of files) expect(content).toBe(await readFile(join(root, path), 'utf8'));
    expect(files.map(({ path }) => path)).toContain(DRAFT);
  });

  it('goes on without a platform: lint, diff, cases of a file', async () => {
    expect(toStart).toBeGreaterThan(3);
    for (const shown of commands.slice(0, toStart)) await holds(shown);
  }, 240_000);

  it('ends on one that was started with the draft: stored cases, and why one of them changes', async () => {
    const portBase = await freePortBase();
    const drafts = [join(root, DRAFT.replace('/test/', '/dist/test/').replace(/ts$/, 'js'))];
    stack = await startStack({
      root,
      directory: folder,
      settings: { portBase, drafts },
      services: ['incident-intake', 'classification'],
    });
    await reportEighteen(stack);
    let incident = '';
    for (const shown of commands.slice(toStart + 1)) {
      const output = await holds(shown, incident);
      // One whose end changes.
      incident ||= /^ {2}([0-9a-f-]{36})\n.*→/m.exec(output)?.[1] ?? '';
    }
    expect(incident).not.toBe('');
    const [table, picture] = await Promise.all(
      ['changes.csv', 'replay.svg'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    expect(table).toMatch(new RegExp(`^${incident},`, 'm'));
    expect(picture).toContain('acd-2027-04-invented');
  }, 240_000);
});

/** The real incidents of the journey, and classification's cases of them. */
async function reportEighteen({ endpoints }: RunningStack): Promise<void> {
  const caller = new Caller(endpoints);
  for (const real of await recentIncidents(Date.now(), 'afternoon')) {
    await caller.write(sender(real), 'POST', `${endpoints.intake}/v1/reports`, real.report);
  }
  await caller.until('the cases', async () => {
    const url = `${endpoints.classification}/v1/incidents?limit=100`;
    const { items } = await caller.get<{ items: unknown[] }>('analyst-1', url);
    return items.length === CASES;
  });
}
