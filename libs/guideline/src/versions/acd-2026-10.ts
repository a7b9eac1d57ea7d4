import type { Guideline } from '../guideline.js';
import { noMeasure } from '../provisions/01-no-measure.js';
import { noAuthority } from '../provisions/02-no-authority.js';
import { reviewOverseasServer } from '../provisions/03-review-overseas-server.js';
import { reviewSdfUsfjSystem } from '../provisions/04-review-sdf-usfj-system.js';
import { reviewDomesticNationalSecurity } from '../provisions/05-review-domestic-national-security.js';
import { executorSdfUsfjTarget } from '../provisions/06-executor-sdf-usfj-target.js';
import { executorOverseasServer } from '../provisions/07-executor-overseas-server.js';
import { executorDomesticServers } from '../provisions/08-executor-domestic-servers.js';
import { foreignMinisterConsultation } from '../provisions/09-foreign-minister-consultation.js';
import { commissionApproval } from '../provisions/10-commission-approval.js';
import { jointAction } from '../provisions/11-joint-action.js';
import { nscApproval } from '../provisions/12-nsc-approval.js';
import { reviewInAdvance, sdfResponsibility, sharingOnly } from './article-text.js';
import {
  choiceOfExecutor,
  communicationProtection,
  graveHarmUrgent,
  measureAppropriate,
  meetingComposition,
  nationalSecurityImpact,
  noTimeForPriorApproval,
} from './judgements.js';
import { executorChoice, statuteText } from './statute-text.js';
import { sdfOrUsfjAndOther } from './target-groups.js';

/**
 * The article and the statute, in force from the day on which access and neutralisation measures become lawful: [S] Act 43 of 2025 and
 * its commencement order.
 */
export const acd202610: Guideline = {
  id: 'acd-2026-10',
  title: {
    en: 'Guidelines for access and neutralisation measures, October 2026',
    ja: 'アクセス・無害化措置に関する指針（2026年10月）',
  },
  validFrom: '2026-10-01T00:00:00+09:00',
  text: [sharingOnly, ...reviewInAdvance, sdfResponsibility, executorChoice, ...statuteText],
  targetGroups: sdfOrUsfjAndOther,
  provisions: [
    noMeasure,
    noAuthority,
    reviewOverseasServer,
    reviewSdfUsfjSystem,
    reviewDomesticNationalSecurity,
    executorSdfUsfjTarget,
    executorOverseasServer,
    executorDomesticServers,
    foreignMinisterConsultation,
    commissionApproval,
    jointAction,
    nscApproval,
  ],
  judgements: [
    graveHarmUrgent,
    nationalSecurityImpact,
    communicationProtection,
    noTimeForPriorApproval,
    measureAppropriate,
    choiceOfExecutor,
    meetingComposition,
  ],
};
