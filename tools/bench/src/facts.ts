import type { Facts } from '@sekisho/guideline';

const PLANNED = '2026-11-26T12:00:00+09:00';

/** Cases as they come, with everything known: who acts and what is needed differs from one to the next. */
export const KNOWN: readonly Facts[] = (['OVERSEAS', 'DOMESTIC'] as const).flatMap((location) =>
  (['CRITICAL_INFRASTRUCTURE', 'SDF', 'GOVERNMENT'] as const).flatMap((kind) =>
    (['TRUE', 'FALSE'] as const).map((impact) => ({
      plannedActionAt: PLANNED,
      measureContemplated: 'TRUE',
      graveHarmUrgent: 'TRUE',
      nationalSecurityImpact: impact,
      communicationProtection: impact,
      noTimeForPriorApproval: 'FALSE',
      servers: [
        { ref: 's1', location },
        { ref: 's2', location },
      ],
      targets: [{ ref: 't1', kind }],
    })),
  ),
);

/** The hardest case of a size: nothing is known of it. */
export const unknownFacts = (servers: number, targets: number): Facts => ({
  plannedActionAt: PLANNED,
  measureContemplated: 'UNKNOWN',
  graveHarmUrgent: 'UNKNOWN',
  nationalSecurityImpact: 'UNKNOWN',
  communicationProtection: 'UNKNOWN',
  noTimeForPriorApproval: 'UNKNOWN',
  servers: Array.from({ length: servers }, (_, index) => ({ ref: `s${index + 1}`, location: 'UNKNOWN' })),
  targets: Array.from({ length: targets }, (_, index) => ({ ref: `t${index + 1}`, kind: 'UNKNOWN' })),
});
