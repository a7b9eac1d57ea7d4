import { inHours } from '../case.js';
import { Course } from './course.js';
import { GRAVE, type Kind, OVERSEAS, seenOf } from './kind.js';

const WHY = 'The next wave was announced for the coming minutes.';

/** No time for the commission's prior approval: the order is given on a declaration, and the commission rules afterwards. */
export const urgentJustified: Kind = {
  name: 'urgent-justified',
  title: {
    en: 'no time for prior approval: notified, and found justified',
    ja: '事前承認の暇なし：事後通知、正当と認められる',
  },
  provision: 'Police Duties Execution Act 6-2: notification afterwards where there is no time; never without the NSC',
  async run(stage, run) {
    const claims = { ...GRAVE, noTimeForPriorApproval: 'TRUE', plannedActionAt: inHours(1) };
    const course = await Course.open(stage, run, OVERSEAS, claims);
    const judged = await course.confirmScope({ executor: 'NPA_SOLE' });
    const orderId = await course.draft(judged, 'NPA_SOLE');
    await course.equip(judged, ['COMMISSION_APPROVAL']);
    await course.refused(judged, orderId, ['COMMISSION_APPROVAL']);
    const requestId = await course.ask(judged, WHY);
    await course.issue(judged, orderId, 'NPA_SOLE');
    await course.carryOut('npa', judged, orderId);
    await course.rule(judged, requestId, 'JUSTIFIED');
    return seenOf(course);
  },
};
