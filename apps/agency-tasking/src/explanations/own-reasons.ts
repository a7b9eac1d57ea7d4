import type { StandingFault } from '@sekisho/contracts';
import { type ExplainedReason, type OtherReasons, questionIn, type Words } from '@sekisho/guideline';
import { type Peer, SILENT } from '../standing/peers.js';

/** Who answers for what an order rests on. */
const OWNERS: Readonly<Record<Peer, Words>> = {
  classification: { en: 'the National Cybersecurity Office', ja: '国家サイバー統括室' },
  scheduling: { en: 'the secretariat of the National Security Council', ja: '国家安全保障会議の事務局' },
  oversight: { en: 'the oversight commission', ja: 'サイバー通信情報監理委員会' },
};

/** Why what an order rests on does not stand. */
const FAULTS: Readonly<Record<StandingFault | typeof SILENT, Words>> = {
  NO_INCIDENT: { en: 'there is no such case', ja: '該当する案件がない' },
  NOTHING_CONFIRMED: { en: 'nothing is confirmed of the case', ja: '案件について確認されたものがない' },
  OTHER_SCOPE: { en: 'another scope is the one that stands', ja: '有効な措置案は別のものである' },
  LAPSED: { en: 'the confirmation has lapsed', ja: '確認は失効している' },
  FACTS_CHANGED: { en: 'the facts have changed', ja: '事実が変更されている' },
  NOT_IN_FORCE: {
    en: 'its guideline is not in force at the planned time',
    ja: '予定日時において、適用した指針が効力を有しない',
  },
  CONTESTED: { en: 'a fact is contested and not settled yet', ja: '争いのある事実がまだ確定していない' },
  NO_REVIEW: { en: 'there is no review of this scope', ja: 'この措置案の審議がない' },
  SUPERSEDED: { en: 'the review is superseded', ja: '審議は別のものに置き換えられている' },
  UNDECIDED: {
    en: 'nothing is decided yet, or a second person has not confirmed it',
    ja: 'まだ決定がないか、二人目による確認がない',
  },
  NOT_APPROVED: { en: 'the decision is no approval', ja: '承認又は了承ではない決定である' },
  WITHDRAWN: { en: 'the approval was withdrawn', ja: '承認又は了承は取り下げられている' },
  EXPIRED: { en: 'the approval has expired', ja: '承認又は了承の期限が過ぎている' },
  SILENT: { en: 'it gave no answer', ja: '応答がない' },
};

/** Reasons for which this service refuses beside the guideline's, in words. */
export const OWN_REASONS: OtherReasons = {
  FACT_CONTESTED: ({ detail: fact = '' }) => ({
    en: `a fact is contested, and orders wait until an analyst has settled it: ${questionIn(fact, 'en')}`,
    ja: `争いのある事実があり、分析官が確定するまで命令を出すことはできない：${questionIn(fact, 'ja')}`,
  }),
  NOT_STANDING: (reason) => {
    const owner = named(OWNERS, reason.owner);
    const fault = faultOf(reason);
    return {
      en: `${owner?.en ?? 'whoever answers for it'} does not confirm that what the order rests on still stands (${fault.en})`,
      ja: `命令の根拠が現在も有効であることを、${owner?.ja ?? 'その所管'}が確認していない（${fault.ja}）`,
    };
  },
};

/** Refusals of before had a detail alone, and so have answers of an owner that codes nothing. */
function faultOf({ fault, detail = '' }: ExplainedReason): Words {
  return named(FAULTS, fault) ?? { en: detail, ja: detail };
}

const named = (words: Readonly<Record<string, Words>>, code: string | undefined): Words | undefined =>
  code !== undefined && Object.hasOwn(words, code) ? words[code] : undefined;
