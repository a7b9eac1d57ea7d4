import { type Aim, type Figure, meets } from './figure.js';

export interface Measured {
  readonly benchmark: string;
  readonly figures: readonly Figure[];
}

/** Three figures are as many as a noisy machine can vouch for; whole numbers stay whole. */
export function spell(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en-GB', { maximumFractionDigits: 6 });
}

const spellAim = (aim: Aim | undefined, unit: string): string =>
  aim === undefined ? '' : 'atLeast' in aim ? `≥ ${spell(aim.atLeast)} ${unit}` : `≤ ${spell(aim.atMost)} ${unit}`;

const HEAD = ['benchmark', 'figure', 'measured', 'unit', 'aim', 'met'] as const;

const rowsOf = (measured: readonly Measured[]): string[][] =>
  measured.flatMap(({ benchmark, figures }) =>
    figures.map((figure, position) => {
      const met = meets(figure);
      const { name, value, unit, aim, note } = figure;
      return [
        position === 0 ? benchmark : '',
        note === undefined ? name : `${name} (${note})`,
        spell(value),
        unit,
        spellAim(aim, unit),
        met === undefined ? '' : met ? '✓' : '✗',
      ];
    }),
  );

/** The figures as a table for a terminal. */
export function table(measured: readonly Measured[]): string {
  const rows = [[...HEAD], ...rowsOf(measured)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 2 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

/** The same in Markdown, for a page. */
export function markdown(measured: readonly Measured[]): string {
  const rows = [[...HEAD], ['---', '---', '---:', '---', '---', '---'], ...rowsOf(measured)];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
