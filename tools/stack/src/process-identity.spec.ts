import { identify, isRunning, isSame, parseStat } from './process-identity.js';

describe('a process, found again by number and start', () => {
  it('reads the state, group and start of a process whose name holds blanks and parentheses', () => {
    const fields = ['S', 1, 4242, 4242, 0, -1, 4194560, 1, 0, 0, 0, 7, 3, 0, 0, 20, 0, 11, 0, 987654, 1000];
    expect(parseStat(`4242 (java (x) y) ${fields.join(' ')}`)).toEqual({ state: 'S', group: 4242, ticks: '987654' });
  });

  it('knows this very process', () => {
    const self = identify(process.pid)!;
    expect(isRunning(self)).toBe(true);
  });

  it('does not take another process with the same number for it', () => {
    expect(isRunning({ pid: process.pid, startedAt: 'some other time' })).toBe(false);
    expect(isSame({ pid: 1, startedAt: 'a' }, undefined)).toBe(false);
  });
});
