import type { GuidelineClause } from '../guideline.js';
import { ARTICLE, POLICE_DUTIES_ACT_6_2, PROPOSAL, SDF_ACT_81_3, SDF_ACT_95_4 } from '../sources.js';

/** The article's statement on who acts overseas, read together with the statute. */
export const executorChoice: GuidelineClause = {
  id: 'A8',
  words: {
    en: 'Overseas servers are dealt with by the police and the SDF jointly, or by the police alone.',
    ja: '国外のサーバーには、警察と自衛隊が共同で、又は警察が単独で対処する。',
  },
  sources: [ARTICLE, SDF_ACT_81_3],
  provisions: ['executor-overseas-server'],
  judgements: ['choice-of-executor'],
};

/** What the statute adds to the article. */
export const statuteText: GuidelineClause[] = [
  {
    id: 'S1',
    words: {
      en: 'Only where grave harm to life, body or property is likely if left alone and the matter is urgent.',
      ja: '放置すれば人の生命、身体又は財産に重大な危害が発生するおそれがあり、緊急の必要がある場合に限る。',
    },
    sources: [POLICE_DUTIES_ACT_6_2],
    provisions: ['no-authority'],
    judgements: ['grave-harm-urgent'],
  },
  {
    id: 'S2',
    words: {
      en: 'For a server not known to be in Japan, the foreign minister is consulted.',
      ja: '国内にあることが明らかでないサーバーについては、外務大臣と協議する。',
    },
    sources: [POLICE_DUTIES_ACT_6_2, SDF_ACT_95_4],
    provisions: ['foreign-minister-consultation'],
    judgements: [],
  },
  {
    id: 'S3',
    words: {
      en: 'The commission approves in advance; where there is no time, it is notified afterwards. Nobody may skip the NSC.',
      ja: '委員会が事前に承認し、いとまがないときは事後に通知する。国家安全保障会議の審議は省略できない。',
    },
    sources: [POLICE_DUTIES_ACT_6_2, SDF_ACT_95_4],
    provisions: ['commission-approval', 'nsc-approval'],
    judgements: ['no-time-for-prior-approval'],
  },
  {
    id: 'S4',
    words: {
      en: 'Communication protection is joint action of the SDF with the police, by order of the prime minister and with the consent of the NPSC.',
      ja: '通信防護措置は、内閣総理大臣の命令により、国家公安委員会の同意を得て、自衛隊が警察と共同で行う。',
    },
    sources: [SDF_ACT_81_3],
    provisions: ['executor-overseas-server', 'executor-domestic-servers', 'joint-action'],
    judgements: ['communication-protection'],
  },
  {
    id: 'S5',
    words: {
      en: 'Where all servers are in Japan, the police act under their own law; joint action only where the NSC reviews the case and can choose it.',
      ja: 'すべてのサーバーが国内にあるときは、警察が自らの法律に基づき対処する。共同での対処は、国家安全保障会議が審議し選択できる場合に限る。',
    },
    sources: [POLICE_DUTIES_ACT_6_2, PROPOSAL],
    provisions: ['executor-domestic-servers'],
    judgements: ['choice-of-executor'],
  },
];
