import { join } from 'node:path';
import { startChild } from '../child.js';
import { filesIn } from '../layout.js';
import { plainEnvironment } from '../plain-environment.js';
import type { StackSettings } from '../settings.js';
import { type RunningStack, startStack } from '../stack.js';
import { stepsOn } from '../steps.js';

export interface StartOptions {
  root: string;
  directory: string;
  settings: StackSettings;
  /** Without the journey. */
  empty: boolean;
  /** A new journey, where one is stored. */
  again: boolean;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Starts everything, shows the journey and stays until it is told to end, or one of its processes dies. */
export async function start(options: StartOptions): Promise<number> {
  const { root, directory, settings } = options;
  const { signal, told } = stopSignal();
  let stack: RunningStack;
  try {
    stack = await startStack({ root, directory, settings, steps: stepsOn(process.stdout), signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    say('\nStopped before all of it was up; nothing is left running.');
    return 130;
  }
  const ended = Promise.race([stack.crashed, told]);
  let code = 0;
  try {
    if (!options.empty) code = (await Promise.race([journey(options, stack), ended.then(() => undefined)])) ?? 0;
    if (!signal.aborted) say(whereToLook(stack));
    const fault = await ended;
    if (fault) throw fault;
    return code;
  } finally {
    say('\nStopping …');
    await stack.stop();
    say('Stopped; nothing is left running. npm start goes on with the data.');
  }
}

/** The first request to end, however it comes. More of them change nothing: npm passes on what the terminal sent already. */
function stopSignal(): { signal: AbortSignal; told: Promise<undefined> } {
  const stopping = new AbortController();
  const told = new Promise<undefined>((resolve) => {
    const stop = () => {
      stopping.abort(new Error('told to stop'));
      resolve(undefined);
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  });
  return { signal: stopping.signal, told };
}

/** The demonstration is a program of its own that knows endpoints.json alone. When it fails the stack stays up. */
async function journey({ root, directory, again }: StartOptions, stack: RunningStack): Promise<number> {
  const child = await startChild({
    name: 'journey',
    command: process.execPath,
    args: [
      ...['--enable-source-maps', join(root, 'tools/demo/dist/src/main.js')],
      ...['--endpoints', filesIn(directory).endpoints, ...(again ? ['--again'] : [])],
    ],
    env: plainEnvironment(directory),
    cwd: root,
    patience: 3_000,
  });
  stack.adopt(child);
  const { code } = await child.exited;
  if (code === 0) return 0;
  say(`\n✗ The journey broke off (${code ?? 'killed'}); what it says is above. The stack stays up.`);
  return 1;
}

function whereToLook({ endpoints, endpointsFile }: RunningStack): string {
  const services = (['intake', 'classification', 'scheduling', 'tasking', 'oversight'] as const).map(
    (name) => `  ${name.padEnd(15)} ${endpoints[name]}/docs`,
  );
  return [
    '',
    'The platform is up:',
    ...services,
    `  everything else ${endpointsFile}`,
    '  look at it      npm run sekisho -- get classification/v1/incidents --as analyst-1',
    'Ctrl-C ends all of it; the data stays.',
  ].join('\n');
}
