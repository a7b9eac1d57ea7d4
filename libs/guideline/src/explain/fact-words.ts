import type { CaseFact, ServerLocation, TargetKind } from '../facts.js';
import type { Words } from '../provision.js';
import type { Language } from './explanation.js';
import { listed, saidOf } from './phrases.js';

/** Each fact of the case as a whole: as a question, and as a statement where it is answered. */
export const FACT_WORDS = {
  measureContemplated: {
    asked: { en: 'whether a measure is contemplated', ja: '措置を検討しているかどうか' },
    TRUE: { en: 'a measure is contemplated', ja: '措置を検討している' },
    FALSE: { en: 'no measure is contemplated', ja: '措置を検討していない' },
  },
  graveHarmUrgent: {
    asked: {
      en: 'whether grave harm is likely if the attack is left alone, and the matter is urgent',
      ja: '放置すれば重大な危害が発生するおそれがあり、緊急の必要があるかどうか',
    },
    TRUE: {
      en: 'grave harm is likely if the attack is left alone, and the matter is urgent',
      ja: '放置すれば重大な危害が発生するおそれがあり、緊急の必要がある',
    },
    FALSE: {
      en: 'grave harm is not likely, or the matter is not urgent',
      ja: '重大な危害が発生するおそれがないか、緊急の必要がない',
    },
  },
  nationalSecurityImpact: {
    asked: {
      en: 'whether the attack affects national security',
      ja: '攻撃が国家の安全保障に影響を及ぼすかどうか',
    },
    TRUE: { en: 'the attack affects national security', ja: '攻撃が国家の安全保障に影響を及ぼす' },
    FALSE: { en: 'the attack does not affect national security', ja: '攻撃は国家の安全保障に影響を及ぼさない' },
  },
  communicationProtection: {
    asked: {
      en: 'whether the conditions of a communication-protection measure are met',
      ja: '通信防護措置の要件を満たすかどうか',
    },
    TRUE: { en: 'the conditions of a communication-protection measure are met', ja: '通信防護措置の要件を満たす' },
    FALSE: {
      en: 'the conditions of a communication-protection measure are not met',
      ja: '通信防護措置の要件を満たさない',
    },
  },
  noTimeForPriorApproval: {
    asked: {
      en: 'whether there is time for the prior approval of the commission',
      ja: '委員会の事前の承認を得るいとまがあるかどうか',
    },
    TRUE: {
      en: 'there is no time for the prior approval of the commission',
      ja: '委員会の事前の承認を得るいとまがない',
    },
    FALSE: { en: 'there is time for the prior approval of the commission', ja: '委員会の事前の承認を得るいとまがある' },
  },
} as const satisfies Record<CaseFact, Record<'asked' | 'TRUE' | 'FALSE', Words>>;

export const isCaseFact = (name: string): name is CaseFact => Object.hasOwn(FACT_WORDS, name);

/** Where servers are, said of a number of them. */
export const LOCATION_WORDS = {
  OVERSEAS: { en: 'overseas', ja: '国外' },
  DOMESTIC: { en: 'in Japan', ja: '国内' },
  UNKNOWN: { en: 'at a place not established', ja: '所在未確定' },
} as const satisfies Record<ServerLocation, Words>;

/** Whose system a target is. */
export const TARGET_WORDS = {
  SDF: { en: 'the Self-Defense Forces', ja: '自衛隊' },
  USFJ: { en: 'U.S. Forces Japan', ja: '在日米軍' },
  GOVERNMENT: { en: 'the government', ja: '政府機関' },
  CRITICAL_INFRASTRUCTURE: { en: 'critical infrastructure', ja: '重要インフラ事業者' },
  DEFENCE_INDUSTRY: { en: 'the defence industry', ja: '防衛産業' },
  MUNICIPALITY: { en: 'a municipality', ja: '地方公共団体' },
  PRIVATE: { en: 'another private body', ja: 'その他の民間事業者' },
  UNKNOWN: { en: 'somebody not established', ja: '種別未確定' },
} as const satisfies Record<TargetKind, Words>;

/** One fact as a question, spelt as in `missingFacts`; a name that is none of a fact is given back. */
export const questionIn = (name: string, language: Language): string => questionsOf([name], language)[0] ?? name;

/** Missing facts as questions, in their order; those about servers, and about targets, are asked in one. */
export function questionsOf(missingFacts: readonly string[], language: Language): string[] {
  const refs = (of: 'servers' | 'targets') =>
    missingFacts.filter((name) => name.startsWith(`${of}.`)).map((name) => name.split('.')[1]!);
  const about = (words: Words, named: string[]) =>
    named.length === 0 ? [] : [saidOf(words[language], listed(named, language), language)];
  return [
    ...missingFacts.filter(isCaseFact).map((name) => FACT_WORDS[name].asked[language]),
    ...about(
      { en: 'whether these servers are in Japan or overseas', ja: '次のサーバーが国内にあるか国外にあるか' },
      refs('servers'),
    ),
    ...about({ en: 'whose systems these targets are', ja: '次の攻撃対象が誰のシステムか' }, refs('targets')),
  ];
}
