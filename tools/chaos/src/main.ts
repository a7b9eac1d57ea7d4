import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { Fault, Interruption } from '@sekisho/stack';
import { commandOf, optionsOf, USAGE, WrongUse } from './options.js';
import { run } from './run.js';
import { verdict } from './verdict.js';

// `npm run chaos`: everything that can go wrong at once, and proof afterwards that nothing did.
const root = resolve(import.meta.dirname, '../../../..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const interruption = new Interruption();

async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2), () => randomInt(2 ** 32 - 1));
  if (options === 'help') {
    say(USAGE);
    return 0;
  }
  const started = Date.now();
  say(`seed ${options.seed}. Again: ${commandOf(options)}`);
  const tell = (line: string): void => say(`${((Date.now() - started) / 1000).toFixed(1).padStart(7)} s  ${line}`);
  const outcome = await run(root, options, tell, interruption);
  for (const line of verdict(options, outcome)) say(line);
  return outcome.findings.every(({ faults }) => faults.length === 0) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof WrongUse) process.stderr.write(`${error.message}\n\n${USAGE}`);
  else if (interruption.signal.aborted) process.stderr.write('\nBroken off; nothing is left running.\n');
  else if (error instanceof Fault) process.stderr.write(`\n✗ ${error.message}\n\n  ${error.remedy}\n`);
  else process.stderr.write(`\n✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = error instanceof WrongUse ? 2 : (interruption.code ?? 1);
}
process.exit();
