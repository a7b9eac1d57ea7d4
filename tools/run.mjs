// What `npm start`, `npm test` and the other scripts call. It needs Node alone: it installs and builds what is not there yet,
// and only that, then hands over to the built tools.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { machineFault, nodeFault } from './stack/preflight.mjs';

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

function require(fault) {
  if (fault) fail(fault.fault, fault.remedy);
}

let running;
let interrupted = false;

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended.
  }
}

// Installing and building are broken off with all that they have started; the stack is asked to end and waited for.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!running) process.exit(130);
    if (running.own) running.child.kill(signal);
    else {
      interrupted = true;
      signalGroup(running.child, 'SIGTERM');
      setTimeout(() => signalGroup(running.child, 'SIGKILL'), 3_000).unref();
    }
  });
}

/**
 * Runs a program with its output shown; answers whether it succeeded. `own`: it tidies up after itself when told to end,
 * as the stack does, and may take its time; any other is a group of its own that can be ended as a whole. `progress` says what to
 * show for a line of its output, if anything: all of it is shown only when it fails.
 */
async function run(program, args, { own = false, progress } = {}) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: progress ? ['inherit', 'pipe', 'pipe'] : 'inherit',
    env: own ? process.env : environment,
    detached: true,
  });
  running = { child, own };
  const lines = [];
  for (const input of [child.stdout, child.stderr]) {
    if (!input) continue;
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      const shown = progress(line);
      if (shown) say(shown);
    });
  }
  const result = await new Promise((done) => {
    child.once('error', (error) => done({ error }));
    child.once('close', (status) => done({ status }));
  });
  if (interrupted) {
    signalGroup(child, 'SIGKILL');
    console.error('\nBroken off; nothing is left running.');
    process.exit(130);
  }
  running = undefined;
  if (result.error) fail(`${program} cannot be run: ${result.error.message}`, 'Is it installed and on the PATH?');
  if (result.status !== 0) for (const line of lines) console.error(line);
  return own ? (result.status ?? 1) : result.status === 0;
}

const node = (...args) => run(process.execPath, args);
/** Nx tells each task as `> nx run @sekisho/name:target`. */
const task = (line) => {
  const [, name] = /^> nx run @sekisho\/(\S+:\S+)/.exec(line) ?? [];
  return name && `    ${name}`;
};
const nx = (...targets) =>
  run(process.execPath, [join('node_modules', '.bin', 'nx'), 'run-many', '--outputStyle=static', '-t', ...targets], {
    progress: task,
  });

/** What `sekisho` answers goes to standard output, and nothing else. */
const say = (text) => (command === 'sekisho' ? console.error : console.log)(text);

/** Does a step unless its stamp says that it was done for the same input; the stamp is written once it has succeeded. */
async function step(name, stamp, input, work) {
  const file = join(root, 'node_modules', stamp);
  if (existsSync(file) && readFileSync(file, 'utf8') === input()) {
    say(`✓ ${name}: nothing to do`);
    return;
  }
  const started = Date.now();
  say(`… ${name}`);
  if (!(await work())) fail(`${name} failed; its output is above.`, 'Put that right and try again.');
  writeFileSync(file, input());
  say(`✓ ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

const LEFT_OUT = new Set(['node_modules', 'dist', 'generated', '.nx', '.local', 'test-results', 'bench-results']);

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
  return step(
    'install',
    '.sekisho-installed',
    () => digestOf([join(root, 'package-lock.json')]),
    () => run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']),
  );
}

function build() {
  return step(
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

async function check() {
  let failed = 0;
  for (const [name, work] of Object.entries(checks)) {
    const good = await work();
    console.log(`${good ? '✓' : '✗'} ${name}`);
    if (!good) failed += 1;
  }
  return { passed: Object.keys(checks).length - failed, failed };
}

async function test() {
  const checked = await check();
  const results = join(root, 'test-results', 'jest.json');
  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  await node(
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
    numRuntimeErrorTestSuites = 0,
    success = false,
  } = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};
  const passed = numPassedTests + checked.passed;
  // A run that ended without saying what failed has failed all the same.
  const failed = Math.max(numFailedTests + numRuntimeErrorTestSuites + checked.failed, success ? 0 : 1);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && numPassedTests > 0;
}

const commands = {
  build: () => true,
  check: async () => (await check()).failed === 0,
  test,
  generate: async () =>
    (await node('tools/repo/dist/src/check.js', '--write')) &&
    run('npx', ['prettier', '--write', '--log-level=warn', 'docs']),
};
const STACK = ['start', 'stop', 'reset', 'status', 'sekisho'];
/** Programs of their own, which tidy up after themselves. */
const PROGRAMS = {
  bench: 'tools/bench/dist/src/main.js',
  chaos: 'tools/chaos/dist/src/main.js',
  fuzz: 'tools/repo/dist/src/fuzz.js',
};

require(nodeFault());
if (!(command in commands) && !(command in PROGRAMS) && !STACK.includes(command)) {
  const all = [...STACK, ...Object.keys(PROGRAMS), ...Object.keys(commands)];
  fail(`There is no command "${command}".`, `There are ${all.join(', ')}.`);
}
// The fuzzing client starts nothing: it calls what runs.
if (command === 'start' || command === 'test' || (command in PROGRAMS && command !== 'fuzz')) {
  const test = command === 'test';
  const embedded = test && process.env.SEKISHO_TEST_INFRASTRUCTURE === 'embedded';
  const parts = embedded ? [] : test ? ['postgres', 'kafka'] : ['kafka'];
  require(await machineFault(root, { broker: command !== 'start' || !process.env.SEKISHO_KAFKA_BROKERS, parts }));
}
const stack = join(root, 'tools/stack/dist/src/main.js');
// A running stack is looked at as it was built: only a start brings it up to date with the sources. A draft is tried as it stands in them.
const drafting = rest.some((argument) => /^--draft(=|$)/.test(argument));
if (!['stop', 'status', 'reset', 'sekisho'].includes(command) || drafting || !existsSync(stack)) {
  await install();
  await build();
}
if (command in PROGRAMS) {
  process.exit(await run(process.execPath, [join(root, PROGRAMS[command]), ...rest], { own: true }));
}
if (STACK.includes(command)) process.exit(await run(process.execPath, [stack, command, ...rest], { own: true }));
process.exit((await commands[command]()) ? 0 : 1);
