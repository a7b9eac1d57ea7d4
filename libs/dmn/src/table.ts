import type { Condition, KnownCondition, Provision } from '@sekisho/guideline';
import { type Column, columnOf } from './column.js';
import { text } from './feel.js';

/** Rules say FEEL: a cell tests its column, a result is an expression under its output. */
export interface Rule {
  readonly provision: Pick<Provision, 'id' | 'words' | 'sources'> | null;
  /** By the label of the column; what is not there may be anything. */
  readonly cells: Readonly<Record<string, string>>;
  readonly results: readonly string[];
}

export interface Output {
  /** A table of one output need not name it. */
  readonly name?: string;
  readonly type: string;
  /** The values that it may have; where rules are collected by their output, the first come first. */
  readonly values?: readonly string[];
}

export interface Table {
  readonly hitPolicy: 'FIRST' | 'COLLECT' | 'OUTPUT ORDER';
  readonly columns: readonly Column[];
  readonly outputs: readonly Output[];
  readonly rules: readonly Rule[];
}

/** A line of a table before it has columns: what a provision, or an alternative of it, asks and says. */
export interface Line {
  readonly provision: Provision | null;
  readonly when: readonly (Condition | KnownCondition)[];
  readonly results: readonly string[];
}

/** A table of these lines with the columns that they ask. A line that asks a column for two things at once never holds and is left out. */
export function tableOf(hitPolicy: Table['hitPolicy'], outputs: readonly Output[], lines: readonly Line[]): Table {
  const columns = new Map<string, Column>();
  const rules = lines.flatMap(({ provision, when, results }): Rule[] => {
    const cells: Record<string, string> = {};
    for (const { column, cell } of when.map(columnOf)) {
      if ((cells[column.label] ?? cell) !== cell) return [];
      cells[column.label] = cell;
      columns.set(column.label, column);
    }
    return [{ provision, cells, results }];
  });
  return { hitPolicy, columns: [...columns.values()], outputs, rules };
}

/** A table that knows a value from a list of others: each list with what follows. */
export function listTable(column: Column, type: string, lists: Readonly<Record<string, readonly string[]>>): Table {
  const rules = Object.entries(lists).map(([name, values]): Rule => ({
    provision: null,
    cells: { [column.label]: values.map(text).join(', ') },
    results: [text(name)],
  }));
  return { hitPolicy: 'COLLECT', columns: [column], outputs: [{ type }], rules };
}
