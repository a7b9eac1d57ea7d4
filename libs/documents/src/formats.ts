import type { Explanation } from '@sekisho/guideline';
import Negotiator from 'negotiator';
import { renderHtml } from './render-html.js';
import { renderMarkdown } from './render-markdown.js';
import { renderPdf } from './render-pdf.js';
import { renderText } from './render-text.js';

/** The forms in which a document is given out; the first is for whoever does not mind. */
export const MEDIA_TYPES = {
  md: 'text/markdown',
  text: 'text/plain',
  html: 'text/html',
  pdf: 'application/pdf',
} as const;
export type Format = keyof typeof MEDIA_TYPES;
export const FORMATS = Object.keys(MEDIA_TYPES) as Format[];

/** A document in its form, ready to be sent. */
export interface Rendered {
  contentType: string;
  body: string | Buffer;
}

/** `createdAt` is the date of the document, where its form has one. */
export async function render(explanation: Explanation, format: Format, createdAt: Date): Promise<Rendered> {
  if (format === 'pdf') return { contentType: MEDIA_TYPES.pdf, body: await renderPdf(explanation, createdAt) };
  const renderer = { md: renderMarkdown, text: renderText, html: renderHtml }[format];
  return { contentType: `${MEDIA_TYPES[format]}; charset=utf-8`, body: renderer(explanation) };
}

/** The form that an `Accept` header likes best; null where it takes none of them. */
export function acceptedFormat(accept: string | undefined): Format | null {
  const header = accept === undefined || accept.trim() === '' ? '*/*' : accept;
  const [best] = new Negotiator({ headers: { accept: header } }).mediaTypes(Object.values(MEDIA_TYPES));
  return FORMATS.find((format) => MEDIA_TYPES[format] === best) ?? null;
}
