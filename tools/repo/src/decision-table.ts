import type { Guideline, Provision } from '@sekisho/guideline';

/** One line of the table: what is asked, each under its column, and what follows. */
export interface TableRow {
  readonly row: number;
  readonly provision: string;
  readonly asked: Readonly<Record<string, string>>;
  readonly then: string;
}

type Condition = Readonly<Record<string, string>>;

const COLUMNS = [
  'measureContemplated',
  'graveHarmUrgent',
  'nationalSecurityImpact',
  'communicationProtection',
  'noTimeForPriorApproval',
  'servers',
  'targets',
  'nscReview',
  'execution',
  'measure',
] as const;

function asked(conditions: readonly Condition[]): Record<string, string> {
  return Object.fromEntries(
    conditions.map((condition): [string, string] =>
      condition['fact'] === undefined
        ? (Object.entries(condition)[0] as [string, string])
        : [condition['fact'], condition['is']!],
    ),
  );
}

/** The decision table of a version as it is in the code: a line for each provision, and one for each alternative of it. */
export function tableRows({ provisions }: Guideline): TableRow[] {
  return provisions.flatMap((provision): TableRow[] => {
    const { row, id, when, then } = provision;
    const line = (more: readonly object[] | undefined, what: string): TableRow => ({
      row,
      provision: id,
      asked: asked([...when, ...(more ?? [])] as unknown as Condition[]),
      then: what,
    });
    if ('outcome' in then) return [line([], then.outcome)];
    if ('review' in then) return [line([], `NSC review: ${then.review}`)];
    if ('candidates' in then)
      return then.candidates.map((each) => line(each.when, `${then.targets}: ${each.executor}`));
    const safeguards = then.safeguards.join(', ');
    const only = then.onlyFor === undefined ? '' : ` (only for ${then.onlyFor})`;
    return then.timings === undefined
      ? [line([], `${safeguards}${only}`)]
      : then.timings.map((each) => line(each.when, `${safeguards}: ${each.timing}${only}`));
  });
}

/** The columns that a version asks, in the order of the facts. */
export const tableColumns = (rows: readonly TableRow[]): string[] =>
  COLUMNS.filter((column) => rows.some((row) => column in row.asked));

const ROW_HEIGHT = 30;
const HEAD = 128;
const NUMBER = 44;
const NAME = 236;
const CELL = 92;
const THEN = 400;
const COLOURS = { outcome: '#f3e3e0', review: '#e2ecf4', execution: '#e6f1e3', safeguard: '#f4eeda' } as const;

/** The table as a picture: lines are coloured by what they decide. */
export function decisionTable(guideline: Guideline): string {
  const rows = tableRows(guideline);
  const columns = tableColumns(rows);
  const width = NUMBER + NAME + columns.length * CELL + THEN + 32;
  const height = HEAD + rows.length * ROW_HEIGHT + 52;
  const x = (column: number): number => 16 + NUMBER + NAME + column * CELL;
  const kinds = new Map(guideline.provisions.map((provision) => [provision.id, kindOf(provision)]));
  const head = columns.map((column, at) => {
    const [left, bottom] = [x(at) + CELL / 2, HEAD - 10];
    return `<text transform="translate(${left} ${bottom}) rotate(-38)">${column}</text>`;
  });
  const lines = rows.map((row, at) => {
    const y = HEAD + at * ROW_HEIGHT;
    const cells = columns.map((column, place) => cell(row.asked[column], x(place), y));
    const again = at > 0 && rows[at - 1]!.provision === row.provision;
    return [
      `<rect x="16" y="${y}" width="${width - 32}" height="${ROW_HEIGHT}" fill="${COLOURS[kinds.get(row.provision)!]}"/>`,
      again ? '' : `<path d="M16 ${y}H${width - 16}" stroke="#8a8a8a"/>`,
      again ? '' : `<text x="26" y="${y + 19}" font-weight="bold">${row.row}</text>`,
      again ? '' : `<text x="${16 + NUMBER}" y="${y + 19}">${row.provision}</text>`,
      ...cells,
      `<text x="${x(columns.length) + 10}" y="${y + 19}">${row.then}</text>`,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="11" fill="#1b1b1b">`,
    `<title>${guideline.title.en} · ${guideline.title.ja}</title>`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    `<text x="16" y="26" font-size="15" font-weight="bold">${guideline.id}</text>`,
    `<text x="16" y="44">${guideline.title.ja}</text>`,
    ...head,
    ...lines,
    `<path d="M16 ${HEAD + rows.length * ROW_HEIGHT}H${width - 16}" stroke="#8a8a8a"/>`,
    ...Object.entries(COLOURS).map(
      ([kind, colour], at) =>
        `<rect x="${16 + at * 120}" y="${height - 34}" width="14" height="14" fill="${colour}" stroke="#8a8a8a"/><text x="${36 + at * 120}" y="${height - 23}">${kind}</text>`,
    ),
    '</svg>\n',
  ].join('\n');
}

function kindOf({ then }: Provision): keyof typeof COLOURS {
  if ('outcome' in then) return 'outcome';
  if ('review' in then) return 'review';
  return 'candidates' in then ? 'execution' : 'safeguard';
}

/** A long value goes over two lines, at an underscore. */
function cell(value: string | undefined, x: number, y: number): string {
  if (value === undefined)
    return `<text x="${x + CELL / 2}" y="${y + 19}" text-anchor="middle" fill="#9a9a9a">–</text>`;
  const parts = value.split('_');
  const half = Math.ceil(parts.length / 2);
  const lines = value.length <= 13 ? [value] : [`${parts.slice(0, half).join('_')}_`, parts.slice(half).join('_')];
  return lines
    .map((text, at) => {
      const down = lines.length === 1 ? 19 : 13 + at * 12;
      return `<text x="${x + CELL / 2}" y="${y + down}" text-anchor="middle" font-size="10">${text}</text>`;
    })
    .join('');
}
