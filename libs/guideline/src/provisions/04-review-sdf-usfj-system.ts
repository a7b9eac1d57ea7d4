import type { ReviewProvision } from '../provision.js';
import { ARTICLE } from '../sources.js';

export const reviewSdfUsfjSystem: ReviewProvision = {
  id: 'review-sdf-usfj-system',
  row: 4,
  words: {
    en: 'Attacks on systems of the Self-Defense Forces or of U.S. Forces Japan are reviewed by the National Security Council in advance.',
    ja: '自衛隊又は在日米軍のシステムに対する攻撃は、国家安全保障会議が事前に審議する。',
  },
  sources: [ARTICLE],
  when: [{ targets: 'SOME_SDF_OR_USFJ' }],
  then: { review: 'SDF_OR_USFJ_SYSTEM' },
};
