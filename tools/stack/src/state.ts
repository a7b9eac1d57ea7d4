import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Fault } from './fault.js';
import { readJson, writeJson } from './json-file.js';
import { filesIn } from './layout.js';
import { end, isRunning, isSame, type ProcessIdentity, startTime } from './process-identity.js';

const identity = z.object({ pid: z.number().int().positive(), startedAt: z.string() });
const stateFile = z.object({
  version: z.literal(1),
  /** The process that started the others and ends them. */
  main: identity,
  processes: z.array(identity.extend({ name: z.string() })),
});
export type State = z.infer<typeof stateFile>;

export const readState = (directory: string): State | undefined => readJson(filesIn(directory).state, stateFile);

/** Those of the recorded processes that still run: the same number *and* the same start, by `found`. */
export function orphansOf(state: State, found: (pid: number) => string | undefined = startTime): State['processes'] {
  return state.processes.filter((process) => isSame(process, found(process.pid)));
}

/** Ends what a killed stack has left behind, last started first. Answers their names. */
export async function endOrphans(directory: string): Promise<string[]> {
  const state = readState(directory);
  const orphans = state ? orphansOf(state).reverse() : [];
  for (const orphan of orphans) {
    // PostgreSQL takes SIGTERM as "when everyone has left", which nobody here does.
    await end(orphan, orphan.name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  }
  return orphans.map(({ name }) => name);
}

/** The stack that runs from this folder, if one does. */
export function runningStack(directory: string): ProcessIdentity | undefined {
  const held = readLock(filesIn(directory).lock);
  return held && isRunning(held) ? held : undefined;
}

function readLock(file: string): ProcessIdentity | undefined {
  try {
    return identity.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Takes the folder for this process: of two that start at once, one gets it. A lock whose holder is gone counts for nothing. */
export function claim(directory: string, self: ProcessIdentity): () => void {
  const { lock } = filesIn(directory);
  // Linked into place with its content: nobody sees a lock that does not say yet whose it is.
  const own = `${lock}.${self.pid}`;
  try {
    // Passable, not readable: PostgreSQL runs as another user where this one is root.
    mkdirSync(directory, { recursive: true, mode: 0o711 });
    writeFileSync(own, JSON.stringify(self), { mode: 0o600 });
  } catch (error) {
    throw new Fault(
      `The state folder ${directory} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      'It must be a folder that this user may write to.',
    );
  }
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        linkSync(own, lock);
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = runningStack(directory);
      if (holder) {
        throw new Fault(
          `A stack already runs from ${directory} (process ${holder.pid}).`,
          'npm run status shows it, npm run stop ends it.',
        );
      }
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
  throw new Fault(`${lock} cannot be taken.`, 'Another start is under way: try again in a moment.');
}

/** Keeps the list of what runs, written before anything waits for it: a stack that is killed at any moment is found again. */
export function stateRecorder(directory: string, main: ProcessIdentity) {
  const state: State = { version: 1, main, processes: [] };
  const { state: file } = filesIn(directory);
  writeJson(file, state);
  return ({ name, pid, startedAt }: State['processes'][number]): void => {
    // One that is started again takes the place of the one that ended.
    state.processes = [...state.processes.filter((known) => known.name !== name), { name, pid, startedAt }];
    writeJson(file, state);
  };
}
