import type { Roster } from '../src/roster/roster.js';
import { Council, FRIDAY, secretary, seed } from './council.js';

const at = (time: string, day = '2026-11-20') => new Date(`${day}T${time}:00+09:00`).toISOString();

describe('the earliest meeting that fits', () => {
  let council: Council;
  beforeAll(async () => {
    council = await Council.start();
  });
  afterAll(() => council.stop());

  const call = (reviews: string[], urgent = true) =>
    council.client.call(secretary, 'POST', '/v1/meetings', { reviews, urgent });
  const planAnew = (meetingId: string, reviews: string[], urgent = true) =>
    council.client.call(secretary, 'PUT', `/v1/meetings/${meetingId}`, { reviews, urgent });
  const away = async (role: string, ...busy: [string, string][]) => {
    const body = { busy: busy.map(([from, to]) => ({ from, to })) };
    const answer = await council.client.call(secretary, 'PUT', `/v1/members/${role}/calendar`, body);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  it('shows the council as it is seeded', async () => {
    const { body } = await council.client.call(secretary, 'GET', '/v1/members');
    expect(body.items).toHaveLength(5);
    expect(body.items[0]).toMatchObject({
      role: 'PRIME_MINISTER',
      title: { ja: '内閣総理大臣' },
      holder: { invented: true },
      calendar: { version: 0, busy: [] },
    });
    expect(body).toMatchObject({
      rosterVersion: 1,
      settings: { urgent: { durationMinutes: { value: 30, owner: expect.any(String) } } },
    });
  });

  it('follows the calendars, the other meetings and the members', async () => {
    const [one, two] = [await council.review(), await council.review()];
    expect(await away('FOREIGN_MINISTER', [at('09:00'), at('11:00')])).toMatchObject({ version: 1 });
    await away('DEFENCE_MINISTER', [at('11:10'), at('12:00')], [at('13:00'), at('14:00')]);

    // It is 10:00. The foreign minister is away until 11:00, and ten minutes are not enough before the defence minister is.
    const first = await call([one.reviewId]);
    expect(first.body).toMatchObject({ startsAt: at('12:00'), endsAt: at('12:30'), version: 1 });
    // The members sit in that meeting until 12:30: the next one fits just before 13:00.
    const second = await call([two.reviewId]);
    expect(second.body.startsAt).toBe(at('12:30'));

    // One calendar changes, and so does the plan.
    await away('DEFENCE_MINISTER', [at('13:00'), at('14:00')]);
    const earlier = await planAnew(first.body.meetingId, [one.reviewId]);
    expect(earlier.status).toBe(200);
    expect(earlier.body).toMatchObject({ startsAt: at('11:00'), version: 2 });
    expect(earlier.headers.get('etag')).toBe('"2"');
    expect((await council.calendar(first.body.meetingId)).text).toContain('SEQUENCE:2');
    // A meeting planned anew keeps clear of the others and is not in its own way.
    for (const version of [2, 3]) {
      const again = await planAnew(second.body.meetingId, [two.reviewId]);
      expect(again.body).toMatchObject({ startsAt: at('11:30'), version });
    }

    const events = await council.events([first.body.meetingId], 2);
    expect(events.map(({ value }) => value)).toMatchObject([
      { version: 1, startsAt: at('12:00') },
      { version: 2, startsAt: at('11:00'), members: seed().members.map(({ role }) => ({ role })) },
    ]);
  });

  it('is another one without a member, or with one more', async () => {
    await away('FOREIGN_MINISTER', [at('00:00'), at('16:00')]);
    await away('DEFENCE_MINISTER');
    await away('PRIME_MINISTER', [at('10:00'), at('10:30')]);
    const { reviewId } = await council.review();
    const before = await call([reviewId]);
    expect(before.body.startsAt).toBe(at('16:00'));

    const fewer: Roster = seed();
    fewer.compositions[0]!.members = fewer.compositions[0]!.members.filter((role) => role !== 'FOREIGN_MINISTER');
    await council.restart(fewer);
    const without = await planAnew(before.body.meetingId, [reviewId]);
    expect(without.body.members).toHaveLength(4);
    expect(without.body.startsAt).toBe(at('10:30'));

    const more: Roster = seed();
    more.members.push({
      role: 'NPSC_CHAIR',
      title: { en: 'Chair of the National Public Safety Commission', ja: '国家公安委員会委員長' },
      holders: [{ name: 'Sawaki Jun (invented)', from: '2026-01-01', invented: true }],
    });
    more.compositions[0]!.members.push('NPSC_CHAIR');
    await council.restart(more);
    await away('NPSC_CHAIR', [at('10:00'), at('17:00')]);
    const withMore = await planAnew(before.body.meetingId, [reviewId]);
    expect(withMore.body).toMatchObject({ startsAt: at('17:00'), version: 3 });
    expect(withMore.body.members).toHaveLength(6);
    await council.restart();
    expect((await council.client.call(secretary, 'GET', '/v1/members')).body.rosterVersion).toBe(4);
  });

  it('keeps to the lead, the days and the hours where there is no haste', async () => {
    for (const role of ['PRIME_MINISTER', 'FOREIGN_MINISTER']) await away(role);
    const { reviewId } = await council.review();
    // Friday 10:00 and a day's lead is Saturday.
    expect((await call([reviewId], false)).body).toMatchObject({
      startsAt: at('09:00', '2026-11-23'),
      endsAt: at('10:00', '2026-11-23'),
    });
  });

  it('does not exist where somebody is away for too long, and says who', async () => {
    await away('FOREIGN_MINISTER', [FRIDAY, at('00:00', '2026-12-31')]);
    const { reviewId } = await council.review();
    const { status, body } = await call([reviewId]);
    expect([status, body.type]).toEqual([409, 'urn:sekisho:problem:no-meeting-fits']);
    expect(body.window).toEqual({ from: FRIDAY, to: at('10:00', '2026-11-27') });
    expect(body.busy).toContainEqual({
      role: 'FOREIGN_MINISTER',
      from: FRIDAY,
      to: at('00:00', '2026-12-31'),
      because: 'CALENDAR',
    });
    await away('FOREIGN_MINISTER');
  });

  it('calls whoever holds the office on its day', async () => {
    const enter = (name: string, from: string) =>
      council.client.call(secretary, 'PUT', '/v1/members/PRIME_MINISTER/holders', { name, from });
    expect((await enter('Successor (invented)', '2026-11-24')).body.holder.name).toContain('Aoyama');
    const { reviewId } = await council.review();
    const holder = ({ members }: { members: { role: string; holder: string }[] }) =>
      members.find(({ role }) => role === 'PRIME_MINISTER')?.holder;
    await away('CYBERSECURITY_MINISTER', [FRIDAY, at('23:00')]);
    const called = await call([reviewId]);
    expect(holder(called.body)).toContain('Aoyama');
    await away('CYBERSECURITY_MINISTER', [FRIDAY, at('09:00', '2026-11-24')]);
    expect(holder((await planAnew(called.body.meetingId, [reviewId])).body)).toBe('Successor (invented)');
    await away('CYBERSECURITY_MINISTER');
  });

  it('never books a member twice, however many are called at once', async () => {
    const reviews = await Promise.all(Array.from({ length: 6 }, () => council.review()));
    const called = await Promise.all(reviews.map(({ reviewId }) => call([reviewId])));
    expect(called.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(new Set(called.map(({ body }) => body.startsAt)).size).toBe(6);
  });
});
