import type { GuidelineClause } from '../guideline.js';
import { ARTICLE } from '../sources.js';

/** The article's statements that read the same in every version so far. */
export const sharingOnly: GuidelineClause = {
  id: 'A1',
  words: {
    en: 'The guideline concerns access and neutralisation measures; sharing information is outside it.',
    ja: '本指針はアクセス・無害化措置を対象とし、情報共有には及ばない。',
  },
  sources: [ARTICLE],
  provisions: ['no-measure'],
  judgements: [],
};

export const reviewInAdvance: GuidelineClause[] = [
  {
    id: 'A2',
    words: {
      en: 'Attacks from overseas servers are reviewed by the NSC in advance.',
      ja: '国外のサーバーからの攻撃は、国家安全保障会議が事前に審議する。',
    },
    sources: [ARTICLE],
    provisions: ['review-overseas-server', 'nsc-approval'],
    judgements: [],
  },
  {
    id: 'A3',
    words: {
      en: 'Attacks on systems of the SDF or USFJ are reviewed by the NSC.',
      ja: '自衛隊又は在日米軍のシステムへの攻撃は、国家安全保障会議が審議する。',
    },
    sources: [ARTICLE],
    provisions: ['review-sdf-usfj-system', 'nsc-approval'],
    judgements: [],
  },
  {
    id: 'A4',
    words: {
      en: 'Attacks from domestic servers are reviewed if they affect national security.',
      ja: '国内のサーバーからの攻撃は、国家の安全保障に影響を及ぼす場合に審議する。',
    },
    sources: [ARTICLE],
    provisions: ['review-domestic-national-security', 'nsc-approval'],
    judgements: ['national-security-impact'],
  },
  {
    id: 'A5',
    words: {
      en: 'The meeting of the ministers concerned discusses whether the measures are appropriate.',
      ja: '関係閣僚による会議が、措置の適否を審議する。',
    },
    sources: [ARTICLE],
    provisions: [],
    judgements: ['measure-appropriate', 'meeting-composition'],
  },
  {
    id: 'A6',
    words: {
      en: 'Once the measures are approved, the NPA or the SDF acts.',
      ja: '了承の後、警察庁又は自衛隊が対処する。',
    },
    sources: [ARTICLE],
    provisions: ['nsc-approval'],
    judgements: [],
  },
];

export const sdfResponsibility: GuidelineClause = {
  id: 'A7',
  words: {
    en: 'Cases that involve systems of the SDF or USFJ are the responsibility of the SDF.',
    ja: '自衛隊又は在日米軍のシステムに係る事案は、自衛隊が担当する。',
  },
  sources: [ARTICLE],
  provisions: ['executor-sdf-usfj-target'],
  judgements: [],
};
