import { dueOn } from './japan-time.js';

describe('a date as people read it', () => {
  it.each([
    ['2026-12-25T23:59:59+09:00', '令和8年12月25日(金)', 'Friday 25 December 2026'],
    ['2026-12-25T14:59:59Z', '令和8年12月25日(金)', 'Friday 25 December 2026'],
    ['2026-12-31T23:59:59+09:00', '令和8年12月31日(木)', 'Thursday 31 December 2026'],
    ['2028-02-29T23:59:59+09:00', '令和10年2月29日(火)', 'Tuesday 29 February 2028'],
    // Where an era ends and the next begins, on the day in Japan; its first year has a name of its own.
    ['2019-04-30T23:59:59+09:00', '平成31年4月30日(火)', 'Tuesday 30 April 2019'],
    ['2019-05-01T23:59:59+09:00', '令和元年5月1日(水)', 'Wednesday 1 May 2019'],
    ['2020-01-01T23:59:59+09:00', '令和2年1月1日(水)', 'Wednesday 1 January 2020'],
    ['1989-01-07T23:59:59+09:00', '昭和64年1月7日(土)', 'Saturday 7 January 1989'],
    ['1989-01-08T23:59:59+09:00', '平成元年1月8日(日)', 'Sunday 8 January 1989'],
    // Where the day does not end with it, the time of day belongs to it.
    ['2026-11-21T21:15:30+09:00', '令和8年11月21日(土) 21:15', 'Saturday 21 November 2026, 21:15'],
    ['2026-11-21T00:00:00+09:00', '令和8年11月21日(土) 00:00', 'Saturday 21 November 2026, 00:00'],
  ])('of %s is %s, or %s', (dueAt, ja, en) => expect([dueOn(dueAt, 'ja'), dueOn(dueAt, 'en')]).toEqual([ja, en]));

  it('of what is no instant is what it was', () => expect(dueOn('soon', 'ja')).toBe('soon'));
});
