import fc from 'fast-check';
import { marked } from 'marked';
import { anyExplanation, piecesOf } from '../test/any-explanation.js';
import { readPage } from '../test/page.js';
import { renderMarkdown } from './index.js';

const OURS = 'html head body h1 h2 h3 p ul li blockquote'.split(' ');

it('says to a reader of Markdown what the explanation says, and none of its text is markup', () => {
  fc.assert(
    fc.property(anyExplanation, (explanation) => {
      const { texts, tags } = readPage(marked.parse(renderMarkdown(explanation), { async: false }));
      expect(texts).toEqual(piecesOf(explanation));
      expect([...tags].filter((tag) => !OURS.includes(tag))).toEqual([]);
    }),
  );
});
