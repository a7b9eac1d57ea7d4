// What `npm start`, `npm test` and the other scripts call. It needs Node alone: it installs and builds what is not there yet,
// and only that, then hands over to the built tools.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const [command = '', ...rest] = process.argv.slice(2);
const environment = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  FORCE_COLOR: process.env.FORCE_COLOR ?? '0',
};

function fail(fault, remedy) {
  console.error(`\n✗ ${fault}\n  ${remedy}`);
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old.`, 'Install Node 20.19 or later.');
}

/** Runs a program with its output shown; answers whether it succeeded. */
function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: environment });
  if (error) fail(`${program} cannot be run: ${error.message}`, 'Is it installed and on the PATH?');
  return status === 0;
}

const node = (...args) => run(process.execPath, args);
const nx = (...targets) =>
  node(join('node_modules', '.bin', 'nx'), 'run-many', '--outputStyle=static', '-t', ...targets);

/** Does a step unless its stamp says that it was done for the same input; the stamp is written once it has succeeded. */
function step(name, stamp, input, work) {
  const file = join(root, 'node_modules', stamp);
  if (existsSync(file) && readFileSync(file, 'utf8') === input()) return;
  const started = Date.now();
  console.log(`… ${name}`);
  if (!work()) fail(`${name} failed; its output is above.`, 'Put that right and try again.');
  writeFileSync(file, input());
  console.log(`✓ ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

const LEFT_OUT = new Set(['node_modules', 'dist', 'generated', '.nx', '.local', 'test-results']);

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!LEFT_OUT.has(entry.name)) yield* sources(path);
    } else if (/\.(ts|mjs|json|prisma|sql)$/.test(entry.name)) yield path;
  }
}

function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

// Not `npm ci`: it refuses a lock file without entries for platforms whose optional packages a registry lacks. The versions are those
// of the lock file either way.
function install() {
  step(
    'install',
    '.sekisho-installed',
    () => digestOf([join(root, 'package-lock.json')]),
    () => run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']),
  );
}

function build() {
  step(
    'build',
    '.sekisho-built',
    () =>
      digestOf([
        join(root, 'tsconfig.base.json'),
        ...['libs', 'apps', 'tools'].flatMap((f) => [...sources(join(root, f))]),
      ]),
    () => nx('build'),
  );
}

/** The checks that are no tests, each counted as one. */
const checks = {
  'generated pages': () => node('tools/repo/dist/src/check.js'),
  lint: () => nx('lint'),
  format: () => node(join('node_modules', 'prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.'),
};

function check() {
  let failed = 0;
  for (const [name, work] of Object.entries(checks)) {
    const good = work();
    console.log(`${good ? '✓' : '✗'} ${name}`);
    if (!good) failed += 1;
  }
  return { passed: Object.keys(checks).length - failed, failed };
}

function test() {
  const checked = check();
  const results = join(root, 'test-results', 'jest.json');
  rmSync(results, { force: true });
  node(
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--json',
    `--outputFile=${results}`,
    ...rest,
  );
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numFailedTestSuites = 0,
    numRuntimeErrorTestSuites = 0,
    success = false,
  } = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};
  const passed = numPassedTests + checked.passed;
  const failed = numFailedTests + numRuntimeErrorTestSuites + checked.failed;
  console.log(`\n${passed} passed, ${failed} failed`);
  return success && failed === 0 && numFailedTestSuites === 0 && numPassedTests > 0;
}

const commands = {
  build: () => true,
  check: () => check().failed === 0,
  test,
  generate: () =>
    node('tools/repo/dist/src/check.js', '--write') && run('npx', ['prettier', '--write', '--log-level=warn', 'docs']),
};
const STACK = ['start', 'stop', 'reset', 'status', 'sekisho'];

requireNode();
if (!(command in commands) && !STACK.includes(command))
  fail(`There is no command ${command}.`, 'See the scripts in package.json.');
install();
build();
if (STACK.includes(command)) process.exit(node('tools/stack/dist/src/main.js', command, ...rest) ? 0 : 1);
process.exit(commands[command]() ? 0 : 1);
