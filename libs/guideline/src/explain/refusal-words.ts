import type { ScopeFaultCode } from '../check-scope.js';
import type { RefusalCode } from '../order.js';
import type { Fault } from '../paper.js';
import type { Words } from '../provision.js';

/** Why a safeguard does not carry an order: what is said of it. */
export const FAULT_WORDS = {
  MISSING: { en: 'nothing is on record', ja: '記録がない' },
  STALE: {
    en: 'what is on record was given for another scope and does not count',
    ja: '記録は別の措置案に対するものであり、効力がない',
  },
  UNREADABLE: { en: 'the record has no readable date', ja: '記録の日時を読み取れない' },
  NOT_YET_VALID: { en: 'it is not valid yet', ja: 'まだ効力が生じていない' },
  EXPIRED: { en: 'it has expired, or expires before the planned time', ja: '期限が過ぎているか、予定日時までに過ぎる' },
  UNCONFIRMED: { en: 'a second person has not confirmed it', ja: '二人目による確認がない' },
  SAME_PERSON: { en: 'the same person recorded and confirmed it', ja: '記録と確認を同じ者が行っている' },
  PENDING: { en: 'it has been requested and is not answered yet', ja: '求めているが、まだ回答がない' },
  RETURNED: { en: 'it was returned for more information', ja: '追加の説明を求められ、差し戻されている' },
  DEFERRED: { en: 'the decision was put off', ja: '判断が先送りされている' },
  REJECTED: { en: 'it was rejected', ja: '了承されなかった' },
  REFUSED: { en: 'it was refused', ja: '承認されなかった' },
  UNJUSTIFIED: { en: 'the urgent act was ruled unjustified', ja: '緊急の措置は、正当と認められなかった' },
  WITHDRAWN: { en: 'it was withdrawn', ja: '取り下げられた' },
  SUPERSEDED: { en: 'another decision took its place', ja: '別の決定に置き換えられた' },
  NOT_DETERMINED_URGENT: {
    en: 'it was declared urgent, but the determination says that there is time',
    ja: '緊急の扱いとされたが、判定では事前の承認を得るいとまがある',
  },
  URGENCY_UNEXPLAINED: { en: 'nobody has said why there is no time', ja: 'いとまがない理由が示されていない' },
} as const satisfies Record<Fault, Words>;

/** Why no order may be given. What is said with it in detail is added by `explainRefusal`. */
export const REFUSAL_WORDS = {
  NOT_DETERMINED: { en: 'the determination allows no order', ja: '命令を出すことのできる判定ではない' },
  GUIDELINE_NOT_IN_FORCE: {
    en: 'the guideline is not in force at the planned time',
    ja: '予定日時において、指針が効力を有しない',
  },
  DETERMINATION_DIFFERS: {
    en: 'the facts lead to another determination than the one on record',
    ja: '事実から導かれる判定が、記録された判定と異なる',
  },
  DETERMINATION_STALE: {
    en: 'the scope rests on another determination',
    ja: '措置案が、別の判定に基づいている',
  },
  SCOPE_STALE: { en: 'the order names another scope', ja: '命令が、別の措置案を対象としている' },
  SCOPE_FAULTY: { en: 'the scope does not fit the determination', ja: '措置案が、判定に合っていない' },
  EXECUTOR_UNUSED: {
    en: 'the scope leaves no server to this executor',
    ja: '措置案に、この実施主体が対処するサーバーがない',
  },
  OUTSIDE_WINDOW: {
    en: 'the planned time lies outside the window of the scope',
    ja: '予定日時が、措置案の期間内にない',
  },
  WINDOW_OVER: { en: 'the window of the scope is over', ja: '措置案の期間が終了している' },
  SAFEGUARD_OUTSTANDING: { en: 'a safeguard is outstanding', ja: '必要な手続が済んでいない' },
  PERSON_MISSING: { en: 'a person who answers for the order is not named', ja: '命令の責任者が示されていない' },
  SAME_PERSON: {
    en: 'the same person drafted and issues the order; a second person is needed',
    ja: '命令の起案と発出を同じ者が行おうとしている。別の者による発出を要する',
  },
} as const satisfies Record<RefusalCode, Words>;

/** What is wrong with a scope. */
export const SCOPE_FAULT_WORDS = {
  NO_SERVER: { en: 'it names no server', ja: 'サーバーの記載がない' },
  SERVER_UNKNOWN: { en: 'the case has no such server', ja: '案件にないサーバーである' },
  SERVER_REPEATED: { en: 'the server is named twice', ja: '同じサーバーを重ねて記載している' },
  ADDRESS_MISSING: { en: 'the server has no address', ja: 'サーバーのアドレスの記載がない' },
  ATTACKS_NOTHING: { en: 'the server attacks nothing', ja: 'サーバーの攻撃対象の記載がない' },
  TARGET_UNKNOWN: { en: 'the case has no such target', ja: '案件にない攻撃対象である' },
  TARGET_REPEATED: { en: 'the target is named twice', ja: '同じ攻撃対象を重ねて記載している' },
  EXECUTOR_NOT_SDF: {
    en: 'the Self-Defense Forces must act, since one of their systems or of U.S. Forces Japan is attacked',
    ja: '自衛隊又は在日米軍のシステムが攻撃を受けているため、自衛隊が対処しなければならない',
  },
  EXECUTOR_NOT_CANDIDATE: {
    en: 'this executor may not act against the server',
    ja: 'この実施主体は、当該サーバーに対処できない',
  },
  WINDOW_UNREADABLE: { en: 'its window has no readable date', ja: '期間の日時を読み取れない' },
  WINDOW_EMPTY: { en: 'its window ends before it begins', ja: '期間の終わりが始まりより前にある' },
} as const satisfies Record<ScopeFaultCode, Words>;
