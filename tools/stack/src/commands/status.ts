import { readEndpoints } from '../endpoints.js';
import { responds } from '../local-issuer.js';
import { isRunning } from '../process-identity.js';
import { readState, runningStack } from '../state.js';

const SERVICES = ['intake', 'classification', 'scheduling', 'tasking', 'oversight'] as const;

/** What runs, and whether it is ready; 0 when all of it is. */
export async function status(directory: string): Promise<number> {
  const state = readState(directory);
  const stack = runningStack(directory);
  const endpoints = readEndpoints(directory);
  if (!stack || !state) {
    const left = state?.processes.filter(isRunning) ?? [];
    process.stdout.write('No stack runs from this folder.\n');
    if (left.length > 0) {
      process.stdout.write(
        `A killed one has left behind: ${left.map(({ name, pid }) => `${name} (${pid})`).join(', ')}.\n`,
      );
    }
    return 1;
  }
  process.stdout.write(`stack                process ${stack.pid}\n`);
  let good = true;
  for (const recorded of state.processes.filter(({ name }) => name !== 'journey')) {
    const running = isRunning(recorded);
    good &&= running;
    process.stdout.write(`${recorded.name.padEnd(20)} ${running ? `process ${recorded.pid}` : '✗ not running'}\n`);
  }
  for (const name of SERVICES) {
    const url = endpoints?.[name];
    const ready = url !== undefined && (await responds(`${url}/health/ready`));
    good &&= ready;
    process.stdout.write(`${name.padEnd(20)} ${ready ? 'ready' : '✗ not ready'} ${url ?? ''}\n`);
  }
  return good ? 0 : 1;
}
