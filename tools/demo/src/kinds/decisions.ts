import { drafted } from './drafted.js';
import { type Kind, seenOf } from './kind.js';

/** What the council may decide: with conditions, not at all, later. */
export const withConditions: Kind = {
  name: 'approved-with-conditions',
  title: { en: 'the NSC approves with conditions: the order carries them', ja: '条件付き承認：命令に条件が付される' },
  provision: 'the meeting discusses whether the measures are appropriate; outcomes are our own proposal',
  async run(stage, run) {
    const { course, judged, orderId } = await drafted(stage, run, 'NPA_SOLE');
    const conditions = ['The foreign ministry is told of the result within a day.'];
    await course.decide(judged, { outcome: 'APPROVED_WITH_CONDITIONS', conditions });
    await course.equip(judged, ['NSC_APPROVAL']);
    await course.issue(judged, orderId);
    const { order } = await course.hears('npa', 'order-issued.v1');
    course.tell(`the order to the police says: ${order!.conditions.join(' ')}`);
    await course.carryOut('npa', judged, orderId);
    return seenOf(course);
  },
};

export const rejected: Kind = {
  name: 'rejected',
  title: { en: 'the NSC rejects: no order', ja: '国家安全保障会議が否決：命令は出せない' },
  provision: 'row 12: NSC approval',
  async run(stage, run) {
    const { course, judged, orderId } = await drafted(stage, run, 'NPA_SOLE');
    await course.decide(judged, { outcome: 'REJECTED' });
    await course.equip(judged, ['NSC_APPROVAL']);
    await course.refused(judged, orderId, ['NSC_APPROVAL REJECTED']);
    return seenOf(course);
  },
};

export const deferred: Kind = {
  name: 'deferred',
  title: { en: 'the NSC defers: the review comes back, and is approved then', ja: '継続審議の後に承認' },
  provision: 'what is deferred comes back to the council',
  async run(stage, run) {
    const { course, judged, orderId } = await drafted(stage, run, 'NPA_SOLE');
    await course.decide(judged, { outcome: 'DEFERRED' });
    await course.equip(judged, ['NSC_APPROVAL']);
    await course.refused(judged, orderId, ['NSC_APPROVAL DEFERRED']);
    await course.decide(judged, { outcome: 'APPROVED' });
    await course.issue(judged, orderId);
    await course.carryOut('npa', judged, orderId);
    return seenOf(course);
  },
};

export const recused: Kind = {
  name: 'minister-recused',
  title: { en: 'a minister is recused, with the reason; the others suffice', ja: '大臣一名が回避し、理由が記録される' },
  provision: 'our own rule: who is recused is recorded; whether the rest suffice is a setting',
  async run(stage, run) {
    const { course, judged, orderId } = await drafted(stage, run, 'NPA_SOLE');
    const { meeting } = await course.decide(judged, {
      outcome: 'APPROVED',
      attendance: { CYBERSECURITY_MINISTER: 'RECUSED' },
    });
    const url = `${stage.at.scheduling}/v1/meetings/${meeting.meetingId}`;
    const { attendance } = await stage.call.get<{
      attendance: { members: { role: string; attendance: string; reason: string | null }[] };
    }>('secretariat-1', url);
    const away = attendance.members.filter((member) => member.attendance !== 'PRESENT');
    course.tell(...away.map(({ role, attendance: kind, reason }) => `${role}: ${kind} (${reason})`));
    await course.equip(judged, ['NSC_APPROVAL']);
    await course.issue(judged, orderId);
    await course.carryOut('npa', judged, orderId);
    return seenOf(course);
  },
};
