import { inHours } from '../case.js';
import { order } from '../orders.js';
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

/** The commission finds that there was time: what still runs is stopped, and an answer is owed. */
export const urgentUnjustified: Kind = {
  name: 'urgent-unjustified',
  title: {
    en: 'no time for prior approval: found unjustified while it runs',
    ja: '事前承認の暇なし：事後に不当と判断され、停止',
  },
  provision: 'Police Duties Execution Act 6-2; our own rule: UNJUSTIFIED stops what runs and demands an answer',
  async run(stage, run) {
    const claims = { ...GRAVE, noTimeForPriorApproval: 'TRUE', plannedActionAt: inHours(1) };
    const course = await Course.open(stage, run, OVERSEAS, claims);
    const judged = await course.confirmScope({ executor: 'NPA_SOLE' });
    const orderId = await course.draft(judged, 'NPA_SOLE');
    await course.equip(judged, ['COMMISSION_APPROVAL']);
    const requestId = await course.ask(judged, WHY);
    await course.issue(judged, orderId, 'NPA_SOLE');
    await course.agency('npa').receivesOrder(course.incidentId);
    await course.returns('npa', orderId, 'ACKNOWLEDGED', 'ACKNOWLEDGED');
    await course.returns('npa', orderId, 'STARTED', 'EXECUTING');
    await course.rule(judged, requestId, 'UNJUSTIFIED');
    await course.becomes(orderId, 'STOP_REQUESTED');
    await course.agency('npa').receives(course.incidentId, 'the stop', ({ type }) => type === 'order-stopped.v1');
    await course.returns('npa', orderId, 'STOPPED', 'STOPPED', { serversTouched: judged.servers });
    const owed = (await order(stage, orderId)).obligations.filter(({ state }) => state !== 'MET');
    course.tell(...owed.map(({ kind, owedBy, dueAt }) => `owed: ${kind} by ${owedBy} until ${dueAt}`));
    return seenOf(course);
  },
};
