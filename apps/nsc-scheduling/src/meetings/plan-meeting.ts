import type { HolderView } from '@sekisho/contracts';
import { type Busy, earliestFit, inTheWay, type PlanningRules, windowOf } from '../planning/earliest-fit.js';
import { dateInJapan } from '../planning/office-hours.js';
import { illegal, type Refusal } from '../refusal.js';
import { compositionOn, holderOn, type Roster, rulesOf } from '../roster/roster.js';
import type { Meeting } from './meeting.js';

export interface Proposal extends Pick<Meeting, 'startsAt' | 'endsAt' | 'composition' | 'quorum' | 'members'> {
  readonly rules: PlanningRules;
}

export type Proposed = { readonly proposal: Proposal } | { readonly refusal: Refusal };

/** Who is called to a meeting of this moment. */
export function calledOn(roster: Roster, now: number): readonly string[] {
  return compositionOn(roster, dateInJapan(now))?.members ?? [];
}

const instant = (at: number): string => new Date(at).toISOString();

/** The earliest meeting at which every member can be there, or why there is none. */
export function planMeeting(
  {
    roster,
    holders,
    busy,
  }: { roster: Roster; holders: ReadonlyMap<string, readonly HolderView[]>; busy: readonly Busy[] },
  urgent: boolean,
  now: number,
): Proposed {
  const composition = compositionOn(roster, dateInJapan(now));
  if (composition === undefined) return { refusal: illegal('No composition of the council is valid yet.') };
  const rules = rulesOf(roster, urgent);
  const wanted = { members: composition.members, busy, now, rules };
  const found = earliestFit(wanted);
  if (found === undefined) return { refusal: nothingFits(inTheWay(wanted), rules, now) };

  // Whoever holds the office on the day of the meeting is called, not whoever holds it today.
  const day = dateInJapan(found.from);
  const members = composition.members.map((role) => ({
    role,
    title: roster.members.find((member) => member.role === role)!.title,
    holder: holderOn(holders.get(role) ?? [], day)?.name,
  }));
  const vacant = members.filter(({ holder }) => holder === undefined).map(({ role }) => role);
  if (vacant.length > 0) {
    return { refusal: illegal(`Nobody holds the office on ${day}: ${vacant.join(', ')}.`, { vacant }) };
  }
  return {
    proposal: {
      startsAt: instant(found.from),
      endsAt: instant(found.to),
      composition: composition.id,
      quorum: roster.settings.quorum.value,
      members: members.map((member) => ({ ...member, holder: member.holder! })),
      rules,
    },
  };
}

function nothingFits(busy: readonly Busy[], rules: PlanningRules, now: number): Refusal {
  const { from, to } = windowOf(rules, now);
  const extensions = {
    window: { from: instant(from), to: instant(to) },
    durationMinutes: rules.durationMinutes,
    busy: busy.slice(0, 500).map((time) => ({ ...time, from: instant(time.from), to: instant(time.to) })),
  };
  const detail = `Between ${instant(from)} and ${instant(to)} there are no ${rules.durationMinutes} minutes at which every member can come.`;
  return { code: 'no-meeting-fits', detail, extensions };
}
