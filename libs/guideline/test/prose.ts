import type { Explanation } from '../src/index.js';

/** Every piece of text of an explanation, in the order in which it is read. */
export function prose({ title, blocks }: Explanation): string[] {
  return [
    title,
    ...blocks.flatMap((block) => {
      if (block.kind === 'list') return block.items;
      if (block.kind !== 'citations') return [block.text];
      return block.items.flatMap(({ label, words, source, reasons }) => [label, words, source, ...reasons]);
    }),
  ];
}
