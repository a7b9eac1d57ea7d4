import type { ReviewProvision } from '../provision.js';
import { ARTICLE } from '../sources.js';

export const reviewDomesticNationalSecurity: ReviewProvision = {
  id: 'review-domestic-national-security',
  row: 5,
  words: {
    en: 'Attacks from servers in Japan are reviewed by the National Security Council in advance if they affect national security.',
    ja: '国内のサーバーからの攻撃は、国家の安全保障に影響を及ぼす場合に、国家安全保障会議が事前に審議する。',
  },
  sources: [ARTICLE],
  when: [{ servers: 'SOME_DOMESTIC' }, { fact: 'nationalSecurityImpact', is: 'TRUE' }],
  then: { review: 'DOMESTIC_NATIONAL_SECURITY' },
};
