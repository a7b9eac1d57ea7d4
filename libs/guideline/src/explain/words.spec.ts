import { guidelines } from '../index.js';
import { basisIn } from './code-words.js';
import { citeSources } from './source-words.js';
import { isReview } from '../provision.js';

describe.each(guidelines.map((guideline) => [guideline.id, guideline] as const))('%s', (_, guideline) => {
  it('cites each of its sources in Japanese', () => {
    for (const { sources } of guideline.provisions) {
      expect(citeSources(sources, 'ja')).not.toMatch(/\b(Act|art|News|proposal)\b/);
    }
  });

  it('has words of their own for its grounds', () => {
    for (const { then, words } of guideline.provisions.filter(isReview)) {
      expect(basisIn(guideline, then.review, 'en')).not.toContain(words.en.slice(0, -1));
    }
  });
});
