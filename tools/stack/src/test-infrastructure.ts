// Starts one PostgreSQL and one Kafka for tests and stays until it is told to end, or its parent has gone:
//   node tools/stack/dist/src/test-infrastructure.js --out /tmp/infrastructure.json [--leash]
// With --leash it ends when its standard input does, so that a killed test run leaves nothing behind.
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startInfrastructure } from './infrastructure.js';

const root = resolve(import.meta.dirname, '../../../..');
const { values } = parseArgs({ options: { out: { type: 'string' }, leash: { type: 'boolean', default: false } } });
if (!values.out) {
  process.stderr.write('usage: test-infrastructure.js --out FILE [--leash]\n');
  process.exit(2);
}
const out = resolve(values.out);
const stopping = new AbortController();
const stop = () => stopping.abort(new Error('told to stop'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
if (values.leash) process.stdin.on('end', stop).on('error', stop).resume();

const directory = mkdtempSync(join(tmpdir(), 'sekisho-test-'));
// PostgreSQL runs as another user where this is root, and must be able to pass.
chmodSync(directory, 0o711);
let failed = false;
try {
  const infrastructure = await startInfrastructure(root, directory, stopping.signal);
  const { postgres, kafka } = infrastructure;
  // In one step: whoever waits for the file never reads half of it.
  writeFileSync(`${out}.partial`, JSON.stringify({ pid: process.pid, postgres, kafka }, null, 2), { mode: 0o600 });
  renameSync(`${out}.partial`, out);
  const alive = setInterval(() => undefined, 60_000);
  if (!stopping.signal.aborted) await new Promise((done) => stopping.signal.addEventListener('abort', done));
  clearInterval(alive);
  // Another one may have written its own there meanwhile.
  if (readFileSync(out, 'utf8').includes(`"pid": ${process.pid},`)) rmSync(out, { force: true });
  await infrastructure.stop();
} catch (error) {
  failed = !stopping.signal.aborted;
  if (failed) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
