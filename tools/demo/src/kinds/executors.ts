import type { Stage } from '../case.js';
import { draftOn, drafted, type Drafted, openGrave } from './drafted.js';
import { type Kind, seenOf } from './kind.js';

/** Who may act: the SDF alone, the police alone, or both together. */
export const sdfAlone: Kind = {
  name: 'sdf-alone',
  title: {
    en: 'an attack on the SDF’s own systems goes to the SDF alone',
    ja: '自衛隊のシステムへの攻撃は自衛隊のみが対処する',
  },
  provision: 'SDF Act 95-4; rows 4 and 6 of the decision table',
  async run(stage, run) {
    const course = await openGrave(stage, run, {}, 'jp-2016-mod-dii');
    const [server] = course.incident.servers;
    await course.assess({ [`servers.${server!.ref}.location`]: 'OVERSEAS' });
    const { judged, orderId } = await draftOn(course, 'SDF');
    course.tell(`determination: review ${judged.determination.nscReview.required}, executor SDF`);
    await course.equip(judged);
    await course.issue(judged, orderId);
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
    const claims = { nationalSecurityImpact: 'FALSE' };
    const { course, judged, orderId } = await drafted(stage, run, 'NPA_SOLE', claims, 'jp-2016-jaxa-tick');
    course.tell(`determination: review ${judged.determination.nscReview.required}, executor NPA_SOLE`);
    await course.equip(judged);
    await course.issue(judged, orderId);
    await course.carryOut('npa', judged, orderId);
    return seenOf(course);
  },
};

/** A joint order that both agencies have got and the police have accepted. */
async function acceptedByThePolice(stage: Stage, run: string): Promise<Drafted> {
  const joint = await drafted(stage, run, 'JOINT_NPA_SDF', { communicationProtection: 'TRUE' });
  const { course, judged, orderId } = joint;
  await course.equip(judged);
  await course.issue(judged, orderId);
  await course.hears('npa', 'order-issued.v1');
  await course.hears('sdf', 'order-issued.v1');
  await course.returns('npa', orderId, 'ACKNOWLEDGED');
  return joint;
}

export const joint: Kind = {
  name: 'joint',
  title: {
    en: 'a joint order goes to both, and neither starts before both have accepted',
    ja: '共同の命令は双方に出され、双方が受諾するまでいずれも着手できない',
  },
  provision: 'SDF Act 81-3; rows 7 and 11',
  async run(stage, run) {
    const { course, judged, orderId } = await acceptedByThePolice(stage, run);
    await course.returns('npa', orderId, 'STARTED');
    await course.hears('npa', 'return-rejected.v1');
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
    const { course, orderId } = await acceptedByThePolice(stage, run);
    // The two agencies' topics are read side by side: what crosses a stop would be rejected.
    await course.partBecomes(orderId, 'npa', 'ACKNOWLEDGED');
    await course.returns('sdf', orderId, 'DECLINED', 'DECLINED', { reason: 'The skills needed are not free.' });
    await course.hears('npa', 'order-stopped.v1');
    await course.returns('npa', orderId, 'NOT_EXECUTED');
    await course.partBecomes(orderId, 'npa', 'NOT_EXECUTED');
    return seenOf(course);
  },
};
