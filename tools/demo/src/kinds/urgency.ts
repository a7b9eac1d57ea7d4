import type { Stage } from '../case.js';
import { order } from '../orders.js';
import { drafted, type Drafted } from './drafted.js';
import { type Kind, seenOf } from './kind.js';

const WHY = 'The next wave was announced for the coming minutes.';

/** An urgent case for which the commission's word alone is missing. */
async function withoutTheCommission(stage: Stage, run: string): Promise<Drafted> {
  const urgent = await drafted(stage, run, 'NPA_SOLE', { noTimeForPriorApproval: 'TRUE' });
  await urgent.course.equip(urgent.judged, ['COMMISSION_APPROVAL']);
  return urgent;
}

/** No time for the commission's prior approval: the order is given on a declaration, and the commission rules afterwards. */
export const urgentJustified: Kind = {
  name: 'urgent-justified',
  title: {
    en: 'no time for prior approval: notified, and found justified',
    ja: '事前承認の暇なし：事後通知、正当と認められる',
  },
  provision: 'Police Duties Execution Act 6-2: notification afterwards where there is no time; never without the NSC',
  async run(stage, run) {
    const { course, judged, orderId } = await withoutTheCommission(stage, run);
    await course.refused(judged, orderId, ['COMMISSION_APPROVAL']);
    const requestId = await course.ask(judged, WHY);
    await course.issue(judged, orderId);
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
    const { course, judged, orderId } = await withoutTheCommission(stage, run);
    const requestId = await course.ask(judged, WHY);
    await course.issue(judged, orderId);
    await course.start('npa', orderId);
    await course.rule(judged, requestId, 'UNJUSTIFIED');
    await course.stops('npa', orderId, judged.servers);
    const owed = (await order(stage, orderId)).obligations.filter(({ state }) => state !== 'MET');
    course.tell(...owed.map(({ kind, owedBy, dueAt }) => `owed: ${kind} by ${owedBy} until ${dueAt}`));
    return seenOf(course);
  },
};
