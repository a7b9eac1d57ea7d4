import { type BatchLine, LINE_LIMIT, lineTooLong, unreadable } from './batch-line.js';

/** A record of a CSV text, or why it is none; with the line on which it begins. */
export type CsvRecord =
  { readonly line: number; readonly cells: readonly string[] } | Extract<BatchLine, { problem: unknown }>;

const MARK = /["\n]/g;

/**
 * The records of a CSV text (RFC 4180), with one of them in memory. A record ends with a line on which every quotation mark has its second:
 * so one that is malformed is alone in it, and what follows is read. After one that is too long the next begins on the next line.
 */
export async function* csvRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let [line, begun, quoted, tooLong, held] = [1, 1, false, false, ''];
  const hold = (part: string): void => {
    if (held.length + part.length > LINE_LIMIT) tooLong = true;
    held = tooLong ? '' : held + part;
  };
  const end = (): CsvRecord | undefined => {
    const record = tooLong ? { line: begun, problem: lineTooLong() } : recordOf(begun, held);
    [begun, quoted, tooLong, held] = [line, false, false, ''];
    return record;
  };
  for await (const chunk of text) {
    let from = 0;
    for (const { 0: mark, index } of chunk.matchAll(MARK)) {
      if (mark === '"') {
        quoted = !quoted;
        continue;
      }
      line += 1;
      hold(chunk.slice(from, index + 1));
      from = index + 1;
      if (quoted && !tooLong) continue;
      const record = end();
      if (record) yield record;
    }
    hold(chunk.slice(from));
  }
  const last = held !== '' || tooLong ? end() : undefined;
  if (last) yield last;
}

// A cell in quotation marks, which may hold anything and says a mark by two; or one without any. Then a comma, or the end.
const CELL = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

function recordOf(line: number, text: string): CsvRecord | undefined {
  const record = text.replace(/\r?\n?$/, '');
  if (record.trim() === '') return undefined;
  const cells: string[] = [];
  CELL.lastIndex = 0;
  for (;;) {
    const [, quoted, plain, separator] = CELL.exec(record) ?? [];
    if (separator === undefined)
      return { line, problem: unreadable('The quotation marks of this record do not match.') };
    cells.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (separator === '') return { line, cells };
  }
}
