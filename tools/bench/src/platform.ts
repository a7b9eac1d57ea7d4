import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePortBase } from '@sekisho/stack';
import type { BenchPlatform } from './figure.js';

export interface OwnPlatform extends BenchPlatform {
  stop(): Promise<void>;
}

/** The whole platform as `npm start -- --empty` starts it, from a folder and on ports of the run's own. */
export async function startPlatform(root: string, directory: string): Promise<OwnPlatform> {
  const base = String(await freePortBase());
  const program = join(root, 'tools/stack/dist/src/main.js');
  const args = [program, 'start', '--empty', '--directory', directory, '--port-base', base];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const lines: string[] = [];
  const up = new Promise<void>((resolve, reject) => {
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        lines.push(line);
        if (line.startsWith('The platform is up')) resolve();
      });
    }
    const fail = (): void => reject(new Error(`the platform did not come up:\n${lines.slice(-30).join('\n')}`));
    void ended.then(fail, fail);
  });
  await up;
  return {
    directory,
    pid: child.pid!,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
