import type { ReviewProvision } from '../../src/provision.js';
import { PROPOSAL } from '../../src/sources.js';

/** Invented: attacks on the government's own systems are reviewed too. */
export const reviewGovernmentTarget: ReviewProvision = {
  id: 'review-government-target',
  row: 4,
  words: {
    en: 'An attack on a system of the government is reviewed by the National Security Council in advance.',
    ja: '政府のシステムに対する攻撃は、国家安全保障会議が事前に審議する。',
  },
  sources: [PROPOSAL],
  when: [{ targets: 'SOME_GOVERNMENT' }],
  then: { review: 'GOVERNMENT_SYSTEM' },
};
