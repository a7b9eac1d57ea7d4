import type { Block, Citation, Explanation } from '@sekisho/guideline';

/** It stands alone: nothing is fetched, nothing runs. */
const STYLE = `
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem 4rem; color: #1b1b1b; background: #fff;
  font: 1rem/1.75 "BIZ UDPGothic", "Hiragino Sans", "Noto Sans JP", "Yu Gothic", Meiryo, system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.35; border-bottom: 3px solid #1f3a5f; padding-bottom: .5rem; }
h2 { font-size: 1.2rem; margin-top: 2.25rem; border-left: .4rem solid #1f3a5f; padding-left: .6rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
ul { padding-left: 1.4rem; }
blockquote { margin: 0; padding: .25rem 1rem; background: #f3f5f8; border-left: 3px solid #b9c4d3; }
blockquote p { margin: .25rem 0; }
footer { font-size: .85rem; color: #4a4a4a; }
@media print {
  @page { size: A4; margin: 20mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h1, h2, h3 { break-after: avoid; }
  section, li { break-inside: avoid; }
}
`;

/** As a whole page, for reading and for printing. */
export function renderHtml({ language, title, blocks }: Explanation): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${blocks.map(blockIn).join('\n')}
</main>
</body>
</html>
`;
}

function blockIn(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'list':
      return itemsIn(block.items);
    case 'citations':
      return block.items.map(citationIn).join('\n');
  }
}

const citationIn = ({ label, words, source, reasons }: Citation): string =>
  [
    `<section>`,
    `<h3>${escaped(label)}</h3>`,
    ...(words ? [`<blockquote><p>${escaped(words)}</p>`] : []),
    ...(source ? [`<footer>${escaped(source)}</footer>`] : []),
    ...(words ? ['</blockquote>'] : []),
    ...(reasons.length > 0 ? [itemsIn(reasons)] : []),
    '</section>',
  ].join('\n');

const itemsIn = (items: readonly string[]): string =>
  `<ul>\n${items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Text within HTML or SVG, also within an attribute. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
