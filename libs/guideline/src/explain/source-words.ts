import { ARTICLE, POLICE_DUTIES_ACT_6_2, PROPOSAL, SDF_ACT_81_3, SDF_ACT_95_4, type Source } from '../sources.js';
import type { Language } from './explanation.js';

/** Sources as they are cited in Japanese. */
const IN_JAPANESE: ReadonlyMap<string, string> = new Map([
  [
    ARTICLE.citation,
    '「ザ・ジャパン・ニューズ」（読売新聞）2025年12月12日付け記事（能動的サイバー防御の指針案に関するもの）',
  ],
  [POLICE_DUTIES_ACT_6_2.citation, '警察官職務執行法第6条の2'],
  [SDF_ACT_81_3.citation, '自衛隊法第81条の3'],
  [SDF_ACT_95_4.citation, '自衛隊法第95条の4'],
  [PROPOSAL.citation, '関所独自の案（資料に定めのない事項）'],
]);

/** The sources in one line with their marks; one that has no Japanese name keeps its own. */
export function citeSources(sources: readonly Source[], language: Language): string {
  const spelt = sources.map(({ mark, citation }) => {
    return `[${mark}] ${language === 'ja' ? (IN_JAPANESE.get(citation) ?? citation) : citation}`;
  });
  return spelt.join(language === 'ja' ? '、' : '; ');
}

/** What the marks of the sources say. */
export const MARKS = {
  en: '[A] is the press report of the draft guidelines, [S] statute as read in secondary sources, [P] a proposal of this platform where the sources are silent.',
  ja: '[A]は指針案に関する報道、[S]は二次資料による法令の規定、[P]は資料に定めのない事項についての本システムの案を示す。',
} as const;
