import type { SafeguardProvision } from '../provision.js';
import { POLICE_DUTIES_ACT_6_2, SDF_ACT_95_4 } from '../sources.js';

export const commissionApproval: SafeguardProvision = {
  id: 'commission-approval',
  row: 10,
  words: {
    en: 'Every measure needs the prior approval of the oversight commission, whether or not the National Security Council reviews the case; where there is no time for it, the commission is notified afterwards.',
    ja: '措置には、国家安全保障会議の審議の有無にかかわらず、サイバー通信情報監理委員会の事前の承認を要する。そのいとまがないときは、事後に通知する。',
  },
  sources: [POLICE_DUTIES_ACT_6_2, SDF_ACT_95_4],
  when: [{ measure: 'POSSIBLE' }],
  then: {
    safeguards: ['COMMISSION_APPROVAL'],
    timings: [
      { timing: 'POST_NOTIFICATION', when: [{ fact: 'noTimeForPriorApproval', is: 'TRUE' }] },
      { timing: 'PRIOR' },
    ],
  },
};
