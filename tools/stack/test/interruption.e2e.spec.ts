import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from '../src/process-identity.js';

const program = join(import.meta.dirname, '../dist/test/interruptible-process.js');

/** The program, once what it has started is there, with a request to end; `again` tells it once more after so many milliseconds. */
async function interrupted(name: NodeJS.Signals, { deaf = false, again }: { deaf?: boolean; again?: number } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-interrupted-'));
  const args = [program, folder, ...(deaf ? ['deaf'] : [])];
  const head = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const ended = once(head, 'exit') as Promise<[number | null]>;
  let output = '';
  head.stdout.on('data', (text: Buffer) => (output += text.toString()));
  while (!/^\d+\n/.test(output)) await pause(20);
  const youngest = identify(Number.parseInt(output)) as ProcessIdentity;
  head.kill(name);
  if (again !== undefined) {
    await pause(again);
    head.kill(name);
  }
  const [code] = await ended;
  await pause(100);
  return { code, output: output.split('\n').slice(1), left: [isRunning(youngest), existsSync(folder)] };
}

describe('a program that is told to end', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    'by %s ends what it has started, takes its folder away and leaves with %d',
    async (name, code) => {
      const { output, ...rest } = await interrupted(name);
      expect([rest, output]).toEqual([{ code, left: [false, false] }, ['told', 'tidied', '']]);
    },
    20_000,
  );

  it('takes two requests within a second for one', async () => {
    expect((await interrupted('SIGINT', { again: 50 })).output).toEqual(['told', 'tidied', '']);
  }, 20_000);

  it('kills what does not listen when it is told again, and is gone at once', async () => {
    const { output, ...rest } = await interrupted('SIGINT', { deaf: true, again: 1_200 });
    expect([rest, output]).toEqual([{ code: 130, left: [false, false] }, ['told', '']]);
  }, 20_000);
});
