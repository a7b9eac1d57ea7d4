import { EXECUTORS, type Guideline, isReview } from '@sekisho/guideline';
import { text, texts } from './feel.js';
import type { DecisionNode, Node } from './node.js';
import { safeguardNodes } from './safeguards.js';
import type { Settling } from './settling.js';

/** What holds for every way of settling what is unknown: the parts of the answer, and the answer. */
export function answerNodes(guideline: Guideline, settling: Settling): Node[] {
  return [
    reviewOf(guideline),
    execution,
    missingOf(settling),
    outcome,
    ...safeguardNodes(guideline),
    determinationOf(guideline),
  ];
}

function reviewOf({ provisions }: Guideline): DecisionNode {
  const bases = texts([...new Set(provisions.filter(isReview).map(({ then }) => then.review))]);
  const reviewed = 'each in possible satisfies count(each.bases) > 0';
  const resting = 'each in possible satisfies list contains(each.bases, item)';
  return {
    kind: 'decision',
    name: 'nscReview',
    type: 'tReview',
    words: {
      en: 'Whether the National Security Council reviews the case: in every way, in none, or that depends.',
      ja: '国家安全保障会議の審議の要否。',
    },
    requires: ['possible'],
    logic: {
      context: [
        {
          name: 'required',
          type: 'tReviewAnswer',
          feel: `if not(some ${reviewed}) then "NO" else if every ${reviewed} then "YES" else "PROVISIONAL"`,
        },
        { name: 'bases', type: 'tBases', feel: `${bases}[count(possible) > 0 and (every ${resting})]` },
        { name: 'possibleBases', type: 'tBases', feel: `${bases}[some ${resting}]` },
      ],
    },
  };
}

const execution: DecisionNode = {
  kind: 'decision',
  name: 'execution',
  type: 'tExecutions',
  words: {
    en: 'Who may act against the attack on each target, in one way or another.',
    ja: '各対象への攻撃に対処し得る主体（いずれかの定め方によるもの）。',
  },
  requires: ['ending', 'targets', 'groupsOf', 'knownClasses', 'possible'],
  logic: {
    context: [
      {
        name: 'acting',
        type: 'Any',
        feel: `for each in targets return {
  place: if each.kind = "UNKNOWN" then [] else index of(knownClasses, groupsOf(each.kind)),
  target: each.ref,
  actors: flatten(for one in possible return if each.kind = "UNKNOWN" then one.unknown else one.known[place[1]])
}`,
      },
    ],
    feel: `if ending != "MEASURE" then []
else for each in acting return { target: each.target, candidates: ${texts(EXECUTORS)}[list contains(each.actors, item)] }`,
  },
};

/**
 * Something unknown is missing where the ways end differently by what it turns out to be, all else alike. Ways stand in a fixed order, so
 * that those of one value run parallel to those of another.
 */
function missingOf({ ending, others }: Settling): DecisionNode {
  const facts = [...ending, ...others];
  const gists = (name: string, value: string) => `conclusions[way.${name} = ${value}].gist`;
  const unlike = (name: string, options: string) =>
    `some one in ${options} satisfies ${gists(name, 'one')} != ${gists(name, `${options}[1]`)}`;
  const parts = [
    ...facts.map(
      (name) =>
        `if ${name} = "UNKNOWN" and ${gists(name, '"TRUE"')} != ${gists(name, '"FALSE"')} then [${text(name)}] else []`,
    ),
    `if ${unlike('servers', 'unknownServers')} then (for ref in servers[location = "UNKNOWN"].ref return "servers." + ref + ".location") else []`,
    `if ${unlike('targets', 'unknownTargets')} then (for ref in targets[kind = "UNKNOWN"].ref return "targets." + ref + ".kind") else []`,
  ];
  return {
    kind: 'decision',
    name: 'missingFacts',
    type: 'tRefs',
    words: { en: 'The unknown facts on which the answer depends.', ja: '結論を左右する、明らかでない事実。' },
    requires: [...facts, 'servers', 'targets', 'unknownServers', 'unknownTargets', 'conclusions'],
    logic: { feel: `concatenate(\n  ${parts.join(',\n  ')}\n)` },
  };
}

const outcome: DecisionNode = {
  kind: 'decision',
  name: 'outcome',
  type: 'tOutcome',
  words: { en: 'How the case ends.', ja: '結論。' },
  requires: ['ending', 'missingFacts'],
  logic: {
    feel: 'if ending != "MEASURE" then ending else if count(missingFacts) > 0 then "PROVISIONAL" else "DETERMINED"',
  },
};

function determinationOf({ id }: Guideline): DecisionNode {
  const parts = ['outcome', 'nscReview', 'execution', 'safeguards', 'missingFacts'];
  const types = ['tOutcome', 'tReview', 'tExecutions', 'tSafeguards', 'tRefs'];
  return {
    kind: 'decision',
    name: 'determination',
    type: 'tDetermination',
    words: { en: 'The answer.', ja: '判定。' },
    requires: parts,
    logic: {
      context: [
        { name: 'guideline', type: 'string', feel: text(id) },
        ...parts.map((name, at) => ({ name, type: types[at]!, feel: name })),
      ],
    },
  };
}
