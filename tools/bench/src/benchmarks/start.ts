import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePortBase } from '@sekisho/stack';
import type { Bench, Benchmark, Figure } from '../figure.js';
import { median } from '../statistics.js';

const WARM_STARTS = 2;
const LONGEST_MS = 600_000;

interface Run {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command to its end; throws with its output when it fails. */
async function command({ cwd, env = process.env }: Run, program: string, ...args: string[]): Promise<void> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output.slice(-4_000)}`);
}

/** Seconds from `npm start` to a platform that is up; it is ended again. */
async function timed(run: Run, directory: string): Promise<number> {
  const { cwd, env = process.env } = run;
  const base = String(await freePortBase());
  const started = performance.now();
  const args = ['start', '--', '--empty', '--directory', directory, '--port-base', base];
  const child = spawn('npm', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const lines: string[] = [];
  const up = new Promise<number>((resolve, reject) => {
    const fail = (): void => reject(new Error(`npm start did not come up:\n${lines.slice(-30).join('\n')}`));
    const timer = setTimeout(fail, LONGEST_MS);
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        lines.push(line);
        if (!line.startsWith('The platform is up')) return;
        clearTimeout(timer);
        resolve((performance.now() - started) / 1000);
      });
    }
    void ended.then(fail, fail).finally(() => clearTimeout(timer));
  });
  try {
    return await up;
  } finally {
    await command(run, process.execPath, join('tools', 'run.mjs'), 'stop', '--directory', directory);
    await ended;
  }
}

async function measure(bench: Bench): Promise<Figure[]> {
  const { root, folder, tell, options } = bench;
  await bench.endPlatform();
  const directory = join(folder, 'start');
  tell('cold: an empty state folder');
  const cold = await timed({ cwd: root }, directory);
  const warm: number[] = [];
  for (let time = 1; time <= WARM_STARTS; time += 1) {
    tell(`warm, ${time} of ${WARM_STARTS}`);
    warm.push(await timed({ cwd: root }, directory));
  }
  return [
    { name: 'npm start, warm, without journey', value: median(warm), unit: 's', aim: { atMost: 15 } },
    { name: 'npm start, empty state folder', value: cold, unit: 's' },
    ...(options.freshClone ? [await fromNothing(bench)] : []),
  ];
}

/** A clone of this commit with nothing installed or built, and npm with an empty cache: as on a machine that has never seen it. */
async function fromNothing({ root, folder, tell }: Bench): Promise<Figure> {
  tell('cold: a fresh clone, with an empty npm cache');
  const clone = join(folder, 'clone');
  await command({ cwd: folder }, 'git', 'clone', '--quiet', '--no-hardlinks', root, clone);
  const env = { ...process.env, npm_config_cache: join(folder, 'npm-cache') };
  const value = await timed({ cwd: clone, env }, join(folder, 'clone-state'));
  return { name: 'npm start, fresh clone, empty npm cache', value, unit: 's' };
}

export const startBenchmark: Benchmark = {
  name: 'start',
  title: 'npm start --empty until the platform is up',
  run: measure,
};
