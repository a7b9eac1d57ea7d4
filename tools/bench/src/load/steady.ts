export interface Steady {
  /** Begins nothing more, waits for what is under way, and says how it went. */
  stop(): Promise<{ readonly perSecond: number; readonly failed: number }>;
}

const TICK_MS = 10;
/** More than that at once means that the platform does not keep up: what is due then is left out, and the rate shows it. */
const AT_ONCE = 256;

/** Calls begun by the clock, whether or not earlier ones are answered, for at most `longest` milliseconds. */
export function steady(perSecond: number, longest: number, call: () => Promise<void>): Steady {
  const begun = performance.now();
  const under = new Set<Promise<void>>();
  let due = 0;
  let sent = 0;
  let failed = 0;
  let ended: number | undefined;
  const end = (): void => {
    clearInterval(ticking);
    ended ??= performance.now();
  };
  const ticking = setInterval(() => {
    const elapsed = performance.now() - begun;
    if (elapsed > longest) return end();
    for (const wanted = Math.floor((elapsed / 1000) * perSecond); due < wanted; due += 1) {
      if (under.size >= AT_ONCE) continue;
      sent += 1;
      const one: Promise<void> = call()
        .catch(() => void (failed += 1))
        .finally(() => under.delete(one));
      under.add(one);
    }
  }, TICK_MS);
  return {
    stop: async () => {
      end();
      await Promise.all(under);
      return { perSecond: (sent - failed) / ((ended! - begun) / 1000), failed };
    },
  };
}
