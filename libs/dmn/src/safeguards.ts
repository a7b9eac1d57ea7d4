import { type Guideline, isSafeguard, SAFEGUARD_KINDS, type SafeguardProvision } from '@sekisho/guideline';
import { call, text } from './feel.js';
import type { DecisionNode, FunctionNode, Node, Parameter } from './node.js';
import { factsIn } from './provision-tables.js';
import { sourceNames } from './sources.js';
import { type Line, tableOf } from './table.js';

/** What must be in hand before an order. It is asked once, of what is known: what is unknown counts as a risk. */
export function safeguardNodes({ provisions }: Guideline): Node[] {
  const safeguards = provisions.filter(isSafeguard);
  const timings = safeguards.filter(({ then }) => then.timings !== undefined).map(timingOf);
  const table = safeguardsOf(safeguards, timings);
  return [
    notKnownDomestic,
    ...timings,
    table,
    {
      kind: 'decision',
      name: 'safeguards',
      type: 'tSafeguards',
      words: { en: 'What must be in hand before an order.', ja: '命令に先立ち整うべきもの。' },
      requires: ['ending', table.name, ...table.parameters.map(({ name }) => name)],
      // A table of which no line holds gives null.
      logic: {
        context: [{ name: 'needed', type: 'tSafeguards', feel: call(table) }],
        feel: 'if ending = "MEASURE" and needed != null then needed else []',
      },
    },
  ];
}

const notKnownDomestic: DecisionNode = {
  kind: 'decision',
  name: 'notKnownDomestic',
  type: 'tRefs',
  words: { en: 'The servers that are not known to be in Japan.', ja: '国内にあることが明らかでないサーバー。' },
  requires: ['servers'],
  logic: { feel: 'servers[location != "DOMESTIC"].ref' },
};

const timingName = ({ id }: SafeguardProvision): string =>
  `timing of ${id}`.replace(/[ -](\w)/g, (_, letter: string) => letter.toUpperCase());

function timingOf(provision: SafeguardProvision): DecisionNode {
  const lines = (provision.then.timings ?? []).map(({ timing, when = [] }): Line => ({
    provision,
    when,
    results: [text(timing)],
  }));
  return {
    kind: 'decision',
    name: timingName(provision),
    type: 'tTiming',
    words: { en: 'When; the first line that holds counts.', ja: '時期。最初に該当する行による。' },
    requires: [...factsIn(lines).map(({ name }) => name), ...sourceNames([provision])],
    logic: { table: tableOf('FIRST', [{ type: 'tTiming' }], lines) },
  };
}

function safeguardsOf(safeguards: readonly SafeguardProvision[], timings: readonly DecisionNode[]): FunctionNode {
  const lines = safeguards.flatMap((provision) =>
    provision.then.safeguards.map((kind): Line => ({
      provision,
      when: provision.when,
      results: [
        text(kind),
        provision.then.timings === undefined ? 'null' : timingName(provision),
        provision.then.onlyFor === undefined ? 'null' : text(provision.then.onlyFor),
        kind === 'FOREIGN_MINISTER_CONSULTATION' ? 'notKnownDomestic' : 'null',
      ],
    })),
  );
  return {
    kind: 'businessKnowledgeModel',
    name: 'safeguardsOf',
    type: 'tSafeguards',
    words: {
      en: 'What a measure needs, were one possible: what is unknown counts as a risk.',
      ja: '措置をとり得る場合に要するもの。明らかでない事項は、あるものとして扱う。',
    },
    parameters: [...factsIn(lines), ...KNOWN, ...timings.map(({ name, type }) => ({ name, type }))],
    requires: sourceNames(safeguards),
    logic: { table: tableOf('OUTPUT ORDER', SAFEGUARD, lines) },
  };
}

/** What is known of a case once every way has been looked at. */
const KNOWN: readonly Parameter[] = [
  { name: 'notKnownDomestic', type: 'tRefs' },
  { name: 'possible', type: 'tConclusions' },
  { name: 'nscReview', type: 'tReview' },
  { name: 'execution', type: 'tExecutions' },
];

const SAFEGUARD = [
  { name: 'kind', type: 'tSafeguardKind', values: SAFEGUARD_KINDS },
  // Null where a safeguard has none, which is not among their values.
  { name: 'timing', type: 'string' },
  { name: 'onlyFor', type: 'string' },
  { name: 'servers', type: 'tRefs' },
] as const;
