import { double, finds, lose, ofType, type Planted } from '../../test/finds.js';
import { messages, table } from '../../test/small-world.js';
import { handledOnce } from './handled-once.js';

type Place = readonly [service: Parameters<typeof table>[1], name: string, column: string, value: string];
const [CLASSIFICATION, SCHEDULING, TASKING] = ['classification', 'nsc-scheduling', 'agency-tasking'] as const;

/** A row that a handler wrote: without it, `without` is said; with it twice, `twice`. */
const WRITTEN: readonly (readonly [Place, without: string[], twice: string[]])[] = [
  [
    [CLASSIFICATION, 'incident_report', 'report_id', 'report-1'],
    ['incidents of reports: report-1 is missing', 'incidents: incident-1 is there 1 time(s) too often'],
    ['incidents of reports: report-1 is there 1 time(s) too often', 'incidents: incident-1 is missing'],
  ],
  [
    [CLASSIFICATION, 'incident', 'id', 'incident-1'],
    ['incidents: incident-1 is missing'],
    ['incidents: incident-1 is there 1 time(s) too often'],
  ],
  [
    [SCHEDULING, 'review', 'scope_digest', 'scope-1'],
    ['reviews of confirmed scopes: scope-1 is missing', 'reviews told: review-1 is there 1 time(s) too often'],
    ['reviews of confirmed scopes: scope-1 is there 1 time(s) too often', 'reviews told: review-1 is missing'],
  ],
  [
    [SCHEDULING, 'review_supersession', 'review_id', 'review-2'],
    ['supersessions told: review-2 is there 1 time(s) too often'],
    ['supersessions told: review-2 is missing'],
  ],
  ...(
    [
      ['scopes known to tasking', 'confirmed_scope', 'event_id', 'classification.determinations#6'],
      ['determinations known to tasking', 'later_facts', 'incident_id', 'incident-1', ' 1'],
      ['lapses known to tasking', 'scope_lapse', 'source', 'SCHEDULING', ' scope-2'],
      ['their confirmations', 'evidence_confirmation', 'evidence_id', 'withdrawal-1'],
      ['contests known to tasking', 'fact_contest', 'contest_id', 'contest-2'],
      ['settlements known to tasking', 'fact_contest_settlement', 'contest_id', 'contest-2'],
    ] as const
  ).map(([what, name, column, value, more = '']): (typeof WRITTEN)[number] => [
    [TASKING, name, column, value],
    [`${what}: ${value}${more} is missing`],
    [`${what}: ${value}${more} is there 1 time(s) too often`],
  ]),
  [
    ['incident-intake', 'report_reading', 'report_id', 'report-1'],
    ['readings known to intake: report-1 analyst 2026-11-25T01 is missing'],
    ['readings known to intake: report-1 analyst 2026-11-25T01 is there 1 time(s) too often'],
  ],
  [
    [TASKING, 'evidence', 'id', 'ruling-1'],
    ['decisions and rulings known to tasking: ruling-1 is missing', 'their confirmations: ruling-1 is missing'],
    ['decisions and rulings known to tasking: ruling-1 is there 1 time(s) too often'],
  ],
];

const rows = WRITTEN.flatMap(([[service, name, column, value], without, twice]): Planted[] => {
  const meant = (row: Readonly<Record<string, unknown>>): boolean => row[column] === value;
  return [
    [`an event without effect: no ${name}`, (world) => lose(table(world, service, name), meant), without],
    [`an event twice in effect: another ${name}`, (world) => double(table(world, service, name), meant), twice],
  ];
});

describe('no event twice in effect', () => {
  finds(handledOnce, '28 effects of events', [
    ...rows,
    [
      'an incident that was opened and not told',
      (world) =>
        lose(
          messages(world, 'classification.determinations.v1'),
          (message) => ofType('incident-opened')(message) && message.key === 'incident-1',
        ),
      ['openings told: report-1 is missing'],
    ],
    [
      'a review that was opened twice, and told so',
      (world) => {
        double(table(world, SCHEDULING, 'review'), ({ id }) => id === 'review-1', { id: 'review-9' });
        const all = messages(world, 'nsc.reviews.v1');
        const headers = { ce_id: 'other', ce_type: 'review-opened.v1', ce_sequence: '99' };
        all.push({ ...all[0]!, headers, value: JSON.stringify({ reviewId: 'review-9' }) });
      },
      ['reviews of confirmed scopes: scope-1 is there 1 time(s) too often'],
    ],
    [
      'a review of what needs none',
      (world) => table(world, SCHEDULING, 'review').push({ id: 'review-9', scope_digest: 'scope-9' }),
      ['reviews of confirmed scopes: scope-9 is there 1 time(s) too often', 'reviews told: review-9 is missing'],
    ],
  ]);
});
