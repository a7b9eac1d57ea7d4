import type { ReviewProvision } from '../provision.js';
import { ARTICLE } from '../sources.js';

export const reviewOverseasServer: ReviewProvision = {
  id: 'review-overseas-server',
  row: 3,
  words: {
    en: 'Attacks from servers overseas are reviewed by the National Security Council in advance.',
    ja: '国外のサーバーからの攻撃は、国家安全保障会議が事前に審議する。',
  },
  sources: [ARTICLE],
  when: [{ servers: 'SOME_OVERSEAS' }],
  then: { review: 'OVERSEAS_SERVER' },
};
