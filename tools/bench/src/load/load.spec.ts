import { setTimeout as pause } from 'node:timers/promises';
import { closedLoop, together } from './closed-loop.js';
import { steady } from './steady.js';

describe('a closed loop', () => {
  it('has as many calls under way as there are callers, and counts what ended in time', async () => {
    let under = 0;
    let most = 0;
    let calls = 0;
    const loaded = await closedLoop(4, 100, async () => {
      calls += 1;
      most = Math.max(most, (under += 1));
      await pause(5);
      under -= 1;
    });
    expect(most).toBe(4);
    expect(under).toBe(0);
    expect(loaded.took).toHaveLength(loaded.done);
    expect(loaded.done).toBeGreaterThan(0);
    expect(loaded.done).toBeLessThanOrEqual(calls);
  });

  it('ends with the first call that fails', async () => {
    await expect(closedLoop(2, 60_000, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });

  it('adds up with others', () => {
    const one = { done: 2, seconds: 1, took: [1, 2] };
    expect(together([one, { done: 1, seconds: 2, took: [3] }])).toEqual({ done: 3, seconds: 3, took: [1, 2, 3] });
  });
});

describe('a steady load', () => {
  it('goes by the clock and not by the answers, ends by itself, and says what failed', async () => {
    let calls = 0;
    const load = steady(1_000, 100, async () => {
      calls += 1;
      if (calls === 1) throw new Error('refused');
      await pause(150);
    });
    await pause(200);
    const before = calls;
    const { failed } = await load.stop();
    expect(calls).toBe(before);
    expect(calls).toBeGreaterThan(1);
    expect(calls).toBeLessThanOrEqual(100);
    expect(failed).toBe(1);
  });
});
