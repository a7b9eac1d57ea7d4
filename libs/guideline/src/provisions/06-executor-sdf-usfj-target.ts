import type { ExecutionProvision } from '../provision.js';
import { ARTICLE } from '../sources.js';

export const executorSdfUsfjTarget: ExecutionProvision = {
  id: 'executor-sdf-usfj-target',
  row: 6,
  words: {
    en: 'Against attacks on systems of the Self-Defense Forces or of U.S. Forces Japan, the Self-Defense Forces act.',
    ja: '自衛隊又は在日米軍のシステムに対する攻撃については、自衛隊が対処する。',
  },
  sources: [ARTICLE],
  when: [{ targets: 'SOME_SDF_OR_USFJ' }],
  then: { targets: 'SDF_OR_USFJ', candidates: [{ executor: 'SDF' }] },
};
