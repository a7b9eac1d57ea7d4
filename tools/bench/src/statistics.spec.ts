import fc from 'fast-check';
import { median, p99, quantile } from './statistics.js';

const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('quantiles', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('the median of %j is %d, in whatever order', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('sort numbers as numbers', () => expect(median([100, 9, 20])).toBe(20));

  it('one slow call in a hundred shows in the p99, not in the median', () => {
    const calls = [...Array<number>(99).fill(1), 1_000];
    expect(median(calls)).toBe(1);
    expect(p99(calls)).toBeCloseTo(10.99);
  });

  it('lie between the least and the greatest, grow with the share, and leave the samples as they are', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(samples, share, share, (values, one, other) => {
        const before = [...values];
        const [low, high] = [quantile(values, Math.min(one, other)), quantile(values, Math.max(one, other))];
        expect(values).toEqual(before);
        expect(low).toBeLessThanOrEqual(high + 1e-6);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
        expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
      }),
    );
  });

  it('there is none of nothing', () => expect(() => median([])).toThrow(RangeError));
});
