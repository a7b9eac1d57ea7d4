import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { portsFrom } from '../src/layout.js';
import { markedProcesses } from '../src/marked-processes.js';
import { freePortBase } from '../src/ports.js';

const program = join(import.meta.dirname, '../dist/src/main.js');
let directory: string;
let base: number;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-commands-'));
  await chmod(directory, 0o711);
  base = await freePortBase();
});

afterAll(async () => {
  await command('reset').ended;
  await rm(directory, { recursive: true, force: true });
}, 120_000);

interface Run {
  child: ChildProcess;
  output(): string;
  ended: Promise<{ code: number | null; output: string }>;
  /** Waits until the output has the text, or the program has ended. */
  until(text: string): Promise<void>;
}

function command(...args: string[]): Run {
  const child = spawn(process.execPath, [program, ...args, '--directory', directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, output }));
  });
  const until = async (text: string) => {
    while (!output.includes(text) && child.exitCode === null) await pause(50);
    if (!output.includes(text)) throw new Error(`"${text}" did not come:\n${output}`);
  };
  return { child, output: () => output, ended, until };
}

const start = () => command('start', '--empty', '--port-base', String(base));

describe('the commands of the local stack', () => {
  it('names a port that is in use, and by whom', async () => {
    const { postgres } = portsFrom(base);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(postgres, '127.0.0.1', resolve));
    const { code, output } = await start().ended;
    await new Promise((resolve) => server.close(resolve));
    expect(code).toBe(1);
    expect(output).toContain(`Port ${postgres} (for PostgreSQL) is in use by`);
    if (process.platform === 'linux') expect(output).toContain(`process ${process.pid} `);
    expect(output).toContain('SEKISHO_PORT_BASE');
  });

  it('leaves nothing behind when it is told to end in the middle of its start', async () => {
    const run = start();
    await run.until('✓ PostgreSQL');
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect(markedProcesses(directory)).toEqual([]);
  }, 90_000);

  it('ends what a killed stack has left, goes on, and ends everything when told to', async () => {
    const killed = start();
    await killed.until('The platform is up');
    const refused = await start().ended;
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('already runs')]);
    expect((await command('status').ended).code).toBe(0);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect((await command('status').ended).output).toContain('A killed one has left behind: postgres');

    const next = start();
    await next.until('The platform is up');
    expect(next.output()).toContain('ended what a killed stack had left behind');
    expect(next.output()).toContain('0 topics created');
    expect(next.output()).toContain('0 migrations applied');
    next.child.kill('SIGINT');
    expect((await next.ended).code).toBe(0);
    expect(markedProcesses(directory)).toEqual([]);
  }, 240_000);

  it('says what is damaged; a reset mends it', async () => {
    await writeFile(join(directory, 'state.json'), '{ "version": 1,');
    const { code, output } = await start().ended;
    expect([code, output]).toEqual([1, expect.stringContaining('state.json is damaged')]);
    expect(output).toContain('npm run reset');
    expect((await command('reset').ended).code).toBe(0);
    expect((await command('status').ended).output).toContain('No stack runs');
  }, 60_000);

  it('answers a wrong use with how it is used', async () => {
    const wrong = await command('start', '--emtpy').ended;
    expect([wrong.code, wrong.output]).toEqual([2, expect.stringContaining('npm start')]);
  });
});
