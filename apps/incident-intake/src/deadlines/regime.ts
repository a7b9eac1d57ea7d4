import { instant, reportBasis, reportForm, reportKind, sector } from '@sekisho/contracts';
import { z } from 'zod';

const words = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) });
/** JST calendar days, or hours on end. */
const length = z.union([
  z.strictObject({ days: z.int().min(1).max(366) }),
  z.strictObject({
    hours: z
      .int()
      .min(1)
      .max(366 * 24),
  }),
]);
const { stage } = reportForm.shape;

const regimeClock = z
  .strictObject({
    kind: z.string().regex(/^[A-Z][A-Z_]{1,39}$/),
    title: words,
    countedFrom: z.enum(['recognisedAt', 'occurredAt']),
    length,
    /** Whether the day that it is counted from is the first of its days. */
    firstDayCounted: z.boolean().default(false),
    /** When it counts as near: from the beginning of that day, or after so many hours. */
    nearFrom: length,
    /** Whether the law says how long, or says “promptly” and the length is a setting of ours. */
    lengthIs: z.enum(['LAW', 'SETTING']),
    /** Stages of a report that are what the clock asks for. */
    metBy: z.array(stage).min(1),
    note: words.optional(),
  })
  .refine(({ length, nearFrom }) => 'days' in length === 'days' in nearFrom, {
    path: ['nearFrom'],
    message: 'is not in the unit of the length',
  })
  .refine(({ length, nearFrom }) => amount(nearFrom) <= amount(length), {
    path: ['nearFrom'],
    message: 'lies behind the end',
  });

const amount = (of: z.infer<typeof length>): number => ('days' in of ? of.days : of.hours);
const distinct = <Item>(items: readonly Item[]): boolean => new Set(items).size === items.length;

/** Everything that is given must be so; of a list, one. What is left out does not matter. */
const appliesTo = z.strictObject({
  basis: z.array(reportBasis).min(1).optional(),
  /** As registered, like the sector: what a report says of itself starts no clock. */
  designated: z.boolean().optional(),
  sectors: z.array(sector).min(1).optional(),
  forms: z.array(reportKind).min(1).optional(),
  /** Where a report does not know yet, the clock runs as a possible one. */
  personalData: z
    .array(z.enum(['TRUE', 'FALSE']))
    .min(1)
    .optional(),
});

/** One rule that sets partners a time, with where it stands and from when it holds: a file of `regimes/`. */
export const regime = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
    title: words,
    source: z.strictObject({
      law: words,
      provision: words,
      /** What was read. An authority's own page is not the statute, a secondary source still less. */
      read: z
        .array(
          z.strictObject({
            what: z.string().min(1),
            url: z.url(),
            kind: z.enum(['STATUTE', 'AUTHORITY', 'SECONDARY']),
            on: z.iso.date(),
          }),
        )
        .min(1),
    }),
    validFrom: instant,
    /** The first instant at which it no longer holds. */
    validUntil: instant.nullable(),
    appliesTo,
    /** What a report cannot tell, and the clock depends on as well: then it is a possible one for whomever it concerns. */
    onlyIf: words.optional(),
    why: words,
    clocks: z.array(regimeClock).min(1),
  })
  .refine(({ validFrom, validUntil }) => validUntil === null || Date.parse(validFrom) < Date.parse(validUntil), {
    path: ['validUntil'],
    message: 'is not after validFrom',
  })
  .refine(({ clocks }) => distinct(clocks.map(({ kind }) => kind)), {
    path: ['clocks'],
    message: 'kinds are not distinct',
  });

export type Regime = z.infer<typeof regime>;
export type RegimeClock = Regime['clocks'][number];
