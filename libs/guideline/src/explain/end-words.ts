import { EXECUTORS, OUTCOMES, REVIEW_ANSWERS } from '../determination.js';
import type { Words } from '../provision.js';
import { EXECUTOR_NAMES, OUTCOME_NAMES, REVIEW_NAMES } from './code-words.js';
import type { Language } from './explanation.js';
import { joined, listed } from './phrases.js';

const NOBODY: Words = { en: 'nobody may act', ja: '対処できる者なし' };

/** How a case ends in words: first its outcome; then, where a measure is possible, review and who may act. */
export interface EndInWords {
  outcome: string;
  more: string;
}

/** An end as `endOf` spells it, in words. What is spelt otherwise is given back as it came. */
export function endIn(end: string, language: Language): EndInWords {
  const [, outcome, review, executors] = /^([A-Z_]+)(?:, review ([A-Z]+), (.+))?$/.exec(end) ?? [];
  if (!isOneOf(OUTCOMES, outcome)) return { outcome: end, more: '' };
  if (!isOneOf(REVIEW_ANSWERS, review)) return { outcome: OUTCOME_NAMES[outcome][language], more: '' };
  const who = (executors ?? '')
    .split(' + ')
    .flatMap((each) => (isOneOf(EXECUTORS, each) ? [EXECUTOR_NAMES[each][language]] : []));
  const acts = who.length === 0 ? NOBODY[language] : joined(who, 'or', language);
  return { outcome: OUTCOME_NAMES[outcome][language], more: listed([REVIEW_NAMES[review][language], acts], language) };
}

/** The same in one line. */
export function endInLine(end: string, language: Language): string {
  const { outcome, more } = endIn(end, language);
  return more === '' ? outcome : `${outcome}${language === 'ja' ? '。' : '; '}${more}`;
}

const isOneOf = <Code extends string>(codes: readonly Code[], text: string | undefined): text is Code =>
  (codes as readonly (string | undefined)[]).includes(text);
