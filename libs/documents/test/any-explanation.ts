import type { Block, Explanation } from '@sekisho/guideline';
import fc from 'fast-check';

const NASTY = [
  '<b>',
  '&amp;',
  '<!--',
  '-->',
  '](x)',
  '![a](b)',
  '# ',
  '*',
  '_',
  '`',
  '1. ',
  '- ',
  '~~',
  '|',
  '\\',
  '"',
  "'",
  '&#60;',
  '```',
  '---',
  '> ',
  '=',
  '+ ',
];
const PLAIN = [
  '国家安全保障会議',
  'サーバー',
  '、',
  '。',
  '（',
  '）',
  'server',
  ' ',
  'review-overseas-server',
  's1',
  '2026',
  '令和8年11月20日(金)',
];

/** A line of text with whatever somebody may have put into it. */
export const anyLine = fc
  .array(fc.constantFrom(...NASTY, ...PLAIN), { minLength: 1, maxLength: 25 })
  .map((parts) => parts.join('').replace(/\s+/g, ' ').trim() || '空');

const citation = fc.record({
  provision: fc.constant('p'),
  label: anyLine,
  answer: fc.constantFrom('TRUE' as const, 'FALSE' as const, 'UNKNOWN' as const, null),
  words: anyLine,
  source: anyLine,
  reasons: fc.array(anyLine, { maxLength: 3 }),
});
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: anyLine }),
  fc.record({ kind: fc.constant('paragraph' as const), text: anyLine }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(anyLine, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('citations' as const), items: fc.array(citation, { minLength: 1, maxLength: 2 }) }),
);
export const anyExplanation: fc.Arbitrary<Explanation> = fc.record({
  language: fc.constantFrom('en' as const, 'ja' as const),
  title: anyLine,
  blocks: fc.array(block, { maxLength: 5 }),
});

/** Its pieces of text in the order of reading. */
export function piecesOf({ title, blocks }: Explanation): string[] {
  const inside = (each: Block): string[] => {
    if (each.kind === 'list') return each.items;
    if (each.kind !== 'citations') return [each.text];
    return each.items.flatMap(({ label, words, source, reasons }) => [label, words, source, ...reasons]);
  };
  return [title, ...blocks.flatMap(inside)];
}
