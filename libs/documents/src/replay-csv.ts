import { type CaseChange, type Decided, endInLine, endOf, type Explanation } from '@sekisho/guideline';

type Language = Explanation['language'];

/** A case that is answered otherwise, by its id; the version of its determination where it has one. */
export interface ChangedCase extends CaseChange {
  incidentId: string;
  determinationVersion: number | null;
}

/** The columns of the table of changes, each with what it says of a change: codes, and the ends in words too. */
const COLUMNS: readonly (readonly [name: string, of: (change: ChangedCase, language: Language) => string])[] = [
  ['incidentId', ({ incidentId }) => incidentId],
  ['determinationVersion', ({ determinationVersion }) => String(determinationVersion ?? '')],
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
  ['fromInWords', ({ from }, language) => endInLine(endOf(from), language)],
  ['toInWords', ({ to }, language) => endInLine(endOf(to), language)],
];

const safeguards = ({ safeguards: list }: Decided): string =>
  list.map((each) => ('timing' in each ? `${each.kind}:${each.timing}` : each.kind)).join(' ');

const line = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;

/** The table's first line, and a line for each change: RFC 4180. */
export const csvHeader = (): string => line(COLUMNS.map(([name]) => name));
export const csvLine = (change: ChangedCase, language: Language): string =>
  line(COLUMNS.map(([, of]) => of(change, language)));
