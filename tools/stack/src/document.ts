import { writeFileSync } from 'node:fs';
import { type MediaType, render } from '@sekisho/documents';
import type { Explanation } from '@sekisho/guideline';
import { Fault } from './fault.js';

export interface DocumentOptions {
  readonly format?: string | undefined;
  /** Where to write; standard output unless named. */
  readonly out?: string | undefined;
}

const FORMATS = {
  text: 'text/plain',
  md: 'text/markdown',
  html: 'text/html',
  pdf: 'application/pdf',
} as const satisfies Record<string, MediaType>;

/** How the options are told in a line of usage. */
export const DOCUMENT_USAGE = `[--format ${Object.keys(FORMATS).join('|')}] [--out FILE]`;

/** Writes a text for people in the form that was asked for. `how` is the command's usage. */
export async function writeDocument(text: Explanation, { format = 'text', out }: DocumentOptions, how: string) {
  if (!Object.hasOwn(FORMATS, format)) throw new Fault(`There is no format ${format}.`, how);
  if (format === 'pdf' && out === undefined) throw new Fault('A PDF is no text: say where to write it.', how);
  const { body } = await render(text, FORMATS[format as keyof typeof FORMATS], new Date());
  if (out === undefined) process.stdout.write(body);
  else writeFileSync(out, body);
}
