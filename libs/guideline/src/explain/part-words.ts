import type { Guideline, GuidelineClause, Judgement } from '../guideline.js';
import type { Provision, Words } from '../provision.js';
import type { Source } from '../sources.js';
import type { Language } from './explanation.js';
import { listed } from './phrases.js';
import { conditionsIn, consequenceIn } from './provision-words.js';
import { citeSources } from './source-words.js';

export type Part = GuidelineClause | Provision | Judgement;
/** What is told of a part under its words, by the name of what it holds. */
export type Told<Kind extends Part> = Readonly<
  Record<string, (part: Kind, guideline: Guideline, language: Language) => string>
>;

/** The names of what a clause, a provision or a judgement holds. */
export const PART_NAMES: Readonly<Record<string, Words>> = {
  id: { en: 'name', ja: '名称' },
  row: { en: 'row', ja: '判定表の行' },
  words: { en: 'words', ja: '文言' },
  sources: { en: 'sources', ja: '出典' },
  when: { en: 'when it applies', ja: '要件' },
  then: { en: 'what follows', ja: '効果' },
  provisions: { en: 'has effect through', ja: '効果を与える規定' },
  judgements: { en: 'leaves to people', ja: '人の判断に委ねる事項' },
  arrivesAs: { en: 'arrives as', ja: '判断の現れる事実又は記録' },
  judgedBy: { en: 'judged by', ja: '判断する者' },
};

export const NONE: Words = { en: 'none', ja: 'なし' };
const names = (ids: readonly string[], language: Language): string => listed(ids, language) || NONE[language];
const ANY_PART = {
  words: ({ words }: { words: Words }, _: Guideline, language: Language) => words[language],
  sources: ({ sources }: { sources: readonly Source[] }, _: Guideline, language: Language) =>
    citeSources(sources, language),
};
export const CLAUSE: Told<GuidelineClause> = {
  ...ANY_PART,
  provisions: ({ provisions }, _, language) => names(provisions, language),
  judgements: ({ judgements }, _, language) => names(judgements, language),
};
export const PROVISION: Told<Provision> = {
  ...ANY_PART,
  row: ({ row }) => String(row),
  when: (provision, guideline, language) => conditionsIn(guideline, provision, language),
  then: (provision, guideline, language) => consequenceIn(guideline, provision, language),
};
export const JUDGEMENT: Told<Judgement> = {
  ...ANY_PART,
  arrivesAs: ({ arrivesAs }) => arrivesAs,
  judgedBy: ({ judgedBy }) => judgedBy,
};
