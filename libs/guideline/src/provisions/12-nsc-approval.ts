import type { SafeguardProvision } from '../provision.js';
import { ARTICLE } from '../sources.js';

export const nscApproval: SafeguardProvision = {
  id: 'nsc-approval',
  row: 12,
  words: {
    en: 'A case that the National Security Council reviews, or may have to review, waits for its approval of the measures; urgency does not displace it.',
    ja: '国家安全保障会議が審議する案件、又は審議を要する可能性のある案件は、措置についての同会議の了承を待つ。緊急であっても省略できない。',
  },
  sources: [ARTICLE],
  when: [{ nscReview: 'REQUIRED_OR_POSSIBLE' }],
  then: { safeguards: ['NSC_APPROVAL'] },
};
