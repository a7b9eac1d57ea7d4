import type { ChangedCase } from '@sekisho/documents';
import { endInLine, endOf } from '@sekisho/guideline';

/** Cases under two versions, once all of them have been looked at. */
export interface ReplayResult {
  readonly from: string;
  readonly to: string;
  readonly done: number;
  readonly changed: number;
  readonly ends: readonly { readonly from: string; readonly to: string; readonly cases: number }[];
  /** The first of the cases that change; `table` has all of them. */
  readonly changes: readonly ChangedCase[];
  /** All changes as CSV. */
  table(): Promise<string>;
  /** Where the cases go, as SVG. */
  picture(): Promise<string>;
}

type Language = 'en' | 'ja';
type Answer = ChangedCase['provisions'][number]['from'];

const TEXT = {
  en: {
    cases: (count: number) => `${count} ${count === 1 ? 'case' : 'cases'}`,
    changed: (count: number) => `${count} answered otherwise`,
    ends: 'How they end',
    as: 'as before',
    changes: 'Cases that are answered otherwise',
    more: (count: number) => `and ${count} more: --csv FILE has all of them`,
    answers: { TRUE: 'applies', FALSE: 'does not apply', UNKNOWN: 'open', null: 'not asked' },
    and: '; ',
    comma: ', ',
    of: (name: string, said: string) => `${name}: ${said}`,
    beside: (said: string, aside: string) => `${said} (${aside})`,
  },
  ja: {
    cases: (count: number) => `${count}件`,
    changed: (count: number) => `結論が変わるもの${count}件`,
    ends: '結論の内訳',
    as: '変更なし',
    changes: '結論が変わる事案',
    more: (count: number) => `ほか${count}件（--csv FILE にすべて出力）`,
    answers: { TRUE: '適用', FALSE: '不適用', UNKNOWN: '未確定', null: '規定なし' },
    and: '、',
    comma: '、',
    of: (name: string, said: string) => `${name}：${said}`,
    beside: (said: string, aside: string) => `${said}（${aside}）`,
  },
} as const;

/** What a replay found, as lines: how many cases end in which way, and each change with the provisions by which it comes. */
export function spellReplay({ from, to, done, changed, ends, changes }: ReplayResult, language: Language): string {
  const text = TEXT[language];
  const widest = Math.max(...ends.map(({ cases }) => String(cases).length), 1);
  const sorted = [...ends].sort((one, two) => two.cases - one.cases || (one.from < two.from ? -1 : 1));
  const way = (before: string, after: string): string =>
    before === after
      ? text.beside(endInLine(before, language), text.as)
      : `${endInLine(before, language)} → ${endInLine(after, language)}`;
  const answer = (given: Answer): string => text.answers[given ?? 'null'];
  const change = (each: ChangedCase): string[] => {
    const [before, after] = [endOf(each.from), endOf(each.to)];
    const by = each.provisions.map((turned) =>
      text.of(turned.provision, `${answer(turned.from)} → ${answer(turned.to)}`),
    );
    const end = before === after ? endInLine(before, language) : way(before, after);
    return [`  ${each.incidentId}`, `    ${end}`, `    ${by.join(text.and)}`];
  };
  const more = changed - changes.length;
  return [
    text.of(`${from} → ${to}`, [text.cases(done), text.changed(changed)].join(text.comma)),
    ...(ends.length > 0 ? ['', text.ends] : []),
    ...sorted.map((each) => `  ${String(each.cases).padStart(widest)}  ${way(each.from, each.to)}`),
    ...(changes.length > 0 ? ['', text.changes, ...changes.flatMap(change)] : []),
    ...(more > 0 ? [`  ${text.more(more)}`] : []),
  ].join('\n');
}
