import type { Block, Citation, Explanation } from '@sekisho/guideline';

/** As Markdown (CommonMark). No text of the explanation is read as markup. */
export function renderMarkdown({ title, blocks }: Explanation): string {
  return `${[`# ${escaped(title)}`, ...blocks.flatMap(blockIn)].join('\n\n')}\n`;
}

function blockIn(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [`## ${escaped(block.text)}`];
    case 'paragraph':
      return [escaped(block.text)];
    case 'list':
      return [itemsIn(block.items)];
    case 'citations':
      return block.items.flatMap(citationIn);
  }
}

function citationIn({ label, words, source, reasons }: Citation): string[] {
  const quoted = [words, source].filter(Boolean).map((text) => `> ${escaped(text)}`);
  return [
    `### ${escaped(label)}`,
    ...(quoted.length > 0 ? [quoted.join('\n>\n')] : []),
    ...(reasons.length > 0 ? [itemsIn(reasons)] : []),
  ];
}

const itemsIn = (items: readonly string[]): string => items.map((item) => `- ${escaped(item)}`).join('\n');

/** On one line, with every character escaped that could begin markup there. */
const escaped = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[<>&~|]/g, '\\$&')
    .replace(/^([#+=-]|\d+[.)])/, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`)
    .replace(/(?<= )#+$/, (end) => end.replaceAll('#', '\\#'));
