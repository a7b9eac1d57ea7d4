// Starts one PostgreSQL and one Kafka for tests and stays until it is told to end, or its parent has gone:
//   node tools/stack/dist/src/test-infrastructure.js --out /tmp/infrastructure.json [--leash]
// In containers where an engine has or can get the images, else as processes; SEKISHO_TEST_INFRASTRUCTURE=containers|embedded demands.
// With --leash it ends when its standard input does, so that a killed test run leaves nothing behind.
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findEngine, imagesFor } from '#engine';
import { brokerFault } from '#preflight';
import { Fault } from './fault.js';
import { startInfrastructure } from './infrastructure.js';
import { chooseWay, demandedWay, type Way, WAY_VARIABLE } from './infrastructure-way.js';

/** A port that was free may be taken when it comes to it. */
const ATTEMPTS = 2;

const root = resolve(import.meta.dirname, '../../../..');
const { values } = parseArgs({ options: { out: { type: 'string' }, leash: { type: 'boolean', default: false } } });
if (!values.out) {
  process.stderr.write('usage: test-infrastructure.js --out FILE [--leash]\n');
  process.exit(2);
}
const out = resolve(values.out);
const stopping = new AbortController();
const { signal } = stopping;
const stop = () => stopping.abort(new Error('told to stop'));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
if (values.leash) process.stdin.on('end', stop).on('error', stop).resume();

const say = (text: string) => process.stderr.write(`test infrastructure: ${text}\n`);
/** On one line; a container's log may hang on it. */
const reasonIn = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 400);

const directory = mkdtempSync(join(tmpdir(), 'sekisho-test-'));
// PostgreSQL runs as another user where this is root, and must be able to pass.
chmodSync(directory, 0o711);
let failed = false;
try {
  const infrastructure = await start(await chosenWay());
  const { postgres, kafka } = infrastructure;
  // In one step: whoever waits for the file never reads half of it.
  writeFileSync(`${out}.partial`, JSON.stringify({ pid: process.pid, postgres, kafka }, null, 2), { mode: 0o600 });
  renameSync(`${out}.partial`, out);
  const alive = setInterval(() => undefined, 60_000);
  if (!signal.aborted) await new Promise((done) => signal.addEventListener('abort', done));
  clearInterval(alive);
  // Another one may have written its own there meanwhile.
  if (readFileSync(out, 'utf8').includes(`"pid": ${process.pid},`)) rmSync(out, { force: true });
  await infrastructure.stop();
} catch (error) {
  failed = !signal.aborted;
  if (failed && error instanceof Fault) process.stderr.write(`\n✗ ${error.message}\n  ${error.remedy}\n`);
  else if (failed) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

async function chosenWay(): Promise<Way> {
  const demanded = demandedWay(process.env[WAY_VARIABLE]);
  const engine = demanded === 'embedded' ? undefined : await findEngine(imagesFor(['postgres', 'kafka']), { say });
  const way = chooseWay({ demanded, engine, broker: brokerFault(root) });
  say(`${way.way} (${way.because})`);
  return way;
}

/** Containers that do not start are no reason for tests to fail, where there is another way and they were not demanded. */
async function start(way: Way) {
  if (way.way === 'embedded') return startInfrastructure({ root, directory: join(directory, 'embedded'), signal });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const folder = join(directory, `containers-${attempt}`);
      return await startInfrastructure({ root, directory: folder, engine: way.engine, signal });
    } catch (error) {
      signal.throwIfAborted();
      if (attempt < ATTEMPTS) {
        say(`containers did not start, trying again: ${reasonIn(error)}`);
        continue;
      }
      if (!way.else) throw error;
      say(`embedded (containers did not start: ${reasonIn(error)}); ${WAY_VARIABLE}=embedded takes this way at once`);
      return startInfrastructure({ root, directory: join(directory, 'embedded'), signal });
    }
  }
}
