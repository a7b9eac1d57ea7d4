import {
  CASE_FACTS,
  type Condition,
  type Guideline,
  isExecution,
  isOutcome,
  isReview,
  type KnownCondition,
} from '@sekisho/guideline';
import { text } from './feel.js';
import type { FunctionNode, Parameter } from './node.js';
import { sourceNames } from './sources.js';
import { type Line, listTable, tableOf } from './table.js';

/** What the provisions say of one way of settling a case. */
export interface ProvisionTables {
  readonly groupsOf: FunctionNode;
  readonly endOf: FunctionNode;
  readonly basesOf: FunctionNode;
  readonly executorsOf: FunctionNode;
}

/** What there is of servers and targets, once everything is settled. */
const PRESENT: readonly Parameter[] = [
  { name: 'locations', type: 'tLocations' },
  { name: 'groups', type: 'tGroups' },
];

/**
 * A table for each kind of provision; later ones are told what earlier ones said.
 * @throws RangeError where a review provision asks, or comes after one that asks, whether the council reviews the case: all of them are one table.
 */
export function provisionTables({ id, provisions, targetGroups }: Guideline): ProvisionTables {
  const asksReview = provisions.findIndex(({ when, then }) =>
    [...when, ...('candidates' in then ? then.candidates.flatMap((each) => each.when ?? []) : [])].some(
      (each) => 'nscReview' in each && each.nscReview === 'REQUIRED',
    ),
  );
  if (asksReview >= 0 && provisions.slice(asksReview).some(isReview)) {
    throw new RangeError(`${id}: a review provision rests on whether the council reviews the case`);
  }
  const outcomes = provisions.filter(isOutcome);
  const reviews = provisions.filter(isReview);
  const executions = provisions.filter(isExecution);
  const ends: Line[] = outcomes.map((each) => ({
    provision: each,
    when: each.when,
    results: [text(each.then.outcome)],
  }));
  const bases = reviews.map((each): Line => ({ provision: each, when: each.when, results: [text(each.then.review)] }));
  const executors = executions.flatMap((each) =>
    each.then.candidates.map(({ executor, when = [] }): Line => ({
      provision: each,
      when: [...each.when, ...when],
      results: [text(each.then.targets), text(executor)],
    })),
  );
  const kind = { name: 'kind', type: 'tKind' };
  return {
    groupsOf: {
      kind: 'businessKnowledgeModel',
      name: 'groupsOf',
      type: 'tGroups',
      words: { en: 'The groups of a kind of target.', ja: '対象の種別が属する区分。' },
      parameters: [kind],
      requires: [],
      logic: { table: listTable({ label: 'kind', expression: 'kind', type: kind.type }, 'tGroup', targetGroups) },
    },
    endOf: {
      kind: 'businessKnowledgeModel',
      name: 'endOf',
      type: 'tEnd',
      words: {
        en: 'Whether a measure is possible at all; the first line that holds counts.',
        ja: 'そもそも措置をとり得るか。最初に該当する行による。',
      },
      parameters: factsIn(ends),
      requires: sourceNames(outcomes),
      logic: {
        table: tableOf(
          'FIRST',
          [{ type: 'tEnd' }],
          [...ends, { provision: null, when: [], results: [text('MEASURE')] }],
        ),
      },
    },
    basesOf: {
      kind: 'businessKnowledgeModel',
      name: 'basesOf',
      type: 'tBases',
      words: { en: 'Why the National Security Council reviews the case.', ja: '国家安全保障会議が審議する事由。' },
      parameters: [...factsIn(bases), ...PRESENT],
      requires: sourceNames(reviews),
      logic: { table: tableOf('COLLECT', [{ type: 'tBasis' }], bases) },
    },
    executorsOf: {
      kind: 'businessKnowledgeModel',
      name: 'executorsOf',
      type: 'tAssignments',
      words: {
        en: 'Who may act against attacks on targets of a group.',
        ja: '各区分の対象への攻撃に対処し得る主体。',
      },
      parameters: [...factsIn(executors), ...PRESENT, { name: 'bases', type: 'tBases' }],
      requires: sourceNames(executions),
      logic: { table: tableOf('COLLECT', ASSIGNMENT, executors) },
    },
  };
}

const ASSIGNMENT = [
  { name: 'group', type: 'tGroup' },
  { name: 'executor', type: 'tExecutor' },
] as const;

/** The facts of the case as a whole that these lines ask. */
export const factsIn = (lines: readonly Pick<Line, 'when'>[]): Parameter[] =>
  factsAsked(lines.flatMap(({ when }) => when)).map((name) => ({ name, type: 'tThreeValued' }));

const factsAsked = (conditions: readonly (Condition | KnownCondition)[]) =>
  CASE_FACTS.filter((name) => conditions.some((each) => 'fact' in each && each.fact === name));
