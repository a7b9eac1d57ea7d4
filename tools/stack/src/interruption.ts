import { killDescendants } from './process-tree.js';

const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** npm passes on what the terminal has sent already: what comes so soon is the same request. */
const SAME_MS = 1_000;

/**
 * Requests to end a program that starts others, in a folder of its own. The first aborts `signal`: the program ends what it has started
 * and leaves with `code`. The second does not wait for that: whatever descends from the program is killed, and it is gone.
 */
export class Interruption {
  /** The exit code, once it was told to end. */
  code: number | undefined;
  /** Takes away at once what would be left on disk. */
  tidy: () => void = () => undefined;
  private readonly told = new AbortController();

  constructor() {
    let first = 0;
    for (const [name, code] of Object.entries(CODES)) {
      process.on(name, () => {
        if (this.code === undefined) {
          first = performance.now();
          this.code = code;
          // What was talking to something that is being ended fails, wherever it is.
          for (const failure of ['uncaughtException', 'unhandledRejection']) process.on(failure, () => undefined);
          this.told.abort(new Error(`told to end by ${name}`));
        } else if (performance.now() - first > SAME_MS) {
          killDescendants();
          this.tidy();
          process.exit(code);
        }
      });
    }
    // A reader that goes away (`… | head`) must not take the program down before it has tidied up.
    process.stdout.on('error', () => process.emit('SIGTERM'));
  }

  get signal(): AbortSignal {
    return this.told.signal;
  }

  /** The work, or a rejection as soon as there is a request to end: what the work is at is left to itself. */
  async orNot<Result>(work: Promise<Result>): Promise<Result> {
    const { signal } = this;
    return await new Promise<Result>((resolve, reject) => {
      const end = (): void => reject(signal.reason as Error);
      if (signal.aborted) end();
      signal.addEventListener('abort', end, { once: true });
      void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
    });
  }
}
