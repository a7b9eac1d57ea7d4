import { CHANGES, type Compared, compareGuidelines, type Comparison } from '../compare.js';
import type { Guideline } from '../guideline.js';
import type { Words } from '../provision.js';
import {
  type Block,
  type Citation,
  citations,
  type Explanation,
  heading,
  type Language,
  list,
  paragraph,
} from './explanation.js';
import { beside, listed, saidOf, sentence } from './phrases.js';
import { CLAUSE, JUDGEMENT, NONE, PART_NAMES, type Part, PROVISION, type Told } from './part-words.js';
import { citeSources, MARKS } from './source-words.js';
import { groupIn } from './target-group-words.js';

const TITLE: Words = { en: 'Differences between two versions of the guideline', ja: '指針の新旧対照' };
const NOTHING: Words = { en: 'The two versions read alike.', ja: '両者に異なるところはない。' };
const KINDS = {
  clauses: { en: 'Clauses of the text', ja: '本文' },
  provisions: { en: 'Provisions', ja: '規定' },
  judgements: { en: 'Matters left to people', ja: '人の判断に委ねる事項' },
} as const satisfies Partial<Record<keyof Comparison, Words>>;
const GROUPS: Words = { en: 'Lines drawn between targets', ja: '攻撃対象の区分' };
const COUNTED = {
  ADDED: { en: 'added', ja: '新設' },
  CHANGED: { en: 'changed', ja: '改正' },
  REMOVED: { en: 'removed', ja: '削除' },
  SAME: { en: 'as before', ja: '変更なし' },
} as const satisfies Record<(typeof CHANGES)[number], Words>;
const IN_ORDER = ['ADDED', 'CHANGED', 'REMOVED', 'SAME'] as const;
/**
 * Two versions for people: what the later one adds, changes and removes, clause by clause and provision by provision, each with its words
 * and, where it reads otherwise, with what stood there before. It reads what `compareGuidelines` found and judges nothing.
 */
export function explainComparison(from: Guideline, to: Guideline, language: Language): Explanation {
  const compared = compareGuidelines(from, to);
  const told = [
    ...section(KINDS.clauses, compared.clauses, CLAUSE, [from, to], language),
    ...section(KINDS.provisions, compared.provisions, PROVISION, [from, to], language),
    ...section(KINDS.judgements, compared.judgements, JUDGEMENT, [from, to], language),
    ...groups(compared.targetGroups, [from, to], language),
  ];
  const counts = (Object.keys(KINDS) as (keyof typeof KINDS)[]).map((kind) =>
    sentence(saidOf(KINDS[kind][language], counted(compared[kind], language), language), language),
  );
  return {
    language,
    title: TITLE[language],
    blocks: [
      ...list([versionIn('from', from, language), versionIn('to', to, language)]),
      ...(told.length === 0 ? [paragraph(NOTHING[language])] : [...list(counts), ...told, paragraph(MARKS[language])]),
    ],
  };
}

const SIDES = { from: { en: 'From', ja: '旧' }, to: { en: 'To', ja: '新' } } as const;
const versionIn = (side: keyof typeof SIDES, { id, title }: Guideline, language: Language): string =>
  saidOf(SIDES[side][language], beside(title[language], id, language), language);

/** `1 added, 14 as before`. */
function counted(all: readonly Compared<Part>[], language: Language): string {
  const told = IN_ORDER.flatMap((change) => {
    const count = all.filter((each) => each.change === change).length;
    if (count === 0) return [];
    return language === 'ja' ? `${COUNTED[change].ja}${count}件` : `${count} ${COUNTED[change].en}`;
  });
  return listed(told, language) || NONE[language];
}

function section<Kind extends Part>(
  words: Words,
  all: readonly Compared<Kind>[],
  told: Told<Kind>,
  versions: readonly [Guideline, Guideline],
  language: Language,
): Block[] {
  const items = all.filter(({ change }) => change !== 'SAME').map((each) => citationOf(each, told, versions, language));
  return items.length === 0 ? [] : [heading(words[language]), ...citations(items)];
}

/** A part with the words that it has, or had; of one that reads otherwise what stood there before, and of a new one all that it holds. */
function citationOf<Kind extends Part>(
  { change, from: before, to: after, parts }: Compared<Kind>,
  told: Told<Kind>,
  [from, to]: readonly [Guideline, Guideline],
  language: Language,
): Citation {
  const part: Kind = (after ?? before)!;
  const version = after === null ? from : to;
  const shown = (name: string): boolean => name !== 'words' && name !== 'sources';
  const line = (name: string, of: Kind, guideline: Guideline, beneath: string): string => {
    const named = beside(PART_NAMES[name]?.[language] ?? name, beneath, language);
    return sentence(saidOf(named, unstopped(told[name]!(of, guideline, language)), language), language);
  };
  const reasons =
    before !== null && after !== null
      ? parts
          .filter((name) => Object.hasOwn(told, name))
          .flatMap((name) => [
            line(name, before, from, from.id),
            ...(shown(name) ? [line(name, after, to, to.id)] : []),
          ])
      : Object.keys(told)
          .filter((name) => shown(name) && name !== 'row')
          .map((name) => line(name, part, version, ''));
  return {
    provision: part.id,
    label: labelOf(part, before, change, parts, language),
    answer: null,
    words: part.words[language],
    source: citeSources(part.sources, language),
    reasons,
  };
}

function labelOf(
  part: Part,
  before: Part | null,
  change: (typeof CHANGES)[number],
  parts: readonly string[],
  language: Language,
): string {
  const row = 'row' in part ? (language === 'ja' ? `判定表第${part.row}行` : `row ${part.row}`) : '';
  const named = listed(
    parts.map((name) => PART_NAMES[name]?.[language] ?? name),
    language,
  );
  const became = beside(COUNTED[change][language], named, language);
  const replaced = before !== null && before.id !== part.id ? before.id : null;
  const instead = replaced && (language === 'ja' ? `${replaced}に代わる` : `in place of ${replaced}`);
  return saidOf(beside(part.id, row, language), listed(instead ? [instead, became] : [became], language), language);
}

/** What another sentence is made of. */
const unstopped = (text: string): string => text.replace(/[。.]$/, '');

function groups(changed: readonly string[], [from, to]: readonly [Guideline, Guideline], language: Language): Block[] {
  if (changed.length === 0) return [];
  const kinds = (guideline: Guideline, name: string): string =>
    Object.hasOwn(guideline.targetGroups, name) ? groupIn(guideline, name, language) : NONE[language];
  const items = changed.map((name) => {
    const both = [from, to].map((guideline) => saidOf(guideline.id, kinds(guideline, name), language));
    return sentence(saidOf(name, both.join(language === 'ja' ? '、' : '; '), language), language);
  });
  return [heading(GROUPS[language]), ...list(items)];
}
