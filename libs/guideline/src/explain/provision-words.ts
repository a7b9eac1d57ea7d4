import type { AskedCondition } from '../determination.js';
import type { Guideline } from '../guideline.js';
import {
  type Condition,
  isExecution,
  isOutcome,
  isReview,
  type KnownCondition,
  type Provision,
  type SafeguardProvision,
  type Words,
} from '../provision.js';
import {
  ALTERNATIVE_WORDS,
  basisIn,
  COMMISSION_WORDS,
  EXECUTOR_WORDS,
  OUTCOME_NAMES,
  REVIEW_WORDS,
  SAFEGUARD_WORDS,
} from './code-words.js';
import { stateOf } from './condition-words.js';
import type { Language } from './explanation.js';
import { beside, joined, listed, saidOf } from './phrases.js';
import { groupIn } from './target-group-words.js';

type AnyCondition = Condition | KnownCondition;

const ALWAYS: Words = { en: 'always', ja: '常に' };
const MAY_BE_REVIEWED: Words = {
  en: 'the National Security Council reviews the measures, or may have to',
  ja: '国家安全保障会議による審議を要するか、要する可能性がある',
};
const ENDS: Words = { en: 'the case ends here', ja: '判定はここで終わる' };
const GROUND: Words = { en: 'ground', ja: '理由' };

/** When a provision applies: its conditions as the version states them, before any case is put to them. */
export const conditionsIn = (guideline: Guideline, { when }: Provision, language: Language): string =>
  when.length === 0 ? ALWAYS[language] : allOf(guideline, when, language);

/** What follows where it applies. */
export function consequenceIn(guideline: Guideline, provision: Provision, language: Language): string {
  if (isOutcome(provision)) return saidOf(ENDS[language], OUTCOME_NAMES[provision.then.outcome][language], language);
  if (isReview(provision)) {
    const ground = basisIn(guideline, provision.then.review, language);
    // A ground without words of its own is told in the provision's, which stand above.
    const own = provision.words[language].startsWith(ground) ? '' : saidOf(GROUND[language], ground, language);
    return beside(REVIEW_WORDS.YES[language], own, language);
  }
  if (!isExecution(provision)) return safeguardsIn(guideline, provision, language);
  const { targets, candidates } = provision.then;
  const group = groupIn(guideline, targets, language);
  const who = candidates.map(({ executor, when = [] }) =>
    beside(EXECUTOR_WORDS[executor][language], where(guideline, when, language), language),
  );
  const against =
    language === 'ja' ? `${group}のシステムへの攻撃に対処する者` : `against attacks on systems of ${group}`;
  return saidOf(against, joined(who, 'or', language), language);
}

function safeguardsIn(guideline: Guideline, { then }: SafeguardProvision, language: Language): string {
  const { safeguards, onlyFor, timings } = then;
  const needed =
    timings === undefined
      ? listed(
          safeguards.map((kind) => SAFEGUARD_WORDS[kind][language]),
          language,
        )
      : joined(
          timings.map(({ timing, when = [] }) =>
            beside(COMMISSION_WORDS[timing][language], where(guideline, when, language), language),
          ),
          'or',
          language,
        );
  if (onlyFor === undefined) return language === 'ja' ? `${needed}を要する` : `needed: ${needed}`;
  const only = ALTERNATIVE_WORDS[onlyFor][language];
  return language === 'ja' ? `${only}に限り、${needed}を要する` : `needed for ${only} only: ${needed}`;
}

/** Beside an alternative: nothing where it depends on nothing. */
const where = (guideline: Guideline, when: readonly AnyCondition[], language: Language): string => {
  if (when.length === 0) return '';
  const all = allOf(guideline, when, language);
  return language === 'ja' ? all : `where ${all}`;
};

const allOf = (guideline: Guideline, when: readonly AnyCondition[], language: Language): string => {
  const each = when.map((condition) => {
    if ('nscReview' in condition && condition.nscReview === 'REQUIRED_OR_POSSIBLE') return MAY_BE_REVIEWED[language];
    return stateOf(guideline, met(condition), language);
  });
  return language === 'ja' ? each.map((phrase) => `${phrase}場合`).join('であって、') : joined(each, 'and', 'en');
};

/** The condition as if a case met it: so it is told in the words of explanations, without any case's numbers. */
function met(condition: AnyCondition): AskedCondition {
  const as = (fact: string, expected: string, value = ''): AskedCondition => ({
    fact,
    expected,
    value,
    answer: 'TRUE',
  });
  if ('fact' in condition) return as(condition.fact, condition.is, condition.is);
  if ('servers' in condition) return as('servers.location', condition.servers);
  if ('targets' in condition) return as('targets.kind', condition.targets);
  if ('nscReview' in condition) return as('nscReview.required', condition.nscReview, 'YES');
  if ('measure' in condition) return as('measure', condition.measure);
  return as('execution', condition.execution);
}
