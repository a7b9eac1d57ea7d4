import { end } from '../process-identity.js';
import { endOrphans, runningStack } from '../state.js';

/** A graceful end of ten processes; only then is the stack itself killed and the rest ended from here. */
const PATIENCE_MS = 90_000;

/** Ends the stack that runs from this folder, or what a killed one has left behind. */
export async function stop(directory: string): Promise<number> {
  const stack = runningStack(directory);
  if (stack) await end(stack, 'SIGTERM', PATIENCE_MS);
  const orphans = await endOrphans(directory);
  const said = stack ? `Stopped (process ${stack.pid}).` : 'No stack runs from this folder.';
  process.stdout.write(`${orphans.length > 0 ? `${said} Ended what was left: ${orphans.join(', ')}.` : said}\n`);
  return 0;
}
