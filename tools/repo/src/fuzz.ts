// `npm run fuzz`: a foreign fuzzing client, schemathesis, against the five services of a running stack, driven by what each says of itself.
// It needs Python and the package, which nobody has to have: the tests have a fuzzing client of their own.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const SERVICES = ['intake', 'classification', 'scheduling', 'tasking', 'oversight'];
/** Rules that a schema cannot say are told with 400; 428 is not known to it; the others want requests that build on one another. */
const LEFT_OUT = [
  'missing_required_header',
  'positive_data_acceptance',
  'use_after_free',
  'ensure_resource_availability',
  'object_level_authorization',
];
const EXAMPLES_OF_AN_OPERATION = 250;
const MOST_ROUNDS = 10;
const root = resolve(import.meta.dirname, '../../../..');

const { values } = parseArgs({
  options: {
    endpoints: { type: 'string', default: join(root, '.local/endpoints.json') },
    requests: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    service: { type: 'string', multiple: true, default: SERVICES },
  },
});

function fail(fault: string, remedy: string): never {
  console.error(`\n✗ ${fault}\n  ${remedy}`);
  process.exit(1);
}

/** Runs schemathesis with its output shown. Answers whether it found nothing. */
function schemathesis(seed: number, folder: string, ...args: string[]): Promise<boolean> {
  const named = process.env['SCHEMATHESIS'] ?? 'schemathesis';
  const program = named.includes('/') ? resolve(named) : named;
  const child = spawn(program, args, {
    stdio: 'inherit',
    // It leaves files where it runs.
    cwd: folder,
    env: {
      ...process.env,
      SCHEMATHESIS_HOOKS: 'hooks',
      PYTHONPATH: join(root, 'tools/repo/fuzz'),
      PYTHONDONTWRITEBYTECODE: '1',
      SEKISHO_ENDPOINTS: resolve(values.endpoints),
      SEKISHO_PERMISSIONS: join(root, 'docs/generated/permissions.md'),
      SEKISHO_FUZZ_SEED: String(seed),
    },
  });
  return new Promise((done) => {
    child.once('error', () =>
      fail(
        `${program} cannot be run.`,
        'python3 -m venv fuzz && fuzz/bin/pip install schemathesis==4.32.5, then SCHEMATHESIS=fuzz/bin/schemathesis npm run fuzz',
      ),
    );
    child.once('close', (status) => done(status === 0));
  });
}

/** As many rounds as it takes to have sent so many requests. Answers how many they were, and whether nothing was found. */
async function fuzz(url: string, folder: string): Promise<{ sent: number; clean: boolean }> {
  const report = join(folder, 'report.json');
  let [sent, clean] = [0, true];
  for (let round = 0; round < MOST_ROUNDS && sent < Number(values.requests); round += 1) {
    const seed = Number(values.seed) + round;
    const good = await schemathesis(
      seed,
      folder,
      ...['run', `${url}/openapi.json`, '--phases', 'coverage,fuzzing', '--continue-on-failure'],
      ...['--checks', 'all', '--exclude-checks', LEFT_OUT.join(','), '--warnings', 'off'],
      ...['--max-examples', String(EXAMPLES_OF_AN_OPERATION), '--seed', String(seed)],
      ...['--report-json-path', report],
    );
    clean &&= good;
    sent += requestsOf(report);
  }
  return { sent, clean };
}

/** How many requests a run of schemathesis made, by its own report. */
function requestsOf(report: string): number {
  const { test_cases: cases } = JSON.parse(readFileSync(report, 'utf8')) as { test_cases: { generated: number } };
  return cases.generated;
}

const endpoints = ((): Record<string, string> => {
  try {
    return JSON.parse(readFileSync(values.endpoints, 'utf8')) as Record<string, string>;
  } catch {
    return fail(`${values.endpoints} cannot be read.`, 'Start a stack first: npm start');
  }
})();
const folder = mkdtempSync(join(tmpdir(), 'sekisho-fuzz-'));
const told: string[] = [];
let clean = true;
for (const name of values.service) {
  const found = await fuzz(endpoints[name] ?? fail(`There is no service ${name}.`, SERVICES.join(', ')), folder);
  told.push(`${found.clean ? '✓' : '✗'} ${name}: ${found.sent} requests`);
  clean &&= found.clean;
}
rmSync(folder, { recursive: true });
console.log(`\n${told.join('\n')}`);
process.exit(clean ? 0 : 1);
