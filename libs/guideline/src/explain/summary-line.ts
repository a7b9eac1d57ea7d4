import type { Answer } from '../determination.js';
import type { Outstanding } from '../outstanding.js';
import type { Words } from '../provision.js';
import { ANALYSTS, OUTCOME_NAMES, SAFEGUARD_WORDS, SUPPLIER_WORDS } from './code-words.js';
import type { Language } from './explanation.js';
import { FACT_WORDS, isCaseFact } from './fact-words.js';
import { dueOn } from './japan-time.js';
import { beside, listed } from './phrases.js';

/** One case as it is put on a list. */
export interface CaseInLine {
  /** How people call the case. */
  name: string;
  determination: Pick<Answer, 'outcome' | 'missingFacts'>;
  /** Null where nothing has been asked yet: no scope is confirmed. */
  outstanding: readonly Outstanding[] | null;
  /** Until when, RFC 3339; null where no date is set. */
  until: string | null;
}

const NO_SCOPE: Words = { en: 'a confirmed scope is missing', ja: '措置案の確認がない' };
const COMPLETE: Words = { en: 'everything is in hand', ja: '手続はすべて済んでいる' };

/** What a case waits for, who holds it, and until when, in one line. */
export function summaryLine({ name, determination, outstanding, until }: CaseInLine, language: Language): string {
  const ja = language === 'ja';
  const waits = waitsFor(determination, outstanding, language);
  const date = until === null ? '' : ja ? `期限は${dueOn(until, 'ja')}` : `by ${dueOn(until, 'en')}`;
  const called = name.replace(/\s+/g, ' ').trim();
  if (ja) return `${called}：${[waits, date].filter(Boolean).join('。')}。`;
  return `${called}: ${[waits, date].filter(Boolean).join(', ')}.`;
}

function waitsFor(
  { outcome, missingFacts }: CaseInLine['determination'],
  outstanding: CaseInLine['outstanding'],
  language: Language,
): string {
  if (outcome === 'NO_MEASURE' || outcome === 'NO_AUTHORITY') return OUTCOME_NAMES[outcome][language];
  const ja = language === 'ja';
  if (missingFacts.length > 0) {
    const facts = listed(shortly(missingFacts, language), language);
    return beside(ja ? `未確定の事実は、${facts}` : `not established: ${facts}`, ANALYSTS[language], language);
  }
  if (outstanding === null) return beside(NO_SCOPE[language], ANALYSTS[language], language);
  if (outstanding.length === 0) return COMPLETE[language];
  const papers = outstanding.map(({ kind, suppliedBy }) =>
    beside(SAFEGUARD_WORDS[kind][language], SUPPLIER_WORDS[suppliedBy][language], language),
  );
  return ja ? `済んでいない手続は、${listed(papers, 'ja')}` : `outstanding: ${listed(papers, 'en')}`;
}

/** Servers and targets by their number: a case may have a thousand. */
function shortly(missingFacts: readonly string[], language: Language): string[] {
  const number = (of: string) => missingFacts.filter((name) => name.startsWith(`${of}.`)).length;
  const [servers, targets] = [number('servers'), number('targets')];
  const ja = language === 'ja';
  return [
    ...missingFacts.filter(isCaseFact).map((name) => FACT_WORDS[name].asked[language]),
    ...(servers > 0
      ? [ja ? `サーバー${servers}台の所在` : `the place of ${servers} ${plural(servers, 'server')}`]
      : []),
    ...(targets > 0 ? [ja ? `攻撃対象${targets}件の種別` : `the kind of ${targets} ${plural(targets, 'target')}`] : []),
  ];
}

const plural = (number: number, noun: string): string => (number === 1 ? noun : `${noun}s`);
