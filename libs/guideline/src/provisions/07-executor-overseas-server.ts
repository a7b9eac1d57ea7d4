import type { ExecutionProvision } from '../provision.js';
import { ARTICLE, SDF_ACT_81_3 } from '../sources.js';

export const executorOverseasServer: ExecutionProvision = {
  id: 'executor-overseas-server',
  row: 7,
  words: {
    en: 'Against servers overseas the police act alone, or jointly with the Self-Defense Forces where the conditions of a communication-protection measure are met; the National Security Council chooses.',
    ja: '国外のサーバーに対しては、警察が単独で、又は通信防護措置の要件を満たすときは自衛隊と共同で対処し、そのいずれかは国家安全保障会議が定める。',
  },
  sources: [ARTICLE, SDF_ACT_81_3],
  when: [{ servers: 'SOME_OVERSEAS' }, { targets: 'SOME_OTHER' }],
  then: {
    targets: 'OTHER',
    candidates: [
      { executor: 'NPA_SOLE' },
      { executor: 'JOINT_NPA_SDF', when: [{ fact: 'communicationProtection', is: 'TRUE' }] },
    ],
  },
};
