import { inHours } from '../case.js';
import { Course } from './course.js';
import { GRAVE, type Kind, OVERSEAS, seenOf } from './kind.js';

/** Who may act: the SDF alone, the police alone, or both together. */
export const sdfAlone: Kind = {
  name: 'sdf-alone',
  title: {
    en: 'an attack on the SDF’s own systems goes to the SDF alone',
    ja: '自衛隊のシステムへの攻撃は自衛隊のみが対処する',
  },
  provision: 'SDF Act 95-4; rows 4 and 6 of the decision table',
  async run(stage, run) {
    const course = await Course.open(stage, run, 'jp-2016-mod-dii', { ...GRAVE, plannedActionAt: inHours(1) });
    const [server] = course.incident.servers;
    await course.assess({ [`servers.${server!.ref}.location`]: 'OVERSEAS' });
    const judged = await course.confirmScope({ executor: 'SDF' });
    course.tell(`determination: review ${course.incident.determination.nscReview.required}, executor SDF`);
    const orderId = await course.draft(judged, 'SDF');
    await course.equip(judged);
    await course.issue(judged, orderId, 'SDF');
    await course.carryOut('sdf', judged, orderId);
    return seenOf(course);
  },
};

export const domesticPolice: Kind = {
  name: 'domestic-police',
  title: {
    en: 'domestic servers without effect on national security: the police alone, without the NSC',
    ja: '国内のサーバで国家安全保障への影響なし：国家安全保障会議を経ず警察のみ',
  },
  provision: 'Police Duties Execution Act 6-2; rows 5, 8 and 10',
  async run(stage, run) {
    const claims = { ...GRAVE, nationalSecurityImpact: 'FALSE', plannedActionAt: inHours(1) };
    const course = await Course.open(stage, run, 'jp-2016-jaxa-tick', claims);
    const judged = await course.confirmScope({ executor: 'NPA_SOLE' });
    course.tell(`determination: review ${course.incident.determination.nscReview.required}, executor NPA_SOLE`);
    const orderId = await course.draft(judged, 'NPA_SOLE');
    await course.equip(judged);
    await course.issue(judged, orderId, 'NPA_SOLE');
    await course.carryOut('npa', judged, orderId);
    return seenOf(course);
  },
};

const JOINT = { ...GRAVE, communicationProtection: 'TRUE' } as const;

export const joint: Kind = {
  name: 'joint',
  title: {
    en: 'a joint order goes to both, and neither starts before both have accepted',
    ja: '共同の命令は双方に出され、双方が受諾するまでいずれも着手できない',
  },
  provision: 'SDF Act 81-3; rows 7 and 11',
  async run(stage, run) {
    const course = await Course.open(stage, run, OVERSEAS, { ...JOINT, plannedActionAt: inHours(1) });
    const judged = await course.confirmScope({ executor: 'JOINT_NPA_SDF' });
    const orderId = await course.draft(judged, 'JOINT_NPA_SDF');
    await course.equip(judged);
    await course.issue(judged, orderId, 'JOINT_NPA_SDF');
    await course.agency('npa').receivesOrder(course.incidentId);
    await course.agency('sdf').receivesOrder(course.incidentId);
    await course.returns('npa', orderId, 'ACKNOWLEDGED');
    await course.returns('npa', orderId, 'STARTED');
    await course.agency('npa').receives(course.incidentId, 'a rejection', ({ type }) => type === 'return-rejected.v1');
    course.count('orders.returnsRejected');
    await course.returns('sdf', orderId, 'ACKNOWLEDGED', 'ACKNOWLEDGED');
    await course.returns('npa', orderId, 'STARTED', 'EXECUTING');
    await course.returns('sdf', orderId, 'STARTED');
    await course.returns('npa', orderId, 'COMPLETED', undefined, { serversTouched: judged.servers });
    await course.returns('sdf', orderId, 'COMPLETED', 'COMPLETED', { serversTouched: judged.servers });
    course.count(...judged.servers.map(() => 'orders.serversTouched'));
    return seenOf(course);
  },
};

export const jointDeclined: Kind = {
  name: 'joint-declined',
  title: { en: 'one agency declines a joint order: it falls for both', ja: '一方が辞退すると共同の命令は失効する' },
  provision: 'our own rule: in a joint order neither agency starts before both have accepted',
  async run(stage, run) {
    const course = await Course.open(stage, run, OVERSEAS, { ...JOINT, plannedActionAt: inHours(1) });
    const judged = await course.confirmScope({ executor: 'JOINT_NPA_SDF' });
    const orderId = await course.draft(judged, 'JOINT_NPA_SDF');
    await course.equip(judged);
    await course.issue(judged, orderId, 'JOINT_NPA_SDF');
    await course.agency('npa').receivesOrder(course.incidentId);
    await course.agency('sdf').receivesOrder(course.incidentId);
    await course.returns('npa', orderId, 'ACKNOWLEDGED');
    // The two agencies' topics are read side by side: what crosses a stop would be rejected.
    await course.partBecomes(orderId, 'npa', 'ACKNOWLEDGED');
    await course.returns('sdf', orderId, 'DECLINED', 'DECLINED', { reason: 'The skills needed are not free.' });
    await course.agency('npa').receives(course.incidentId, 'the stop', ({ type }) => type === 'order-stopped.v1');
    await course.returns('npa', orderId, 'NOT_EXECUTED');
    await course.partBecomes(orderId, 'npa', 'NOT_EXECUTED');
    return seenOf(course);
  },
};
