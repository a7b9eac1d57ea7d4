import { type BatchLine, unreadable } from './batch-line.js';
import { type Charset, decoded } from './charset.js';
import { type Column, columnOf, reportOf } from './csv-columns.js';
import { csvRecords } from './csv-records.js';

/** The records of a CSV body as reports. The first names the columns: where one is not known, no report is read. */
export async function* csvLines(
  body: AsyncIterable<Uint8Array>,
  charset: Charset | undefined,
): AsyncGenerator<BatchLine> {
  let columns: readonly Column[] | undefined;
  for await (const record of csvRecords(decoded(body, charset))) {
    const { line } = record;
    if (columns === undefined) {
      if ('problem' in record) return yield record;
      const unknown = record.cells.filter((header) => columnOf(header) === undefined);
      if (unknown.length > 0) {
        const names = unknown.map((name) => `"${name}"`).join(', ');
        return yield { line, problem: unreadable(`There is no column ${names}.`) };
      }
      columns = record.cells.map((header) => columnOf(header)!);
    } else yield 'problem' in record ? record : lineOf(line, columns, record.cells);
  }
}

function lineOf(line: number, columns: readonly Column[], cells: readonly string[]): BatchLine {
  if (cells.length !== columns.length) {
    return { line, problem: unreadable(`The record has ${cells.length} cells instead of ${columns.length}.`) };
  }
  if (cells.some((cell) => cell.includes('\ufffd'))) {
    return { line, problem: unreadable('The record holds bytes that are no characters in its charset.') };
  }
  return { line, value: reportOf(columns, cells) };
}
