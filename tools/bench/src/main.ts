import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endDescendants, Interruption } from '@sekisho/stack';
import { BENCHMARKS } from './catalogue.js';
import type { Bench, Benchmark } from './figure.js';
import { commit, machine } from './machine.js';
import { type OwnPlatform, startPlatform } from './platform.js';
import { markdown, type Measured, table } from './table.js';

const USAGE = `npm run bench                      every benchmark, in about six minutes
npm run bench -- NAME…             these alone
${BENCHMARKS.map(({ name, title }) => `    ${name.padEnd(12)} ${title}`).join('\n')}
  --json FILE      where the numbers go; bench-results/<date>.json unless told
  --record         also writes the table into docs/benchmarks.md
  --fresh-clone    with start: also from a fresh clone with an empty npm cache (minutes, and it needs the package registries)
`;
const BEGIN = '<!-- the last recorded run -->';

/** A graceful end of ten processes; what is left is killed then. */
const PATIENCE_MS = 60_000;

const root = resolve(import.meta.dirname, '../../../..');
const interruption = new Interruption();

class Misused extends Error {}

function read(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      record: { type: 'boolean', default: false },
      'fresh-clone': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const unknown = positionals.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) throw new Misused(`There is no benchmark ${unknown.map((name) => `"${name}"`).join(', ')}.`);
  const chosen = BENCHMARKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  if (values['fresh-clone'] && !chosen.some(({ name }) => name === 'start')) {
    throw new Misused('--fresh-clone is of the benchmark start, which is not among those to run.');
  }
  return { ...values, chosen };
}

/** Runs benchmarks one after the other with what they share, and leaves nothing behind. */
async function measure(chosen: readonly Benchmark[], freshClone: boolean): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-bench-'));
  // PostgreSQL runs as another user where this one is root, and must pass through.
  chmodSync(folder, 0o711);
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  interruption.tidy = remove;
  let platform: OwnPlatform | undefined;
  const tell = (line: string): void => console.log(`    ${line}`);
  const bench: Bench = {
    root,
    folder,
    options: { freshClone },
    tell,
    platform: async () => {
      if (platform === undefined) {
        tell('starting a platform');
        platform = await startPlatform(root, join(folder, 'platform'));
      }
      return platform;
    },
    endPlatform: async () => {
      const running = platform;
      platform = undefined;
      await running?.stop();
    },
  };
  try {
    const measured: Measured[] = [];
    for (const { name, run } of chosen) {
      console.log(`… ${name}`);
      measured.push({ benchmark: name, figures: await interruption.orNot(run(bench)) });
    }
    return measured;
  } finally {
    // Broken off in the middle of something: whatever it has started, and goes on to start, is ended here.
    if (interruption.signal.aborted) await endDescendants(PATIENCE_MS);
    else await bench.endPlatform();
    remove();
  }
}

/** The page keeps its words; what follows the mark is the last recorded run. */
function record(page: string, heading: string, measured: readonly Measured[]): void {
  const text = readFileSync(page, 'utf8');
  const at = text.indexOf(BEGIN);
  if (at < 0) throw new Error(`${page} does not say where the table goes: ${BEGIN}`);
  writeFileSync(page, `${text.slice(0, at)}${BEGIN}\n\n${heading}\n\n${markdown(measured)}\n`);
}

async function main(): Promise<number> {
  const options = read(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const date = new Date().toISOString();
  const where = { date, commit: commit(root), machine: machine() };
  const measured = await measure(options.chosen, options['fresh-clone']);
  console.log(`\n${table(measured)}\n`);
  const { cpu, cores, memoryGiB, node, load } = where.machine;
  const heading = `${date.slice(0, 10)}, commit ${where.commit}, ${cores} × ${cpu}, ${memoryGiB} GiB, Node ${node}, load before ${load}`;
  console.log(heading);
  const file = resolve(options.json ?? join(root, 'bench-results', `${date.replaceAll(':', '-')}.json`));
  mkdirSync(resolve(file, '..'), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...where, measured }, null, 2)}\n`);
  console.log(file);
  if (options.record) record(join(root, 'docs/benchmarks.md'), heading, measured);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (interruption.signal.aborted) {
    process.stderr.write('\nBroken off; nothing is left running.\n');
    process.exit(interruption.code);
  }
  const misused =
    error instanceof Misused ||
    (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  process.stderr.write(misused ? `${(error as Error).message}\n\n${USAGE}` : `✗ ${String((error as Error).stack)}\n`);
  process.exitCode = misused ? 2 : 1;
}
process.exit();
