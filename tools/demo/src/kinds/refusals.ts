import { Course } from './course.js';
import { draftOn, openGrave } from './drafted.js';
import { type Kind, seenOf } from './kind.js';

const ALL = [
  'NSC_APPROVAL',
  'COMMISSION_APPROVAL',
  'FOREIGN_MINISTER_CONSULTATION',
  'PRIME_MINISTER_ORDER',
  'NPSC_CONSENT',
] as const;

/** An order is refused as long as a safeguard is missing, whichever one it is, and the refusal names it. */
export const safeguardMissing: Kind = {
  name: 'safeguard-missing',
  title: {
    en: 'an order is refused while any one safeguard is missing, and the refusal names it',
    ja: '要件が一つでも欠ければ命令は拒まれ、欠けた要件が示される',
  },
  provision: 'rows 9 to 12: every safeguard in turn',
  async run(stage, run) {
    const course = await openGrave(stage, run, { communicationProtection: 'TRUE' });
    // Five measures on one case, each lacking another safeguard: a new window makes a new scope, for which everything is asked anew.
    for (const [index, missing] of ALL.entries()) {
      const judged = await course.confirmScope({ executor: 'JOINT_NPA_SDF', notAfter: 48 + index });
      if (index > 0) course.count('nsc.reviewsSuperseded');
      const orderId = await course.draft(judged, 'JOINT_NPA_SDF');
      await course.equip(judged, [missing]);
      await course.refused(judged, orderId, [missing]);
    }
    return seenOf(course);
  },
};

/** What was approved for one scope carries nothing for another: a server more, another address, executor or window. */
export const approvalStale: Kind = {
  name: 'approval-stale',
  title: {
    en: 'an approval goes stale when a server, an address, the executor or the window changes',
    ja: 'サーバ・アドレス・実施者・期間のいずれかが変われば承認は効力を失う',
  },
  provision: 'our own rule: review, decision, ruling, evidence and order name the digest of one scope',
  async run(stage, run) {
    const claims = { communicationProtection: 'TRUE' };
    const course = await openGrave(stage, run, claims, 'jp-2019-mitsubishi-electric');
    const [first, second] = course.incident.servers.map(({ ref }) => ref) as [string, string];
    await course.assess({ [`servers.${second}.location`]: 'OVERSEAS' });
    const base = { executor: 'NPA_SOLE', servers: [first] };
    const approved = await course.confirmScope(base);
    const orderId = await course.draft(approved, 'NPA_SOLE');
    await course.equip(approved);
    const changes = {
      'a server more': { ...base, servers: [first, second] },
      'another address': { ...base, addresses: { [first]: '203.0.113.99' } },
      'another executor': { ...base, executor: 'JOINT_NPA_SDF' },
      'another window': { ...base, notAfter: 24 * 6 },
    };
    for (const [change, proposal] of Object.entries(changes)) {
      const changed = await course.confirmScope(proposal);
      course.count('nsc.reviewsSuperseded');
      const needed = course.incident.determination.safeguards as readonly { kind: string; onlyFor?: string }[];
      const missing = needed.filter(({ onlyFor }) => onlyFor === undefined || onlyFor === proposal.executor);
      course.tell(`${change}:`);
      await course.refused(
        changed,
        orderId,
        missing.map(({ kind }) => kind),
      );
    }
    return seenOf(course);
  },
};

export const informationOnly: Kind = {
  name: 'information-only',
  title: {
    en: 'no measure is thought of: information is shared and nothing else',
    ja: '措置は検討されず、情報共有のみ',
  },
  provision: 'row 1: outcome NO_MEASURE',
  async run(stage, run) {
    const course = await Course.open(stage, run, 'jp-2022-kojima-toyota', { measureContemplated: 'FALSE' });
    const { outcome, nscReview, safeguards, execution } = course.incident.determination;
    course.tell(
      `determination: ${outcome}, review ${nscReview.required}, ${safeguards.length} safeguards, ${execution.length} executors`,
    );
    await course.confirmDetermination();
    return seenOf(course);
  },
};

export const beforeOctober: Kind = {
  name: 'before-october-2026',
  title: {
    en: 'a measure planned before 1 October 2026: no guideline is in force',
    ja: '令和8年10月1日より前の措置：施行前',
  },
  provision: 'acd-2026-10 takes effect on 1 October 2026, 00:00 JST',
  async run(stage, run) {
    const course = await openGrave(stage, run, { plannedActionAt: '2026-09-30T23:59:59+09:00' });
    const { guideline, inForce } = course.incident.determination;
    course.tell(`determination: ${guideline}, in force: ${inForce}`);
    const { judged, orderId } = await draftOn(course, 'NPA_SOLE');
    await course.equip(judged);
    await course.refused(judged, orderId, []);
    return seenOf(course);
  },
};
