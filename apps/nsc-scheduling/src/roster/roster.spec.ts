import { readFileSync } from 'node:fs';
import { compositionOn, holderOn, type Roster, roster, rulesOf } from './roster.js';

const seed = (): Roster =>
  roster.parse(JSON.parse(readFileSync(new URL('../../../../tools/stack/seed/members.json', import.meta.url), 'utf8')));

describe('the seeded roster', () => {
  it('has the five ministers of the article, whose holders are said to be invented', () => {
    const { members, compositions } = seed();
    const ministers = [
      'PRIME_MINISTER',
      'CHIEF_CABINET_SECRETARY',
      'FOREIGN_MINISTER',
      'DEFENCE_MINISTER',
      'CYBERSECURITY_MINISTER',
    ];
    expect(members.map(({ role }) => role)).toEqual(ministers);
    expect(compositions).toEqual([expect.objectContaining({ id: 'five-ministers', members: ministers })]);
    expect(compositions[0]?.source).toContain('[A]');
    for (const { holders } of members) {
      for (const holder of holders)
        expect(holder).toMatchObject({ invented: true, name: expect.stringContaining('invented') });
    }
  });

  it('plans urgent meetings at once and at any hour, others a day ahead in office hours', () => {
    expect(rulesOf(seed(), true)).toEqual({ leadMinutes: 0, durationMinutes: 30, horizonDays: 7, hours: null });
    expect(rulesOf(seed(), false)).toEqual({
      leadMinutes: 1440,
      durationMinutes: 60,
      horizonDays: 30,
      hours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
    });
  });

  it('has a valid composition only from the day of its source', () => {
    expect(compositionOn(seed(), '2025-12-11')).toBeUndefined();
    expect(compositionOn(seed(), '2025-12-12')?.id).toBe('five-ministers');
  });
});

describe('roster', () => {
  it('lists every fault at once', () => {
    const broken = seed();
    broken.members.pop();
    broken.members.push(broken.members[0]!);
    broken.settings.composition.value = 'nine-ministers';
    const { error } = roster.safeParse(broken);
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'roles must be distinct',
      'CYBERSECURITY_MINISTER: no such member',
      'no such composition',
    ]);
  });

  it('takes the later edition of a composition from its day on', () => {
    const [first] = seed().compositions;
    const changed = {
      ...seed(),
      compositions: [{ ...first!, validFrom: '2027-01-01', members: ['PRIME_MINISTER'] }, first!],
    };
    expect(compositionOn(changed, '2026-12-31')?.members).toHaveLength(5);
    expect(compositionOn(changed, '2027-01-01')?.members).toEqual(['PRIME_MINISTER']);
  });
});

describe('holderOn', () => {
  const holder = (name: string, from: string) => ({ name, from, invented: true });
  const holders = [holder('first', '2026-01-01'), holder('third', '2026-12-01'), holder('second', '2026-06-01')];

  it('is whoever came into office last by that day', () => {
    expect(holderOn(holders, '2025-12-31')).toBeNull();
    expect(holderOn(holders, '2026-06-01')?.name).toBe('second');
    expect(holderOn(holders, '2027-01-01')?.name).toBe('third');
  });

  it('of two from the same day is the one entered later', () => {
    expect(holderOn([...holders, holder('corrected', '2026-06-01')], '2026-07-01')?.name).toBe('corrected');
  });
});
