// `node main.js start|stop|reset|status|sekisho …`: what the scripts of package.json call once everything is built.
import { resolve } from 'node:path';
import { call } from './call.js';
import { reset, start, status, stop } from './commands.js';
import { Fault } from './fault.js';

const root = resolve(import.meta.dirname, '../../../..');
const [command = '', ...rest] = process.argv.slice(2);
const commands: Record<string, () => Promise<void>> = {
  start: () => start(root, { empty: rest.includes('--empty'), again: rest.includes('--again') }),
  stop: () => stop(root),
  reset: () => reset(root),
  status: () => status(root),
  sekisho: () => call(root, rest),
};

try {
  const run = commands[command];
  if (!run) throw new Fault(`There is no command ${command}.`, `There are ${Object.keys(commands).join(', ')}.`);
  await run();
  process.exit(0);
} catch (error) {
  if (error instanceof Fault) console.error(`\n✗ ${error.message}\n  ${error.remedy}`);
  else console.error(error);
  process.exit(1);
}
