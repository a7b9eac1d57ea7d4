// A program that starts another, as npm run bench does: node interruptible-process.js FOLDER [deaf]
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { Interruption } from '../src/interruption.js';
import { endDescendants } from '../src/process-tree.js';

const [, , folder = '', deaf] = process.argv;
const interruption = new Interruption();
const remove = (): void => rmSync(folder, { recursive: true, force: true });
interruption.tidy = remove;
const ears = deaf === 'deaf' ? "process.on('SIGINT', () => undefined);" : '';
// Behind one that passes nothing on and waits, as npm has a shell.
const child = `${ears} console.log(process.pid); setInterval(() => undefined, 1000);`;
const between = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' })
  .once('close', () => process.exit());
  process.on('SIGINT', () => undefined);`;
spawn(process.execPath, ['-e', between], { stdio: ['ignore', 'inherit', 'inherit'] });
try {
  await interruption.orNot(new Promise(() => setInterval(() => undefined, 1_000)));
} catch {
  console.log('told');
  await endDescendants(60_000);
  remove();
  console.log('tidied');
}
process.exit(interruption.code);
