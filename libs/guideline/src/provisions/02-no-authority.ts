import type { OutcomeProvision } from '../provision.js';
import { POLICE_DUTIES_ACT_6_2 } from '../sources.js';

export const noAuthority: OutcomeProvision = {
  id: 'no-authority',
  row: 2,
  words: {
    en: 'A measure may be taken only where grave harm to life, body or property is likely if the attack is left alone, and the matter is urgent.',
    ja: '放置すれば人の生命、身体又は財産に重大な危害が発生するおそれがあり、緊急の必要がある場合でなければ、措置をとることはできない。',
  },
  sources: [POLICE_DUTIES_ACT_6_2],
  when: [{ fact: 'graveHarmUrgent', is: 'FALSE' }],
  then: { outcome: 'NO_AUTHORITY' },
};
