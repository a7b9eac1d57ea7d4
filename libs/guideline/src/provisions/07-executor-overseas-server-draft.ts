import type { ExecutionProvision } from '../provision.js';
import { ARTICLE } from '../sources.js';

export const executorOverseasServerDraft: ExecutionProvision = {
  id: 'executor-overseas-server-draft',
  row: 7,
  words: {
    en: 'Against servers overseas the police act alone, or the police and the Self-Defense Forces jointly; the National Security Council chooses.',
    ja: '国外のサーバーに対しては、警察が単独で、又は警察と自衛隊が共同で対処し、そのいずれかは国家安全保障会議が定める。',
  },
  sources: [ARTICLE],
  when: [{ servers: 'SOME_OVERSEAS' }, { targets: 'SOME_OTHER' }],
  then: { targets: 'OTHER', candidates: [{ executor: 'NPA_SOLE' }, { executor: 'JOINT_NPA_SDF' }] },
};
