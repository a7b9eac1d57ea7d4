import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../fault.js';
import { endMarked } from '../marked-processes.js';
import { stop } from './stop.js';

/** Kept: fetched programs, which are no state. */
const KEPT = new Set(['kafka-libs']);

/** Ends the stack and throws its data away. Works on a damaged folder too: that is what it is for. */
export async function reset(directory: string): Promise<number> {
  try {
    await stop(directory);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    process.stdout.write(`${error.message} Thrown away with the rest.\n`);
  }
  // The list of processes may be what was damaged: those that name the folder are found all the same.
  const ended = await endMarked(directory);
  if (ended.length > 0) process.stdout.write(`Ended processes ${ended.join(', ')}.\n`);
  if (existsSync(directory)) {
    for (const name of readdirSync(directory)) {
      if (!KEPT.has(name)) rmSync(join(directory, name), { recursive: true, force: true });
    }
  }
  process.stdout.write(`${directory} is empty; npm start makes it anew.\n`);
  return 0;
}
