import { ProblemError, refuseDeepJson } from '@sekisho/service';
import { TextDecoder } from 'node:util';
import { type BatchLine, LINE_LIMIT, lineTooLong, unreadable } from './batch-line.js';

const NEWLINE = 0x0a;

/** The lines of an NDJSON body, with never more than one of them in memory. Empty ones are counted and passed over. */
export async function* ndjsonLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<BatchLine> {
  let line = 0;
  let parts: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array): void => {
    length += part.length;
    if (length <= LINE_LIMIT) parts.push(part);
    else parts = [];
  };
  const end = (): BatchLine | undefined => {
    line += 1;
    const read = length > LINE_LIMIT ? { line, problem: lineTooLong() } : lineOf(line, Buffer.concat(parts));
    parts = [];
    length = 0;
    return read;
  };
  for await (const chunk of body) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, at));
      from = at + 1;
      const ended = end();
      if (ended) yield ended;
    }
    if (from < chunk.length) add(chunk.subarray(from));
  }
  const last = length > 0 ? end() : undefined;
  if (last) yield last;
}

// Drops a byte order mark.
const decoder = new TextDecoder('utf-8', { fatal: true });

function lineOf(line: number, bytes: Buffer): BatchLine | undefined {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { line, problem: unreadable('The line is not UTF-8.') };
  }
  if (text.trim() === '') return undefined;
  try {
    refuseDeepJson(bytes);
    return { line, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { line, problem: error instanceof ProblemError ? error : unreadable('The line is not JSON.') };
  }
}
