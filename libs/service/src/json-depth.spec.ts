import { DEPTH_LIMIT, refuseDeepJson } from './json-depth.js';
import type { ProblemError } from './problem-error.js';

const said = (text: string): unknown => {
  try {
    refuseDeepJson(Buffer.from(text));
  } catch (error) {
    const { code } = error as ProblemError;
    return [code, (error as ProblemError).detail('en'), (error as ProblemError).detail('ja')];
  }
  return 'taken';
};
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('JSON', () => {
  it.each<[string, string]>([
    ['of the greatest depth', nested(DEPTH_LIMIT)],
    ['of objects and lists in turn', `${'{"a":['.repeat(DEPTH_LIMIT / 2)}${']}'.repeat(DEPTH_LIMIT / 2)}`],
    ['that is long and not deep', `[${'[],'.repeat(10_000)}[]]`],
    ['with brackets in text', JSON.stringify({ text: '['.repeat(1_000), 'a"[': '\\"['.repeat(1_000) })],
    ['that is none', ']]]}}"'],
    ['that ends in the middle of text', '"\\'],
    ['that is nothing', ''],
  ])('%s is for the parser', (_, text) => {
    expect(said(text)).toBe('taken');
  });

  it.each([
    ['one level deeper', nested(DEPTH_LIMIT + 1)],
    ['that never closes', '{"a":'.repeat(100_000)],
    ['deep after text that ends with a backslash', `["\\\\",${nested(DEPTH_LIMIT)}]`],
  ])('%s is refused, in words that name the bound', (_, text) => {
    expect(said(text)).toEqual([
      'invalid-request',
      ': is nested too deeply: objects and lists may stand in one another 64 times',
      ': 入れ子が深すぎます。オブジェクトと配列の入れ子は 64 段までです',
    ]);
  });
});
