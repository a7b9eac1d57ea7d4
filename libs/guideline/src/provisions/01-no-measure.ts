import type { OutcomeProvision } from '../provision.js';
import { ARTICLE } from '../sources.js';

export const noMeasure: OutcomeProvision = {
  id: 'no-measure',
  row: 1,
  words: {
    en: 'Where no access or neutralisation measure is contemplated, information is shared and nothing else is decided.',
    ja: 'アクセス・無害化措置を検討しない場合は、情報共有にとどめ、ほかに何も決定しない。',
  },
  sources: [ARTICLE],
  when: [{ fact: 'measureContemplated', is: 'FALSE' }],
  then: { outcome: 'NO_MEASURE' },
};
