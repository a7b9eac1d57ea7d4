import type { Guideline } from '../guideline.js';
import type { Outstanding } from '../outstanding.js';
import type { Words } from '../provision.js';
import { citeNamed } from './citing.js';
import { SUPPLIER_WORDS } from './code-words.js';
import { type Block, citations, type Explanation, heading, type Language, list, paragraph } from './explanation.js';
import { byGuideline, safeguardIn } from './explain-determination.js';
import { saidOf, sentence, together } from './phrases.js';
import { FAULT_WORDS } from './refusal-words.js';
import { MARKS } from './source-words.js';

const TITLE: Words = { en: 'What is outstanding before an order', ja: '命令の前に済んでいない手続' };
const NOTHING: Words = {
  en: 'Nothing is outstanding: every safeguard that the determination asks for is in hand.',
  ja: '判定が求める手続は、すべて済んでいる。',
};
const ASKS: Words = {
  en: 'No order may be given before the following are in hand.',
  ja: '次の手続が済むまで、命令を出すことはできない。',
};
const PROVISIONS: Words = { en: 'Provisions that ask for them', ja: '手続を求める規定' };

/** What `outstanding` answered, for people: what is missing, why, who supplies it, and which provision asks for it. */
export function explainOutstanding(
  guideline: Guideline,
  outstanding: readonly Outstanding[],
  language: Language,
): Explanation {
  return {
    language,
    title: TITLE[language],
    blocks: [paragraph(byGuideline(guideline, language)), ...outstandingBlocks(guideline, outstanding, language)],
  };
}

/** As part of a longer text; `others` are provisions that are to be cited too. */
export function outstandingBlocks(
  guideline: Guideline,
  outstanding: readonly Outstanding[],
  language: Language,
  others: readonly string[] = [],
): Block[] {
  const named = [...new Set([...outstanding.map(({ provision }) => provision), ...others])];
  const cited = citations(named.map((provision) => citeNamed(guideline, provision, language)));
  return [
    paragraph((outstanding.length === 0 ? NOTHING : ASKS)[language]),
    ...list(outstanding.map((each) => itemOf(each, language))),
    ...(cited.length === 0 ? [] : [heading(PROVISIONS[language]), ...cited, paragraph(MARKS[language])]),
  ];
}

function itemOf(each: Outstanding, language: Language): string {
  const why = FAULT_WORDS[each.reason][language];
  const supplier = SUPPLIER_WORDS[each.suppliedBy][language];
  const owed = language === 'ja' ? `担当は${supplier}` : `it is for ${supplier} to supply it`;
  const said = saidOf(safeguardIn(each, language), `${why}${language === 'ja' ? '。' : '.'}`, language);
  return together([said, sentence(owed, language)], language);
}
