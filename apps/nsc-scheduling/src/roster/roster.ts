import { type HolderView, memberRole, text } from '@sekisho/contracts';
import { z } from 'zod';
import type { PlanningRules } from '../planning/earliest-fit.js';
import { minutesOf } from '../planning/office-hours.js';

const words = z.strictObject({ en: text(300), ja: text(300) });
const date = z.iso.date();
const timeOfDay = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/);

/** A value that somebody answers for. */
const setting = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ value, owner: text(300), source: text(1000) });

const officeHours = z
  .strictObject({ days: z.array(z.int().min(1).max(7)).min(1), from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => minutesOf(from) < minutesOf(to), { path: ['to'], message: 'is not after from' });

const planning = z.strictObject({
  leadMinutes: setting(
    z
      .int()
      .min(0)
      .max(30 * 1440),
  ),
  durationMinutes: setting(z.int().min(1).max(1440)),
  horizonDays: setting(z.int().min(1).max(365)),
  hours: setting(officeHours.nullable()),
});

const holder = z.strictObject({ name: text(200), from: date, invented: z.boolean() });
const composition = z.strictObject({
  id: text(100),
  title: words,
  members: z.array(memberRole).min(1).max(50),
  source: text(1000),
  validFrom: date,
});

const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** The council as data: its members, the forms in which it meets, and the settings that planning follows. */
export const roster = z
  .strictObject({
    notice: text(1000).optional(),
    members: z.array(z.strictObject({ role: memberRole, title: words, holders: z.array(holder).max(100) })).min(1),
    compositions: z.array(composition).min(1),
    settings: z.strictObject({
      composition: setting(text(100)),
      quorum: setting(z.int().min(0).max(50)),
      urgent: planning,
      ordinary: planning,
    }),
  })
  .superRefine(({ members, compositions, settings }, context) => {
    const roles = members.map(({ role }) => role);
    if (!distinct(roles)) context.addIssue({ code: 'custom', path: ['members'], message: 'roles must be distinct' });
    compositions.forEach((one, index) => {
      const unknown = one.members.filter((role) => !roles.includes(role));
      const path = ['compositions', index, 'members'];
      if (unknown.length > 0)
        context.addIssue({ code: 'custom', path, message: `${unknown.join(', ')}: no such member` });
      if (!distinct(one.members)) context.addIssue({ code: 'custom', path, message: 'members must be distinct' });
    });
    if (!compositions.some(({ id }) => id === settings.composition.value)) {
      context.addIssue({ code: 'custom', path: ['settings', 'composition'], message: 'no such composition' });
    }
  });
export type Roster = z.infer<typeof roster>;
export type Composition = Roster['compositions'][number];

/** The rules for an urgent or an ordinary meeting. */
export function rulesOf({ settings }: Roster, urgent: boolean): PlanningRules {
  const { leadMinutes, durationMinutes, horizonDays, hours } = urgent ? settings.urgent : settings.ordinary;
  return {
    leadMinutes: leadMinutes.value,
    durationMinutes: durationMinutes.value,
    horizonDays: horizonDays.value,
    hours: hours.value,
  };
}

/** The form in which the council meets by default on a day in Japan: the latest edition that is valid by then. */
export function compositionOn({ compositions, settings }: Roster, day: string): Composition | undefined {
  return compositions
    .filter(({ id, validFrom }) => id === settings.composition.value && validFrom <= day)
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom))
    .at(-1);
}

/** Who holds the office on a day in Japan; null while it is vacant. Of two from the same day the one entered later counts. */
export function holderOn(holders: readonly HolderView[], day: string): HolderView | null {
  return (
    holders
      .filter(({ from }) => from <= day)
      .toSorted((a, b) => a.from.localeCompare(b.from))
      .at(-1) ?? null
  );
}
