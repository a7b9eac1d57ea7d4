import { type AskedCondition, type Executor, EXECUTORS, REVIEW_ANSWERS, type ReviewAnswer } from '../determination.js';
import { SERVER_LOCATIONS, type ServerLocation, type ThreeValued } from '../facts.js';
import type { Guideline } from '../guideline.js';
import type { Words } from '../provision.js';
import { ALTERNATIVE_WORDS, EXECUTOR_WORDS, REVIEW_WORDS } from './code-words.js';
import type { Language } from './explanation.js';
import { FACT_WORDS, isCaseFact, LOCATION_WORDS } from './fact-words.js';
import { beside, listed, sentence } from './phrases.js';
import { SERVERS_ASKED, type ServersAsked } from './server-words.js';
import { groupIn } from './target-group-words.js';

/** How a condition was answered, before what it is about. */
const ANSWERED = {
  TRUE: { en: 'Met', ja: '該当' },
  FALSE: { en: 'Not met', ja: '非該当' },
  UNKNOWN: { en: 'Open', ja: '未確定' },
} as const satisfies Record<ThreeValued, Words>;

/** What a condition asks about, as it stands, in a sentence. */
export const factIn = (guideline: Guideline, condition: AskedCondition, language: Language): string =>
  sentence(stateOf(guideline, condition, language), language);

/** One condition as it was asked and answered, in a sentence. */
export function conditionIn(guideline: Guideline, condition: AskedCondition, language: Language): string {
  const { answer, alternative } = condition;
  const stated = stateOf(guideline, condition, language);
  const answered = ANSWERED[answer][language];
  if (language === 'ja') {
    const about = alternative ? `${ALTERNATIVE_WORDS[alternative].ja}について、` : '';
    return `${about}${answered}：${stated}。`;
  }
  return alternative
    ? `For ${ALTERNATIVE_WORDS[alternative].en}, ${answered.toLowerCase()}: ${stated}.`
    : `${answered}: ${stated}.`;
}

/** What a condition asks about, as it stands, as a phrase. */
export function stateOf(guideline: Guideline, condition: AskedCondition, language: Language): string {
  const { fact, expected, value, answer } = condition;
  if (isCaseFact(fact)) return stateFact(FACT_WORDS[fact], condition, language);
  if (fact === 'servers.location' && Object.hasOwn(SERVERS_ASKED, expected)) {
    const asked = SERVERS_ASKED[expected as ServersAsked][answer][language];
    const numbered = (number: string, name: string): Words => ({
      en: `${number} ${locationIn(name, 'en')}`,
      ja: `${locationIn(name, 'ja')}${number}台`,
    });
    return beside(asked, counts(value, language, numbered), language);
  }
  if (fact === 'targets.kind' && expected.startsWith('SOME_')) {
    const group = groupIn(guideline, expected.slice('SOME_'.length), language);
    const numbered = (number: string, name: string): Words =>
      name === 'UNKNOWN'
        ? { en: `${number} not established`, ja: `種別未確定${number}件` }
        : { en: `${number} of ${groupIn(guideline, name, 'en')}`, ja: `${groupIn(guideline, name, 'ja')}${number}件` };
    return beside(attacked(group, answer)[language], counts(value, language, numbered), language);
  }
  if (fact === 'nscReview.required' && isReviewAnswer(value)) return REVIEW_WORDS[value][language];
  if (fact === 'measure') return MEASURE[answer === 'FALSE' ? 'FALSE' : 'TRUE'][language];
  if (fact === 'execution' && isExecutor(expected)) return candidacy(expected, value, answer, language);
  return `${fact}: ${value} (${expected})`;
}

const MEASURE = {
  TRUE: { en: 'a measure is possible', ja: '措置をとる余地がある' },
  FALSE: { en: 'no measure is possible', ja: '措置をとる余地がない' },
} as const;

const isReviewAnswer = (value: string): value is ReviewAnswer => (REVIEW_ANSWERS as readonly string[]).includes(value);
const isExecutor = (value: string): value is Executor => (EXECUTORS as readonly string[]).includes(value);
const locationIn = (name: string, language: Language): string =>
  (SERVER_LOCATIONS as readonly string[]).includes(name) ? LOCATION_WORDS[name as ServerLocation][language] : name;

/** A fact by its value; where what is not established was answered all the same, that is said too. */
function stateFact(
  words: Record<'asked' | 'TRUE' | 'FALSE', Words>,
  { value, answer }: AskedCondition,
  language: Language,
): string {
  if (value === 'TRUE' || value === 'FALSE') return words[value][language];
  const open = language === 'ja' ? `${words.asked.ja}は、確定していない` : `${words.asked.en} is not established`;
  if (answer === 'UNKNOWN') return open;
  if (answer === 'TRUE')
    return language === 'ja' ? `${open}が、いずれにせよ該当する` : `${open}, but it is met in any case`;
  return language === 'ja' ? `${open}ため、該当しないものとして扱う` : `${open}, which counts as no`;
}

function attacked(group: string, answer: ThreeValued): Words {
  if (answer === 'TRUE') return { en: `a system of ${group} is attacked`, ja: `${group}のシステムが攻撃を受けている` };
  if (answer === 'FALSE') {
    return { en: `no system of ${group} is attacked`, ja: `${group}のシステムは攻撃を受けていない` };
  }
  return {
    en: `whether a system of ${group} is attacked is not established`,
    ja: `${group}のシステムが攻撃を受けているかどうかは、確定していない`,
  };
}

function candidacy(executor: Executor, value: string, answer: ThreeValued, language: Language): string {
  const about = ALTERNATIVE_WORDS[executor][language];
  const names = value.split(', ').filter(isExecutor);
  const who = listed(
    names.map((name) => EXECUTOR_WORDS[name][language]),
    language,
  );
  if (language === 'ja') {
    return beside(`${about}が候補に含まれ${answer === 'TRUE' ? 'る' : 'ない'}`, who && `候補は${who}`, language);
  }
  return beside(`${about} is ${answer === 'TRUE' ? '' : 'not '}among the candidates`, who, language);
}

/** `OVERSEAS 2, UNKNOWN 1` in words. */
function counts(value: string, language: Language, numbered: (number: string, name: string) => Words): string {
  const told = value.split(', ').flatMap((each) => {
    const [, name, number] = /^(\S+) (\d+)$/.exec(each) ?? [];
    if (name === undefined || number === undefined) return [];
    return numbered(number, name)[language];
  });
  return listed(told, language);
}
