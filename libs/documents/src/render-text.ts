import type { Block, Citation, Explanation } from '@sekisho/guideline';
import { widthOf, wrap } from './wrap.js';

const WIDTH = 80;

/** As plain text of at most 80 columns, where a full-width character takes two. */
export function renderText({ title, blocks }: Explanation): string {
  return `${[underlined(title, '='), ...blocks.map(blockIn)].join('\n\n')}\n`;
}

function blockIn(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return underlined(block.text, '-');
    case 'paragraph':
      return indented(block.text, '', '');
    case 'list':
      return itemsIn(block.items, '');
    case 'citations':
      return block.items.map(citationIn).join('\n\n');
  }
}

const citationIn = ({ label, words, source, reasons }: Citation): string =>
  [
    indented(label, '', ''),
    ...[words, source].filter(Boolean).map((text) => indented(text, '  ', '  ')),
    ...(reasons.length > 0 ? [itemsIn(reasons, '  ')] : []),
  ].join('\n');

const itemsIn = (items: readonly string[], margin: string): string =>
  items.map((item) => indented(item, `${margin}- `, `${margin}  `)).join('\n');

/** Wrapped, with a margin for the first line and another for those that follow. */
function indented(text: string, first: string, others: string): string {
  const [head = '', ...rest] = wrap(oneLine(text), WIDTH - first.length);
  return [`${first}${head}`, ...rest.map((line) => `${others}${line}`)].join('\n');
}

function underlined(text: string, mark: string): string {
  const lines = wrap(oneLine(text), WIDTH);
  return [...lines, mark.repeat(Math.max(...lines.map(widthOf)))].join('\n');
}

/** Control characters would move a terminal's cursor. */
// eslint-disable-next-line no-control-regex
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
