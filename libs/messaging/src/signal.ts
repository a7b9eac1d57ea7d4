/** Wakes one waiting loop. A signal that comes while nobody waits is kept; several are one. */
export class Signal {
  private raised = false;
  private wakeUp: (() => void) | undefined;

  raise(): void {
    this.raised = true;
    this.wakeUp?.();
  }

  /** Returns when the signal is raised, or after `milliseconds`. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.raised) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wakeUp = undefined;
    }
    this.raised = false;
  }
}

/** Milliseconds before try number `failures + 1`: doubled each time, up to `most`, with up to a fifth of jitter. */
export function backOff(failures: number, first: number, most: number): number {
  const delay = Math.min(most, first * 2 ** Math.max(0, failures - 1));
  return delay * (0.8 + Math.random() * 0.2);
}
