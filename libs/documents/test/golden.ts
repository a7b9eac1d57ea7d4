import { renderHtml, renderMarkdown, renderText } from '../src/index.js';
import { explained } from './explained.js';

/** Beside this file, in the sources, also when it runs as built. */
export const GOLDEN = new URL('golden/', import.meta.url.replace('/dist/test/', '/test/'));

/** Every file of the folder with what it is to hold: all as Markdown, one as text and as a page. */
export function golden(): Map<string, string> {
  const files = new Map<string, string>();
  for (const language of ['en', 'ja'] as const) {
    const all = explained(language);
    for (const [name, explanation] of Object.entries(all)) {
      files.set(`${name}.${language}.md`, renderMarkdown(explanation));
    }
    files.set(`provisional.${language}.txt`, renderText(all['provisional']!));
    files.set(`refusal.${language}.html`, renderHtml(all['refusal']!));
  }
  return files;
}
