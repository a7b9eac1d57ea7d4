import { setTimeout as pause } from 'node:timers/promises';
import { SERVICES } from '@sekisho/contracts';
import type { RunningStack } from '@sekisho/stack';

export const PROCESSES = ['postgres', 'kafka', 'issuer', ...SERVICES] as const;

const AGAIN_AFTER_MS = 500;
const LAST_WORDS = 400;

/** A process that ended by itself: its exit code, and the last that it wrote to its log. */
export interface GivenUp {
  readonly name: string;
  readonly lastWords: string;
}

/** Starts again whatever ends, as the keeper of a production system does, and ends what is to be down for a while. */
export class Supervisor {
  private readonly away = new Map<string, number>();
  private readonly called = new Set<string>();
  private stopping = false;
  /** Processes that ended although nobody killed them. */
  readonly gaveUp: GivenUp[] = [];

  constructor(private readonly stack: Pick<RunningStack, 'process' | 'restart'>) {}

  start(): void {
    for (const name of PROCESSES) void this.keep(name);
  }

  /** Stops starting anything; what runs stays as it is. */
  stop(): void {
    this.stopping = true;
  }

  running(name: string): boolean {
    const child = this.stack.process(name);
    return child !== undefined && child.exit() === undefined;
  }

  signal(name: string, signal: NodeJS.Signals): void {
    const child = this.stack.process(name);
    if (child && child.exit() === undefined) process.kill(child.pid, signal);
  }

  /** Kills it at once, with all that it started, and starts it again after so many milliseconds. */
  kill(name: string, milliseconds: number): boolean {
    const child = this.stack.process(name);
    if (!child || child.exit() !== undefined) return false;
    this.away.set(name, milliseconds);
    // PostgreSQL's own processes notice that their parent is gone and end; killing the group leaves none in the way of the next.
    process.kill(-child.pid, 'SIGKILL');
    return true;
  }

  /** What is away for a while comes back now. */
  comeBack(name: string): void {
    this.called.add(name);
  }

  private async keep(name: string): Promise<void> {
    while (!this.stopping) {
      const child = this.stack.process(name);
      const exit = child && (await Promise.race([child.exited, this.stopped()]));
      if (this.stopping) return;
      const planned = this.away.get(name);
      this.away.delete(name);
      if (planned === undefined && exit) {
        const lastWords = child.tail().split('\n').at(-1)!;
        this.gaveUp.push({ name, lastWords: `${exit.code ?? exit.signal}: ${lastWords.slice(0, LAST_WORDS)}` });
      }
      const end = Date.now() + (planned ?? AGAIN_AFTER_MS);
      while (Date.now() < end && !this.called.delete(name) && !this.stopping) await pause(20);
      this.called.delete(name);
      if (this.stopping) return;
      // Not ready in its time, or ended meanwhile: whether it runs is looked at above.
      await this.startAgain(name);
    }
  }

  /** Resolves when the new process runs or has ended again; its becoming ready is not waited for. */
  private async startAgain(name: string): Promise<void> {
    const before = this.stack.process(name);
    const ready = this.stack.restart(name).then(
      () => true,
      () => true,
    );
    let settled = false;
    void ready.then(() => (settled = true));
    while (this.stack.process(name) === before && !settled && !this.stopping) await pause(20);
  }

  private async stopped(): Promise<undefined> {
    while (!this.stopping) await pause(200);
    return undefined;
  }
}
