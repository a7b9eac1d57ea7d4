import type { CommissionTiming, Executor, Outcome, ReviewAnswer, SafeguardKind } from '../determination.js';
import type { Guideline } from '../guideline.js';
import type { Supplier } from '../outstanding.js';
import { isReview, type Words } from '../provision.js';
import type { Language } from './explanation.js';

export const OUTCOME_WORDS = {
  NO_MEASURE: {
    en: 'No measure is contemplated. Information is shared, and nothing else is decided.',
    ja: '措置を検討していないため、情報共有にとどめる。ほかに決定する事項はない。',
  },
  NO_AUTHORITY: {
    en: 'A measure may not be taken: there is no authority for one.',
    ja: '措置をとる権限がないため、措置をとることはできない。',
  },
  PROVISIONAL: {
    en: 'The determination is provisional, since facts that decide it are not established. No order may rest on it.',
    ja: '結論を左右する事実が確定していないため、判定は暫定である。これに基づいて命令を出すことはできない。',
  },
  DETERMINED: {
    en: 'Every fact that decides the case is established. The determination stands.',
    ja: '結論を左右する事実は、すべて確定している。判定に未確定の部分はない。',
  },
} as const satisfies Record<Outcome, Words>;

/** What an outcome is called in half a line. */
export const OUTCOME_NAMES = {
  NO_MEASURE: { en: 'no measure', ja: '措置の検討なし' },
  NO_AUTHORITY: { en: 'no authority for a measure', ja: '措置の権限なし' },
  PROVISIONAL: { en: 'provisional', ja: '暫定' },
  DETERMINED: { en: 'determined', ja: '確定' },
} as const satisfies Record<Outcome, Words>;

export const REVIEW_WORDS = {
  YES: {
    en: 'the National Security Council reviews the measures in advance',
    ja: '国家安全保障会議による事前の審議を要する',
  },
  NO: { en: 'no review by the National Security Council is needed', ja: '国家安全保障会議による審議を要しない' },
  PROVISIONAL: {
    en: 'whether the National Security Council must review the measures is not established',
    ja: '国家安全保障会議による審議を要するかどうかは、確定していない',
  },
} as const satisfies Record<ReviewAnswer, Words>;

/** The same in half a line. */
export const REVIEW_NAMES = {
  YES: { en: 'NSC review', ja: '国家安全保障会議の審議あり' },
  NO: { en: 'no NSC review', ja: '国家安全保障会議の審議なし' },
  PROVISIONAL: { en: 'NSC review open', ja: '国家安全保障会議の審議は未確定' },
} as const satisfies Record<ReviewAnswer, Words>;

export const EXECUTOR_WORDS = {
  NPA_SOLE: { en: 'the police alone', ja: '警察（単独）' },
  JOINT_NPA_SDF: { en: 'the police and the Self-Defense Forces jointly', ja: '警察及び自衛隊（共同）' },
  SDF: { en: 'the Self-Defense Forces', ja: '自衛隊' },
} as const satisfies Record<Executor, Words>;

/** The same in half a line. */
export const EXECUTOR_NAMES = {
  NPA_SOLE: { en: 'police alone', ja: '警察単独' },
  JOINT_NPA_SDF: { en: 'police and SDF jointly', ja: '警察・自衛隊共同' },
  SDF: { en: 'SDF', ja: '自衛隊' },
} as const satisfies Record<Executor, Words>;

/** What an alternative of a provision is about. */
export const ALTERNATIVE_WORDS = {
  NPA_SOLE: { en: 'action by the police alone', ja: '警察単独での対処' },
  JOINT_NPA_SDF: { en: 'joint action', ja: '共同での対処' },
  SDF: { en: 'action by the Self-Defense Forces', ja: '自衛隊による対処' },
  PRIOR: { en: 'prior approval', ja: '事前の承認' },
  POST_NOTIFICATION: { en: 'notification afterwards', ja: '事後の通知' },
} as const satisfies Record<Executor | CommissionTiming, Words>;

export const SAFEGUARD_WORDS = {
  NSC_APPROVAL: { en: 'approval of the measures by the National Security Council', ja: '国家安全保障会議の了承' },
  COMMISSION_APPROVAL: { en: 'approval of the oversight commission', ja: 'サイバー通信情報監理委員会の承認' },
  FOREIGN_MINISTER_CONSULTATION: { en: 'consultation of the foreign minister', ja: '外務大臣との協議' },
  PRIME_MINISTER_ORDER: { en: 'order of the prime minister', ja: '内閣総理大臣の命令' },
  NPSC_CONSENT: { en: 'consent of the National Public Safety Commission', ja: '国家公安委員会の同意' },
} as const satisfies Record<SafeguardKind, Words>;

/** The commission's part by its timing. */
export const COMMISSION_WORDS = {
  PRIOR: { en: 'prior approval of the oversight commission', ja: 'サイバー通信情報監理委員会の事前の承認' },
  POST_NOTIFICATION: {
    en: 'notification of the oversight commission afterwards',
    ja: 'サイバー通信情報監理委員会への事後の通知',
  },
} as const satisfies Record<CommissionTiming, Words>;

export const SUPPLIER_WORDS = {
  'nsc-secretariat': { en: 'the secretariat of the National Security Council', ja: '国家安全保障会議の事務局' },
  commission: { en: 'the oversight commission', ja: 'サイバー通信情報監理委員会' },
  mofa: { en: 'the Ministry of Foreign Affairs', ja: '外務省' },
  'cabinet-secretariat': { en: 'the Cabinet Secretariat', ja: '内閣官房' },
  'npsc-secretariat': { en: 'the secretariat of the National Public Safety Commission', ja: '国家公安委員会の事務局' },
} as const satisfies Record<Supplier, Words>;

/** Who establishes facts and proposes what is to be done. */
export const ANALYSTS: Words = {
  en: 'analysts of the National Cybersecurity Office',
  ja: '国家サイバー統括室の分析官',
};

/** Grounds of a review that have words of their own; a version may name others. */
const BASIS_WORDS: Readonly<Record<string, Words>> = {
  OVERSEAS_SERVER: { en: 'the attack comes from overseas', ja: '国外のサーバーからの攻撃であること' },
  SDF_OR_USFJ_SYSTEM: {
    en: 'a system of the Self-Defense Forces or U.S. Forces Japan is attacked',
    ja: '自衛隊又は在日米軍のシステムに対する攻撃であること',
  },
  DOMESTIC_NATIONAL_SECURITY: {
    en: 'the attack comes from servers in Japan and affects national security',
    ja: '国内のサーバーからの攻撃で、国家の安全保障に影響を及ぼすこと',
  },
};

/** A ground in words: where it has none of its own, its provision's. */
export function basisIn(guideline: Guideline, basis: string, language: Language): string {
  const provision = guideline.provisions.filter(isReview).find(({ then }) => then.review === basis);
  const own = Object.hasOwn(BASIS_WORDS, basis) ? BASIS_WORDS[basis] : undefined;
  return (own ?? provision?.words)?.[language].replace(/[。.]$/, '') ?? basis;
}
