import { questionIn, type Words } from '@sekisho/guideline';

/** Reasons for which this service refuses beside the guideline's, in words. */
export const OWN_REASONS: Readonly<Record<string, (detail: string) => Words>> = {
  FACT_CONTESTED: (fact) => ({
    en: `a fact is contested, and orders wait until an analyst has settled it: ${questionIn(fact, 'en')}`,
    ja: `争いのある事実があり、分析官が確定するまで命令を出すことはできない：${questionIn(fact, 'ja')}`,
  }),
  NOT_STANDING: (detail) => ({
    en: `whoever answers for what the order rests on does not confirm that it still stands (${detail})`,
    ja: `命令の根拠が現在も有効であることを、その所管が確認していない（${detail}）`,
  }),
};
