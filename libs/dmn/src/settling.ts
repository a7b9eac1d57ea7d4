import { type Guideline, TARGET_KINDS } from '@sekisho/guideline';
import { call, context, list, texts } from './feel.js';
import type { DecisionNode, FunctionNode } from './node.js';
import type { ProvisionTables } from './provision-tables.js';

/** What is settled where it is unknown. */
export interface Settling {
  /** The facts that the tables ask: first those that may end a case, then the others. */
  readonly ending: readonly string[];
  readonly others: readonly string[];
  /** The groups of each class of targets: kinds that no group tells apart are one class. */
  readonly classes: readonly (readonly string[])[];
}

export function settlingOf({ targetGroups }: Guideline, { endOf, basesOf, executorsOf }: ProvisionTables): Settling {
  const classes = TARGET_KINDS.filter((kind) => kind !== 'UNKNOWN').map((kind) =>
    Object.keys(targetGroups).filter((name) => targetGroups[name]!.includes(kind)),
  );
  const factsOf = ({ parameters }: FunctionNode) =>
    parameters.filter(({ type }) => type === 'tThreeValued').map(({ name }) => name);
  const ending = factsOf(endOf);
  const others = new Set([...factsOf(basesOf), ...factsOf(executorsOf)].filter((name) => !ending.includes(name)));
  return { ending, others: [...others], classes: [...new Map(classes.map((each) => [each.join(), each])).values()] };
}

/** From the facts to what the tables say of every way of settling them. */
export function settlingNodes(settling: Settling, tables: ProvisionTables): DecisionNode[] {
  const { endOf } = tables;
  return [
    {
      kind: 'decision',
      name: 'ending',
      type: 'tEnd',
      words: { en: 'Whether what is known ends the case.', ja: '明らかな事実のみで結論に至るか。' },
      requires: [endOf.name, ...endOf.parameters.map(({ name }) => name)],
      logic: { feel: call(endOf) },
    },
    ...KNOWN,
    unknown(
      'servers',
      'unknownServers',
      'tLocationLists',
      ['DOMESTIC', 'OVERSEAS'].map((each) => `"${each}"`),
    ),
    unknown('targets', 'unknownTargets', 'tClassLists', settling.classes.map(texts)),
    waysOf(settling, endOf),
    conclusionsOf(tables),
    {
      kind: 'decision',
      name: 'possible',
      type: 'tConclusions',
      words: { en: 'The ways that leave a measure possible.', ja: '措置をとり得る定め方。' },
      requires: ['conclusions'],
      logic: { feel: 'conclusions[way.end = "MEASURE"]' },
    },
  ];
}

const KNOWN: readonly DecisionNode[] = [
  {
    kind: 'decision',
    name: 'knownLocations',
    type: 'tLocations',
    words: { en: 'Where servers are known to be.', ja: '明らかなサーバーの所在。' },
    requires: ['servers'],
    logic: { feel: 'distinct values(servers[location != "UNKNOWN"].location)' },
  },
  {
    kind: 'decision',
    name: 'knownClasses',
    type: 'tClasses',
    words: { en: 'The groups of the targets whose kinds are known.', ja: '種別が明らかな対象の属する区分。' },
    requires: ['targets', 'groupsOf'],
    logic: { feel: 'distinct values(for each in targets[kind != "UNKNOWN"] return groupsOf(each.kind))' },
  },
];

/**
 * What the unknown servers, or targets, may turn out to be together: each set of values that is not empty and no larger than they are many.
 * Conditions ask no more of them than that.
 */
function unknown(of: 'servers' | 'targets', name: string, type: string, values: readonly string[]): DecisionNode {
  const sets = values.reduce<string[][]>((some, value) => [...some, ...some.map((set) => [...set, value])], [[]]);
  const options = sets.slice(1).map(list);
  const [what, ja] = of === 'servers' ? ['location', '所在が明らかでないサーバー'] : ['kind', '種別が明らかでない対象'];
  return {
    kind: 'decision',
    name,
    type,
    words: {
      en: `What the ${of} of unknown ${what} may be, taken together.`,
      ja: `${ja}の、全体としてあり得る組合せ。`,
    },
    requires: [of],
    logic: {
      context: [{ name: 'many', type: 'number', feel: `count(${of}[${what} = "UNKNOWN"])` }],
      feel: `if many = 0 then [[]] else ${list(options)}[count(item) <= many]`,
    },
  };
}

function waysOf({ ending, others }: Settling, endOf: FunctionNode): DecisionNode {
  const facts = [...ending, ...others];
  const either = (name: string) => `${name}Is in if ${name} = "UNKNOWN" then ["TRUE", "FALSE"] else [${name}]`;
  const loops = [
    ...ending.map(either),
    `end in [${call(endOf, (name) => `${name}Is`)}]`,
    ...others.map(either),
    'someServers in unknownServers',
    'someTargets in unknownTargets',
  ];
  const way = context([
    ...facts.map((name) => [name, `${name}Is`] as const),
    ['end', 'end'],
    ['servers', 'someServers'],
    ['targets', 'someTargets'],
    ['locations', 'concatenate(knownLocations, someServers)'],
    ['groups', 'flatten(concatenate(knownClasses, someTargets))'],
  ]);
  return {
    kind: 'decision',
    name: 'ways',
    type: 'tWays',
    words: {
      en: 'Every way of settling what is unknown, in a fixed order.',
      ja: '明らかでない事項のあらゆる定め方（順序は一定）。',
    },
    requires: ['ending', endOf.name, ...facts, 'knownLocations', 'unknownServers', 'knownClasses', 'unknownTargets'],
    logic: { feel: `if ending != "MEASURE" then []\nelse for\n  ${loops.join(',\n  ')}\nreturn ${way}` },
  };
}

/** The gist is what two ways must have in common for what tells them apart not to matter. */
function conclusionsOf({ basesOf, executorsOf }: ProvisionTables): DecisionNode {
  const ofWay = (name: string) => (name === 'bases' ? name : `each.${name}`);
  /** A table of which no line holds gives null. */
  const asked = (node: FunctionNode) => `if each.end = "MEASURE" then ${call(node, ofWay)} else null`;
  // Apache KIE 10.1 forgets a context's entries after a `for` over nothing.
  const executors = (classes: string) =>
    `if ${classes} = [] then [] else for class in ${classes} return assigned[list contains(class, group)].executor`;
  const conclusion = context([
    ['way', 'each'],
    ['reasons', asked(basesOf)],
    ['bases', 'if reasons = null then [] else reasons'],
    ['named', asked(executorsOf)],
    ['assigned', 'if named = null then [] else named'],
    ['known', executors('knownClasses')],
    ['unknown', executors('each.targets')],
    ['gist', '[each.end, count(bases) > 0, known, distinct values(unknown)]'],
  ]);
  return {
    kind: 'decision',
    name: 'conclusions',
    type: 'tConclusions',
    words: { en: 'What the tables say of every way.', ja: 'あらゆる定め方についての各表の結論。' },
    requires: ['ways', 'knownClasses', basesOf.name, executorsOf.name],
    logic: { feel: `for each in ways return ${conclusion}` },
  };
}
