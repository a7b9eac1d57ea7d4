import type { ExecutionProvision } from '../provision.js';
import { POLICE_DUTIES_ACT_6_2, PROPOSAL, SDF_ACT_81_3 } from '../sources.js';

/** Joint action waits for a review here: without one there would be nobody to choose between joint and sole. */
export const executorDomesticServers: ExecutionProvision = {
  id: 'executor-domestic-servers',
  row: 8,
  words: {
    en: 'Where all servers are in Japan, the police act alone, or jointly with the Self-Defense Forces where the conditions of a communication-protection measure are met and the National Security Council reviews the case.',
    ja: 'すべてのサーバーが国内にあるときは、警察が単独で、又は通信防護措置の要件を満たし、かつ、国家安全保障会議が審議するときは自衛隊と共同で対処する。',
  },
  sources: [POLICE_DUTIES_ACT_6_2, SDF_ACT_81_3, PROPOSAL],
  when: [{ servers: 'ALL_DOMESTIC' }, { targets: 'SOME_OTHER' }],
  then: {
    targets: 'OTHER',
    candidates: [
      { executor: 'NPA_SOLE' },
      {
        executor: 'JOINT_NPA_SDF',
        when: [{ fact: 'communicationProtection', is: 'TRUE' }, { nscReview: 'REQUIRED' }],
      },
    ],
  },
};
