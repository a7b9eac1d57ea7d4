import type { Determination, Execution, Safeguard } from '../determination.js';
import type { ThreeValued } from '../facts.js';
import type { Guideline } from '../guideline.js';
import { SUPPLIERS } from '../outstanding.js';
import type { Words } from '../provision.js';
import { citeAsked } from './citing.js';
import {
  ALTERNATIVE_WORDS,
  ANALYSTS,
  basisIn,
  COMMISSION_WORDS,
  EXECUTOR_WORDS,
  OUTCOME_WORDS,
  REVIEW_WORDS,
  SAFEGUARD_WORDS,
  SUPPLIER_WORDS,
} from './code-words.js';
import { type Block, citations, type Explanation, heading, type Language, list, paragraph } from './explanation.js';
import { questionsOf } from './fact-words.js';
import { beside, capital, listed, saidOf, sentence } from './phrases.js';
import { MARKS } from './source-words.js';

const TITLE: Words = { en: 'Explanation of the determination', ja: '判定の説明' };
const NOT_IN_FORCE: Words = {
  en: 'The guideline is not in force at the planned time. No order may rest on it.',
  ja: '予定日時において、この指針は効力を有しない。これに基づいて命令を出すことはできない。',
};
const NOT_ASKED: Words = {
  en: 'The case ends with the provision that applies. Those that follow it were not asked.',
  ja: '本件の判定は、適用する規定により終わる。その後の規定は検討していない。',
};
const HEADINGS = {
  review: { en: 'Review by the National Security Council', ja: '国家安全保障会議の審議' },
  execution: { en: 'Who may act', ja: '対処の主体' },
  safeguards: { en: 'What must be in hand before an order', ja: '命令の前に必要な手続' },
  missing: { en: 'What is to be established', ja: '確定を要する事実' },
} as const;
const BY_ANSWER: readonly (readonly [ThreeValued, Words])[] = [
  ['TRUE', { en: 'Provisions that apply', ja: '適用する規定' }],
  ['UNKNOWN', { en: 'Provisions whose application is open', ja: '適用の有無が確定していない規定' }],
  ['FALSE', { en: 'Provisions that do not apply', ja: '適用しない規定' }],
];

/**
 * A determination for people: what was concluded, and every provision of its trace with its own words, its source, its answer and why, also
 * where it does not apply. It reads the trace and judges nothing. `guideline` is the version that the determination names.
 */
export function explainDetermination(
  guideline: Guideline,
  determination: Determination,
  language: Language,
): Explanation {
  const { outcome, because } = determination;
  const over = outcome === 'NO_MEASURE' || outcome === 'NO_AUTHORITY';
  return {
    language,
    title: TITLE[language],
    blocks: [
      paragraph(byGuideline(guideline, language)),
      paragraph(OUTCOME_WORDS[outcome][language]),
      ...(determination.inForce ? [] : [paragraph(NOT_IN_FORCE[language])]),
      ...(over ? [] : concluded(guideline, determination, language)),
      ...BY_ANSWER.flatMap(([answer, words]) => {
        const asked = because.filter((each) => each.answer === answer);
        if (asked.length === 0) return [];
        return [heading(words[language]), ...citations(asked.map((each) => citeAsked(guideline, each, language)))];
      }),
      ...(over ? [paragraph(NOT_ASKED[language])] : []),
      paragraph(MARKS[language]),
    ],
  };
}

export const byGuideline = ({ id, title }: Guideline, language: Language): string =>
  language === 'ja' ? `根拠とする指針：${title.ja}（${id}）。` : `Guideline: ${title.en} (${id}).`;

function concluded(guideline: Guideline, determination: Determination, language: Language): Block[] {
  const { nscReview, execution, safeguards, missingFacts } = determination;
  const possible = nscReview.possibleBases.filter((basis) => !nscReview.bases.includes(basis));
  const grounds = [
    ...nscReview.bases.map((basis) => saidOf(GROUND[language], basisIn(guideline, basis, language), language)),
    ...possible.map((basis) => saidOf(POSSIBLE_GROUND[language], basisIn(guideline, basis, language), language)),
  ];
  return [
    heading(HEADINGS.review[language]),
    paragraph(sentence(REVIEW_WORDS[nscReview.required][language], language)),
    ...list(grounds.map((each) => stopped(each, language))),
    heading(HEADINGS.execution[language]),
    ...list(actorsOf(execution, language)),
    ...(safeguards.length > 0 ? [heading(HEADINGS.safeguards[language])] : []),
    ...list(safeguards.map((each) => needed(each, language))),
    ...missing(missingFacts, language),
  ];
}

const GROUND: Words = { en: 'Ground', ja: '理由' };
const POSSIBLE_GROUND: Words = { en: 'Possible ground', ja: '可能性のある理由' };
const NOBODY: Words = { en: 'nobody', ja: '対処できる者はいない' };
const stopped = (text: string, language: Language): string => `${text}${language === 'ja' ? '。' : '.'}`;

/** Targets against whose attackers the same may act stand together. */
function actorsOf(execution: readonly Execution[], language: Language): string[] {
  const alike = new Map<string, Execution[]>();
  for (const each of execution) {
    const key = each.candidates.join();
    alike.set(key, [...(alike.get(key) ?? []), each]);
  }
  return [...alike.values()].map((group) => {
    const targets = group.map(({ target }) => target);
    const who = group[0]!.candidates.map((executor) => EXECUTOR_WORDS[executor][language]);
    const words = who.length === 0 ? NOBODY[language] : who.join(language === 'ja' ? '又は' : ', or ');
    if (language === 'ja') return `攻撃対象${listed(targets, 'ja')}：${words}。`;
    return `${targets.length === 1 ? 'Target' : 'Targets'} ${listed(targets, 'en')}: ${words}.`;
  });
}

/** What a safeguard is called, with its servers or the executor that alone it is for. */
export function safeguardIn(
  safeguard: { kind: Safeguard['kind']; timing?: 'PRIOR' | 'POST_NOTIFICATION' } & Partial<
    Pick<Extract<Safeguard, { servers: string[] }>, 'servers'> &
      Pick<Extract<Safeguard, { onlyFor: string }>, 'onlyFor'>
  >,
  language: Language,
): string {
  const { kind, timing, servers = [], onlyFor } = safeguard;
  const name = (timing ? COMMISSION_WORDS[timing] : SAFEGUARD_WORDS[kind])[language];
  const ja = language === 'ja';
  const about =
    servers.length === 0
      ? ''
      : `${ja ? 'サーバー' : servers.length === 1 ? 'server ' : 'servers '}${listed(servers, language)}`;
  const only =
    onlyFor && (ja ? `${ALTERNATIVE_WORDS[onlyFor].ja}の場合に限る` : `for ${ALTERNATIVE_WORDS[onlyFor].en} only`);
  return beside(ja ? name : capital(name), about || only || '', language);
}

function needed(safeguard: Safeguard, language: Language): string {
  const name = safeguardIn(safeguard, language);
  const supplier = SUPPLIER_WORDS[SUPPLIERS[safeguard.kind]][language];
  return language === 'ja' ? `${name}。担当は${supplier}。` : `${name}; put on record by ${supplier}.`;
}

function missing(missingFacts: readonly string[], language: Language): Block[] {
  if (missingFacts.length === 0) return [];
  const by =
    language === 'ja'
      ? `${ANALYSTS.ja}が、次の事実を確定する必要がある。`
      : `${capital(ANALYSTS.en)} have to establish the following.`;
  const items = questionsOf(missingFacts, language).map((question) => sentence(question, language));
  return [heading(HEADINGS.missing[language]), paragraph(by), ...list(items)];
}
