import type { Explanation } from '@sekisho/guideline';
import { pdfInThread } from './pdf-thread.js';
import { renderHtml } from './render-html.js';
import { renderMarkdown } from './render-markdown.js';
import { renderText } from './render-text.js';

/** The forms in which a document is given out; the first is for whoever does not mind. */
export const MEDIA_TYPES = ['text/markdown', 'text/plain', 'text/html', 'application/pdf'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** How OpenAPI describes an answer in any of them. */
export const DOCUMENT_CONTENT = Object.fromEntries(
  MEDIA_TYPES.map((type) => [
    type,
    { schema: type === 'application/pdf' ? { type: 'string', format: 'binary' } : { type: 'string' } },
  ]),
) as Record<MediaType, { schema: { type: 'string'; format?: string } }>;

/** A document in its form, ready to be sent. */
export interface Rendered {
  contentType: string;
  body: string | Buffer;
}

/** `createdAt` is the date of the document, where its form has one. */
export async function render(explanation: Explanation, type: MediaType, createdAt: Date): Promise<Rendered> {
  if (type === 'application/pdf') return { contentType: type, body: await pdfInThread(explanation, createdAt) };
  const renderer = { 'text/markdown': renderMarkdown, 'text/plain': renderText, 'text/html': renderHtml }[type];
  return { contentType: `${type}; charset=utf-8`, body: renderer(explanation) };
}
