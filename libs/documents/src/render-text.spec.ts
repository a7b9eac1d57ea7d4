import fc from 'fast-check';
import { anyExplanation, piecesOf } from '../test/any-explanation.js';
import { renderText } from './index.js';
import { widthOf, wrap } from './wrap.js';

const close = (text: string): string => text.replace(/\s/g, '');

it('has no line over 80 columns and loses nothing', () => {
  fc.assert(
    fc.property(anyExplanation, (explanation) => {
      const text = renderText(explanation);
      for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
      let rest = close(text);
      for (const piece of piecesOf(explanation)) {
        expect(rest).toContain(close(piece));
        rest = rest.slice(rest.indexOf(close(piece)) + close(piece).length);
      }
    }),
  );
});

it('counts a full-width character as two and breaks neither words nor before a stop', () => {
  expect(wrap('国外のサーバーがある。', 20)).toEqual(['国外のサーバーがあ', 'る。']);
  expect(wrap('措置をとる余地がある。', 20)).toEqual(['措置をとる余地があ', 'る。']);
  expect(wrap('（事前の承認）を得る（いとま）', 20)).toEqual(['（事前の承認）を得る', '（いとま）']);
  expect(wrap('no server is known to be in Japan', 14)).toEqual(['no server is', 'known to be in', 'Japan']);
  expect(wrap('a'.repeat(25), 10)).toEqual(['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)]);
});

it('never begins a line with a stop, however it falls', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('国', 'サーバー', '事前に、', '承認。', '（案）'), { minLength: 9 }),
      (parts) => {
        const lines = wrap(parts.join(''), 20);
        for (const each of lines.slice(1)) expect(each).not.toMatch(/^[、。）ー]/);
      },
    ),
  );
});

it('moves no cursor', () => {
  const text = renderText({ language: 'en', title: 'a\u001b[2J\u0007b', blocks: [] });
  expect(text).toBe('a [2J b\n=======\n');
});
