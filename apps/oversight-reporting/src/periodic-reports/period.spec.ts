import fc from 'fast-check';
import { periodOf } from './period.js';

describe('a period', () => {
  it.each([
    ['2026-11', '2026-10-31T15:00:00.000Z', '2026-11-30T15:00:00.000Z', '令和8年11月'],
    ['2026-12', '2026-11-30T15:00:00.000Z', '2026-12-31T15:00:00.000Z', '令和8年12月'],
    ['2026-Q4', '2026-09-30T15:00:00.000Z', '2026-12-31T15:00:00.000Z', '令和8年第4四半期'],
    ['2026', '2025-12-31T15:00:00.000Z', '2026-12-31T15:00:00.000Z', '令和8年'],
    ['FY2026', '2026-03-31T15:00:00.000Z', '2027-03-31T15:00:00.000Z', '令和8年度'],
    ['2019', '2018-12-31T15:00:00.000Z', '2019-12-31T15:00:00.000Z', '令和元年'],
  ])('%s runs from midnight to midnight in Japan', (name, from, to, ja) => {
    expect(periodOf(name)).toMatchObject({ name, from, to, label: { ja } });
  });

  it.each([
    '',
    '26',
    '2026-00',
    '2026-13',
    '2026-1',
    '2026-Q0',
    '2026-Q5',
    'FY2026-Q1',
    'FY2026-04',
    ' 2026',
    '2026-11-01',
  ])('%p is none', (name) => expect(periodOf(name)).toBeUndefined());

  it('joins the next without gap or overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2020, max: 2100 }), (year) => {
        const names = Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`);
        const months = names.map((name) => periodOf(name)!);
        months.slice(1).forEach((next, index) => expect(next.from).toBe(months[index]!.to));
        expect([months[0]!.from, months[11]!.to]).toEqual([periodOf(`${year}`)!.from, periodOf(`${year}`)!.to]);
        expect(periodOf(`FY${year}`)!.to).toBe(periodOf(`FY${year + 1}`)!.from);
      }),
    );
  });
});
