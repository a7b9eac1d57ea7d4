import type { Judgement } from '../guideline.js';
import { ARTICLE, POLICE_DUTIES_ACT_6_2, SDF_ACT_81_3 } from '../sources.js';

/** What the text leaves to people, and how their answer reaches the rules. Open questions are named as such. */
export const graveHarmUrgent: Judgement = {
  id: 'grave-harm-urgent',
  words: {
    en: 'Whether grave harm is likely if the attack is left alone, and whether the matter is urgent.',
    ja: '放置すれば重大な危害が発生するおそれがあるか、緊急の必要があるか。',
  },
  arrivesAs: 'graveHarmUrgent',
  judgedBy: 'analysts of the National Cybersecurity Office',
  sources: [POLICE_DUTIES_ACT_6_2],
};

export const nationalSecurityImpact: Judgement = {
  id: 'national-security-impact',
  words: {
    en: 'Whether the attack affects national security.',
    ja: '攻撃が国家の安全保障に影響を及ぼすか。',
  },
  arrivesAs: 'nationalSecurityImpact',
  judgedBy: 'analysts of the National Cybersecurity Office; who assesses it in law is an open question',
  sources: [ARTICLE],
};

export const communicationProtection: Judgement = {
  id: 'communication-protection',
  words: {
    en: 'Whether the actor is abroad, the act especially organised and planned, serious disruption highly likely, the skills of the Self-Defense Forces needed and the computer an eligible one.',
    ja: '通信防護措置の要件（国外の主体、特に高度に組織的かつ計画的な行為、重大な支障の高い蓋然性、自衛隊の能力の必要、対象電子計算機）を満たすか。',
  },
  arrivesAs: 'communicationProtection',
  judgedBy: 'analysts of the National Cybersecurity Office',
  sources: [SDF_ACT_81_3],
};

export const noTimeForPriorApproval: Judgement = {
  id: 'no-time-for-prior-approval',
  words: {
    en: 'Whether there is no time for the prior approval of the commission; in doubt there is.',
    ja: '委員会の事前の承認を得るいとまがないか。疑わしいときは、いとまがあるものとする。',
  },
  arrivesAs: 'noTimeForPriorApproval',
  judgedBy: 'analysts of the National Cybersecurity Office',
  sources: [POLICE_DUTIES_ACT_6_2],
};

export const measureAppropriate: Judgement = {
  id: 'measure-appropriate',
  words: {
    en: 'Whether the measures proposed are appropriate.',
    ja: '提案された措置が適切か。',
  },
  arrivesAs: 'evidence NSC_APPROVAL',
  judgedBy: 'National Security Council',
  sources: [ARTICLE],
};

export const choiceOfExecutor: Judgement = {
  id: 'choice-of-executor',
  words: {
    en: 'Which of several possible executors acts; how the council chooses is an open question.',
    ja: '複数の実施主体が考えられる場合に、いずれが対処するか。',
  },
  arrivesAs: 'the executor of each server in the scope that the council approves',
  judgedBy: 'National Security Council',
  sources: [ARTICLE],
};

export const meetingComposition: Judgement = {
  id: 'meeting-composition',
  words: {
    en: 'Who attends the meeting, and whether those present suffice.',
    ja: '会議の出席者、及びその出席で足りるか。',
  },
  arrivesAs: 'settings of the scheduling service',
  judgedBy: 'NSC secretariat',
  sources: [ARTICLE],
};
