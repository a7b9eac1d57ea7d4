import { assess, reassess } from '../assessment.js';
import type { Stage } from '../case.js';
import { withdraw } from '../council.js';
import { order } from '../orders.js';
import { drafted, type Drafted } from './drafted.js';
import { type Kind, seenOf } from './kind.js';

/** An order that the police have got, on a case with one server overseas. */
async function received(stage: Stage, run: string): Promise<Drafted & { reviewId: string }> {
  const ordered = await drafted(stage, run, 'NPA_SOLE');
  const { course, judged, orderId } = ordered;
  const { reviewId } = await course.decide(judged, { outcome: 'APPROVED' });
  await course.equip(judged, ['NSC_APPROVAL']);
  await course.issue(judged, orderId);
  await course.hears('npa', 'order-issued.v1');
  return { ...ordered, reviewId };
}

/** Facts changed after the confirmation: nothing that was given stands any more. */
export const factsChanged: Kind = {
  name: 'facts-changed',
  title: { en: 'an analyst changes a decisive fact: what was confirmed lapses', ja: '事実が変われば確認は失効する' },
  provision: 'our own rule: a changed fact changes the digest',
  async run(stage, run) {
    const { course, orderId } = await received(stage, run);
    course.incident = await reassess(stage, course.incidentId, 'graveHarmUrgent', 'FALSE');
    course.tell(`determination: ${course.incident.determination.outcome}`);
    course.count('nsc.reviewsSuperseded');
    await course.stops('npa', orderId);
    return seenOf(course);
  },
};

/** The council takes its approval back while the police act: they are told, answer, and what they did in between is told apart. */
export const approvalWithdrawn: Kind = {
  name: 'approval-withdrawn',
  title: {
    en: 'the NSC withdraws its approval while the order runs: stop, answer, and what happened in between',
    ja: '実施中に承認が撤回：停止の指示、回答、その間の行為',
  },
  provision: 'our own rule: where an approval falls the agencies are told to stop and must answer',
  async run(stage, run) {
    const { course, judged, orderId, reviewId } = await received(stage, run);
    await course.start('npa', orderId);
    await withdraw(stage, judged, reviewId);
    course.count('nsc.withdrawn');
    await course.stops('npa', orderId, judged.servers);
    const { afterStop } = await order(stage, orderId);
    course.tell(
      ...afterStop.map(
        ({ agency, kind, serversTouched }) =>
          `after the stop: agency-${agency} ${kind}, touched ${serversTouched.join(', ')}`,
      ),
    );
    return seenOf(course);
  },
};

/** The police find a server to be elsewhere than was confirmed: nobody starts before an analyst has said which it is. */
export const factContested: Kind = {
  name: 'fact-contested',
  title: {
    en: 'a confirmed fact is contested: the order is suspended until an analyst upholds it',
    ja: '確認後に事実が争われる：分析官が確認するまで命令は停止',
  },
  provision: 'our own rule: after a confirmation only an analyst changes a fact; anything else makes it contested',
  async run(stage, run) {
    const { course, judged, orderId } = await received(stage, run);
    const fact = `servers.${judged.servers[0]}.location`;
    const newFacts = [{ fact, value: 'DOMESTIC', note: 'The address answers from Japan now.' }];
    await course.returns('npa', orderId, 'ACKNOWLEDGED', undefined, { newFacts });
    await course.becomes(orderId, 'SUSPENDED');
    course.count('orders.acknowledged', 'incidents.factsContested');
    await course.hears('npa', 'order-suspended.v1');
    await course.returns('npa', orderId, 'STARTED');
    await course.hears('npa', 'return-rejected.v1');
    course.count('orders.returnsRejected');
    course.incident = await assess(stage, course.incidentId, { [fact]: 'OVERSEAS' });
    await course.hears('npa', 'order-resumed.v1');
    course.count('orders.resumed');
    await course.returns('npa', orderId, 'STARTED', 'EXECUTING');
    await course.returns('npa', orderId, 'COMPLETED', 'COMPLETED', { serversTouched: judged.servers });
    return seenOf(course);
  },
};

/** The partner corrects where a server stands, after the case was confirmed: that contests it, and changes nothing by itself. */
export const reportRevised: Kind = {
  name: 'report-revised',
  title: {
    en: 'the partner revises its report: what contradicts the confirmation is contested, and the order waits',
    ja: '報告者が報告を改訂：確認済みの事実と矛盾すれば争いとなり、命令は停止',
  },
  provision: 'our own rule: a revision changes no confirmed case; what it contradicts is contested',
  async run(stage, run) {
    const { course, judged, orderId } = await received(stage, run);
    await course.returns('npa', orderId, 'ACKNOWLEDGED', 'ACKNOWLEDGED');
    const servers = course.servers.map((server) => ({ ...server, country: 'JP' }));
    await course.revise({ stage: 'FOLLOW_UP', servers });
    await course.becomes(orderId, 'SUSPENDED');
    course.count('incidents.factsContested');
    await course.hears('npa', 'order-suspended.v1');
    course.incident = await assess(stage, course.incidentId, { [`servers.${judged.servers[0]}.location`]: 'OVERSEAS' });
    await course.hears('npa', 'order-resumed.v1');
    course.count('orders.resumed');
    // As the analyst has found: the final report contradicts nothing.
    await course.revise({ stage: 'FINAL' });
    await course.returns('npa', orderId, 'STARTED', 'EXECUTING');
    await course.returns('npa', orderId, 'COMPLETED', 'COMPLETED', { serversTouched: judged.servers });
    return seenOf(course);
  },
};
