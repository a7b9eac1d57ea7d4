import type { SafeguardProvision } from '../provision.js';
import { POLICE_DUTIES_ACT_6_2, SDF_ACT_95_4 } from '../sources.js';

export const foreignMinisterConsultation: SafeguardProvision = {
  id: 'foreign-minister-consultation',
  row: 9,
  words: {
    en: 'For every server that is not known to be in Japan, the foreign minister is consulted before the measure.',
    ja: '国内にあることが明らかでないサーバーについては、措置に先立ち外務大臣と協議する。',
  },
  sources: [POLICE_DUTIES_ACT_6_2, SDF_ACT_95_4],
  when: [{ servers: 'SOME_NOT_KNOWN_DOMESTIC' }],
  then: { safeguards: ['FOREIGN_MINISTER_CONSULTATION'] },
};
