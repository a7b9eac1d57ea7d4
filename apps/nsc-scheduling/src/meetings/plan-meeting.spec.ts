import { readFileSync } from 'node:fs';
import type { Busy } from '../planning/earliest-fit.js';
import { type Roster, roster as rosterSchema } from '../roster/roster.js';
import { at, NOW } from '../../test/builders.js';
import { planMeeting } from './plan-meeting.js';

const roster: Roster = rosterSchema.parse(
  JSON.parse(readFileSync(new URL('../../../../tools/stack/seed/members.json', import.meta.url), 'utf8')),
);
const holders = new Map(roster.members.map((member) => [member.role, member.holders]));
const away = (role: string, minutes: number): Busy => ({
  role,
  from: NOW,
  to: NOW + minutes * 60_000,
  because: 'CALENDAR',
});

describe('planMeeting', () => {
  it('calls the composition’s members with their holders and the rules that it followed', () => {
    expect(planMeeting({ roster, holders, busy: [away('DEFENCE_MINISTER', 45)] }, true, NOW)).toMatchObject({
      proposal: {
        startsAt: at(45),
        endsAt: at(75),
        composition: 'five-ministers',
        quorum: 1,
        members: roster.members.map(({ role, title, holders: [holder] }) => ({ role, title, holder: holder!.name })),
        rules: { leadMinutes: 0, durationMinutes: 30 },
      },
    });
  });

  it('says who is busy when, where nothing fits', () => {
    expect(planMeeting({ roster, holders, busy: [away('DEFENCE_MINISTER', 7 * 1440)] }, true, NOW)).toMatchObject({
      refusal: {
        code: 'no-meeting-fits',
        extensions: { busy: [{ role: 'DEFENCE_MINISTER', from: at(0), to: at(7 * 1440), because: 'CALENDAR' }] },
      },
    });
  });

  it('calls nobody to an office that is vacant on the day', () => {
    const vacant = new Map([...holders, ['FOREIGN_MINISTER', []]]);
    expect(planMeeting({ roster, holders: vacant, busy: [] }, true, NOW)).toMatchObject({
      refusal: { code: 'illegal-transition', extensions: { vacant: ['FOREIGN_MINISTER'] } },
    });
  });

  it('plans nothing before any composition is valid', () => {
    const then = Date.parse('2025-12-01T00:00:00Z');
    expect(planMeeting({ roster, holders, busy: [] }, true, then)).toMatchObject({
      refusal: { code: 'illegal-transition' },
    });
  });
});
