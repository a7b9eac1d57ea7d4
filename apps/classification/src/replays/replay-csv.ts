import type { ReplayChange } from '@sekisho/contracts';
import { endOf } from '@sekisho/guideline';

type Decided = ReplayChange['from'];

/** The columns of the table of changes, each with what it says of a change. */
const COLUMNS: readonly (readonly [name: string, of: (change: ReplayChange) => string])[] = [
  ['incidentId', ({ incidentId }) => incidentId],
  ['determinationVersion', ({ determinationVersion }) => String(determinationVersion)],
  ['from', ({ from }) => endOf(from)],
  ['to', ({ to }) => endOf(to)],
  ['fromBases', ({ from }) => from.nscReview.bases.join(' ')],
  ['toBases', ({ to }) => to.nscReview.bases.join(' ')],
  ['fromSafeguards', ({ from }) => safeguards(from)],
  ['toSafeguards', ({ to }) => safeguards(to)],
  ['fromMissingFacts', ({ from }) => from.missingFacts.join(' ')],
  ['toMissingFacts', ({ to }) => to.missingFacts.join(' ')],
  [
    'provisions',
    ({ provisions }) =>
      provisions.map(({ provision, from, to }) => `${provision} ${from ?? '-'}>${to ?? '-'}`).join('; '),
  ],
];

const safeguards = ({ safeguards: list }: Decided): string =>
  list.map((each) => ('timing' in each ? `${each.kind}:${each.timing}` : each.kind)).join(' ');

/** RFC 4180. */
const line = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;

export const csvHeader = (): string => line(COLUMNS.map(([name]) => name));
export const csvLine = (change: ReplayChange): string => line(COLUMNS.map(([, of]) => of(change)));
