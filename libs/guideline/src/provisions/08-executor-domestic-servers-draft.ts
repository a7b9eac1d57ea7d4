import type { ExecutionProvision } from '../provision.js';
import { PROPOSAL } from '../sources.js';

export const executorDomesticServersDraft: ExecutionProvision = {
  id: 'executor-domestic-servers-draft',
  row: 8,
  words: {
    en: 'Where all servers are in Japan, the police act alone.',
    ja: 'すべてのサーバーが国内にあるときは、警察が単独で対処する。',
  },
  sources: [PROPOSAL],
  when: [{ servers: 'ALL_DOMESTIC' }, { targets: 'SOME_OTHER' }],
  then: { targets: 'OTHER', candidates: [{ executor: 'NPA_SOLE' }] },
};
