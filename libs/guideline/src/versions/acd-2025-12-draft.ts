import type { Guideline } from '../guideline.js';
import { noMeasure } from '../provisions/01-no-measure.js';
import { reviewOverseasServer } from '../provisions/03-review-overseas-server.js';
import { reviewSdfUsfjSystem } from '../provisions/04-review-sdf-usfj-system.js';
import { reviewDomesticNationalSecurity } from '../provisions/05-review-domestic-national-security.js';
import { executorSdfUsfjTarget } from '../provisions/06-executor-sdf-usfj-target.js';
import { executorOverseasServerDraft } from '../provisions/07-executor-overseas-server-draft.js';
import { executorDomesticServersDraft } from '../provisions/08-executor-domestic-servers-draft.js';
import { nscApproval } from '../provisions/12-nsc-approval.js';
import { ARTICLE, PROPOSAL } from '../sources.js';
import { reviewInAdvance, sdfResponsibility, sharingOnly } from './article-text.js';
import { choiceOfExecutor, measureAppropriate, meetingComposition, nationalSecurityImpact } from './judgements.js';
import { sdfOrUsfjAndOther } from './target-groups.js';

/** The article alone. A draft: never in force. */
export const acd202512Draft: Guideline = {
  id: 'acd-2025-12-draft',
  title: {
    en: 'Draft guidelines for access and neutralisation measures, December 2025',
    ja: 'アクセス・無害化措置に関する指針案（2025年12月）',
  },
  validFrom: null,
  text: [
    sharingOnly,
    ...reviewInAdvance,
    sdfResponsibility,
    {
      id: 'A8',
      words: {
        en: 'Overseas servers are dealt with by the police and the SDF jointly, or by the police alone.',
        ja: '国外のサーバーには、警察と自衛隊が共同で、又は警察が単独で対処する。',
      },
      sources: [ARTICLE],
      provisions: ['executor-overseas-server-draft'],
      judgements: ['choice-of-executor'],
    },
    {
      id: 'P1',
      words: {
        en: 'Where all servers are in Japan, the police act alone.',
        ja: 'すべてのサーバーが国内にあるときは、警察が単独で対処する。',
      },
      sources: [PROPOSAL],
      provisions: ['executor-domestic-servers-draft'],
      judgements: [],
    },
  ],
  targetGroups: sdfOrUsfjAndOther,
  provisions: [
    noMeasure,
    reviewOverseasServer,
    reviewSdfUsfjSystem,
    reviewDomesticNationalSecurity,
    executorSdfUsfjTarget,
    executorOverseasServerDraft,
    executorDomesticServersDraft,
    nscApproval,
  ],
  judgements: [nationalSecurityImpact, measureAppropriate, choiceOfExecutor, meetingComposition],
};
