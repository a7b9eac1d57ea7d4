/** What came of a load. */
export interface Loaded {
  readonly done: number;
  readonly seconds: number;
  /** Milliseconds of each. */
  readonly took: readonly number[];
}

/**
 * So many callers at once, each with its next call as soon as the last is answered, for so long. What was under way at the end is waited
 * for and not counted.
 */
export async function closedLoop(callers: number, milliseconds: number, call: () => Promise<void>): Promise<Loaded> {
  const took: number[] = [];
  const begun = performance.now();
  const end = begun + milliseconds;
  const caller = async (): Promise<void> => {
    for (;;) {
      const started = performance.now();
      if (started >= end) return;
      await call();
      const now = performance.now();
      if (now <= end) took.push(now - started);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { done: took.length, seconds: milliseconds / 1000, took };
}

/** Several loads of one kind as one. */
export const together = (loads: readonly Loaded[]): Loaded => ({
  done: loads.reduce((sum, { done }) => sum + done, 0),
  seconds: loads.reduce((sum, { seconds }) => sum + seconds, 0),
  took: loads.flatMap(({ took }) => took),
});
