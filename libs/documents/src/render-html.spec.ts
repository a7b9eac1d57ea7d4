import fc from 'fast-check';
import { anyExplanation, piecesOf } from '../test/any-explanation.js';
import { readPage } from '../test/page.js';
import { renderHtml } from './index.js';

const OURS = 'html head meta title style body main h1 h2 h3 p ul li section blockquote footer'.split(' ');

it('says in a browser what the explanation says, with no element that is not ours', () => {
  fc.assert(
    fc.property(anyExplanation, (explanation) => {
      const { texts, tags } = readPage(renderHtml(explanation));
      expect(texts).toEqual(piecesOf(explanation));
      expect([...tags].filter((tag) => !OURS.includes(tag))).toEqual([]);
    }),
  );
});

it('is a whole page in its language that fetches and runs nothing', () => {
  const page = renderHtml({ language: 'ja', title: '<説明>', blocks: [] });
  expect(page).toMatch(/^<!doctype html>\n<html lang="ja">/);
  expect(page).toContain('<title>&lt;説明&gt;</title>');
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/https?:|<script|<link/);
});
