import type { Guideline } from '../../src/guideline.js';
import { PROPOSAL } from '../../src/sources.js';
import { acd202610 } from '../../src/versions/acd-2026-10.js';
import { reviewGovernmentTarget } from './review-government-target.js';

/** An amendment that nobody has adopted, made up to show what one takes: these two files, and no other. */
export const acd202704Invented: Guideline = {
  ...acd202610,
  id: 'acd-2027-04-invented',
  title: { en: 'An invented amendment, April 2027', ja: '架空の改正（2027年4月）' },
  validFrom: '2027-04-01T00:00:00+09:00',
  text: [
    ...acd202610.text,
    {
      id: 'P9',
      words: {
        en: 'Attacks on systems of the government are reviewed by the NSC.',
        ja: '政府のシステムへの攻撃は、国家安全保障会議が審議する。',
      },
      sources: [PROPOSAL],
      provisions: ['review-government-target', 'nsc-approval'],
      judgements: [],
    },
  ],
  targetGroups: { ...acd202610.targetGroups, GOVERNMENT: ['GOVERNMENT'] },
  provisions: acd202610.provisions.flatMap((provision) =>
    provision.id === 'review-sdf-usfj-system' ? [provision, reviewGovernmentTarget] : [provision],
  ),
};
