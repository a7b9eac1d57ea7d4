import type { SafeguardProvision } from '../provision.js';
import { SDF_ACT_81_3 } from '../sources.js';

export const jointAction: SafeguardProvision = {
  id: 'joint-action',
  row: 11,
  words: {
    en: 'Joint action needs an order of the prime minister and the consent of the National Public Safety Commission; they concern joint action alone.',
    ja: '警察と自衛隊が共同で対処するには、内閣総理大臣の命令及び国家公安委員会の同意を要する。',
  },
  sources: [SDF_ACT_81_3],
  when: [{ execution: 'JOINT_NPA_SDF' }],
  then: { safeguards: ['PRIME_MINISTER_ORDER', 'NPSC_CONSENT'], onlyFor: 'JOINT_NPA_SDF' },
};
