import { endIn, type EndInWords, endInLine, type Explanation } from '@sekisho/guideline';
import { escaped } from './render-html.js';

type Language = Explanation['language'];

/** So many cases end in this way under the one version and in that under the other, as `endOf` spells it. */
interface Ends {
  readonly from: string;
  readonly to: string;
  readonly cases: number;
}

/** Cases under two versions, as far as they have been looked at. */
export interface DrawnReplay {
  readonly from: string;
  readonly to: string;
  readonly ends: readonly Ends[];
  readonly changed: number;
  readonly done: number;
  readonly state: 'RUNNING' | 'FINISHED';
}

const WORDS = {
  en: {
    title: (from: string, to: string) => `Stored cases under ${from} and under ${to}`,
    cases: (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'case' : 'cases'}`,
    changed: (count: number) => `${count.toLocaleString('en')} are answered otherwise`,
    none: 'No stored case is of this kind.',
    running: 'The replay has not finished yet.',
  },
  ja: {
    title: (from: string, to: string) => `蓄積された事案：${from} と ${to} の比較`,
    cases: (count: number) => `${count.toLocaleString('en')}件`,
    changed: (count: number) => `結論が変わるもの：${count.toLocaleString('en')}件`,
    none: '該当する事案はない。',
    running: '再判定は未了である。',
  },
} as const;

const WIDTH = 1120;
const LEFT = 390;
const RIGHT = 716;
const BAR = 14;
const TOP = 84;
const GAP = 18;
const HEIGHT_OF_ALL = 420;
/** A single case among a hundred thousand is seen too. */
const LEAST = 2;
const COLOURS = ['#2f6690', '#8a5a44', '#3a7d44', '#7b4b94', '#b3672b', '#4f6d7a', '#a23b4a', '#5a5f9c'];

interface Node {
  readonly name: string;
  readonly cases: number;
  readonly y: number;
  readonly height: number;
  /** Where the next band begins. */
  at: number;
}

/** How the cases end under the one version, to the left, and where they go under the other: bands as broad as there are cases. */
export function replayDiagram({ from, to, ends, changed, done, state }: DrawnReplay, language: Language): string {
  const words = WORDS[language];
  const lefts = nodes(ends, 'from');
  const rights = nodes(ends, 'to');
  const bottom = Math.max(TOP, ...[...lefts.values(), ...rights.values()].map(({ y, height }) => y + height));
  const colours = new Map([...lefts.keys()].map((name, at) => [name, COLOURS[at % COLOURS.length]!]));
  const bands = ends.map((end) =>
    band(end, lefts.get(end.from)!, rights.get(end.to)!, colours.get(end.from)!, {
      from: endInLine(end.from, language),
      to: endInLine(end.to, language),
      cases: words.cases(end.cases),
    }),
  );
  const notes = [
    words.cases(done),
    words.changed(changed),
    ...(done === 0 ? [words.none] : []),
    ...(state === 'RUNNING' ? [words.running] : []),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${Math.round(bottom + 24)}" role="img" lang="${language}" font-family="'Noto Sans JP', 'Hiragino Sans', sans-serif" font-size="12" fill="#1b1b1b">`,
    `<title>${escaped(words.title(from, to))}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="24" y="32" font-size="17" font-weight="bold">${escaped(words.title(from, to))}</text>`,
    `<text x="24" y="54">${escaped(notes.join('  ·  '))}</text>`,
    `<text x="${LEFT - 8}" y="${TOP - 10}" text-anchor="end" font-weight="bold">${escaped(from)}</text>`,
    `<text x="${RIGHT + BAR + 8}" y="${TOP - 10}" font-weight="bold">${escaped(to)}</text>`,
    ...bands,
    ...[...lefts.values()].map((node) =>
      bar(node, LEFT, 'end', colours.get(node.name)!, endIn(node.name, language), words.cases(node.cases)),
    ),
    ...[...rights.values()].map((node) =>
      bar(
        node,
        RIGHT,
        'start',
        colours.get(node.name) ?? '#555555',
        endIn(node.name, language),
        words.cases(node.cases),
      ),
    ),
    '</svg>',
  ].join('\n');
}

/** The ends of one side from top to bottom, the most frequent first. */
function nodes(ends: readonly Ends[], side: 'from' | 'to'): Map<string, Node> {
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(end[side], (counts.get(end[side]) ?? 0) + end.cases);
  const all = [...counts.values()].reduce((sum, cases) => sum + cases, 0);
  let y = TOP;
  return new Map(
    [...counts]
      .sort(([one, a], [two, b]) => b - a || one.localeCompare(two, 'en'))
      .map(([name, cases]) => {
        const height = Math.max(LEAST, (HEIGHT_OF_ALL * cases) / all);
        const node = { name, cases, y, height, at: y };
        y += Math.max(height, 28) + GAP;
        return [name, node];
      }),
  );
}

function band(
  { from, to, cases }: Ends,
  left: Node,
  right: Node,
  colour: string,
  said: Readonly<Record<keyof Ends, string>>,
): string {
  const [out, into] = [(left.height * cases) / left.cases, (right.height * cases) / right.cases];
  const [a, b] = [left.at, right.at];
  left.at += out;
  right.at += into;
  const [x, z, middle] = [LEFT + BAR, RIGHT, (LEFT + BAR + RIGHT) / 2];
  const n = (value: number): string => value.toFixed(1);
  const path = `M${x} ${n(a)}C${middle} ${n(a)} ${middle} ${n(b)} ${z} ${n(b)}V${n(b + into)}C${middle} ${n(b + into)} ${middle} ${n(a + out)} ${x} ${n(a + out)}Z`;
  const opacity = from === to ? 0.25 : 0.6;
  return `<path d="${path}" fill="${colour}" fill-opacity="${opacity}"><title>${escaped(`${said.from} → ${said.to}: ${said.cases}`)}</title></path>`;
}

function bar(
  { y, height }: Node,
  x: number,
  anchor: 'start' | 'end',
  colour: string,
  { outcome, more }: EndInWords,
  said: string,
): string {
  const at = anchor === 'end' ? x - 8 : x + BAR + 8;
  const second = [more, said].filter(Boolean).join('  ·  ');
  return [
    `<rect x="${x}" y="${y.toFixed(1)}" width="${BAR}" height="${height.toFixed(1)}" fill="${colour}"/>`,
    `<text x="${at}" y="${(y + 11).toFixed(1)}" text-anchor="${anchor}">${escaped(outcome)}</text>`,
    `<text x="${at}" y="${(y + 26).toFixed(1)}" text-anchor="${anchor}" font-size="11" fill="#555555">${escaped(second)}</text>`,
  ].join('');
}
