import type { AskedCondition, AskedProvision, Execution, ReviewAnswer } from './determination.js';
import { EXECUTORS } from './determination.js';
import type { Conclusion } from './conclude.js';
import { holds } from './conclude.js';
import type { Facts, ThreeValued } from './facts.js';
import type { Condition, ExecutionProvision, KnownCondition, Provision } from './provision.js';
import { isExecution, isOutcome, isSafeguard } from './provision.js';
import type { Tally } from './settle.js';
import { spellSources } from './sources.js';

/** What is known once everything is settled: the conditions of `because` and of safeguards are answered from it. */
export interface Settled {
  facts: Facts;
  tally: Tally;
  /** The ways that leave a measure possible; at least one. */
  ways: readonly Conclusion[];
  nscReview: ReviewAnswer;
  execution: readonly Execution[];
}

/** The answer that holds in all ways, else UNKNOWN. */
function agreed(ways: readonly Conclusion[], test: (conclusion: Conclusion) => boolean): ThreeValued {
  const held = ways.filter(test).length;
  return held === ways.length ? 'TRUE' : held === 0 ? 'FALSE' : 'UNKNOWN';
}

/** Does a condition on what is known hold? What is unknown counts as a risk, so there is no third answer. */
export function holdsAsKnown(condition: KnownCondition, settled: Settled): boolean {
  if ('fact' in condition) return settled.facts[condition.fact] === condition.is;
  if ('servers' in condition) return settled.tally.servers.overseas + settled.tally.servers.unknown > 0;
  if ('nscReview' in condition) return settled.nscReview !== 'NO';
  if ('execution' in condition) return settled.execution.some((each) => each.candidates.includes(condition.execution));
  return settled.ways.length > 0;
}

function count(classes: Record<string, number>): string {
  const there = Object.entries(classes).filter(([, number]) => number > 0);
  return there.map(([name, number]) => `${name} ${number}`).join(', ');
}

function describe(condition: Condition | KnownCondition, settled: Settled): Omit<AskedCondition, 'answer'> {
  const { servers, targets } = settled.tally;
  if ('fact' in condition) {
    return { fact: condition.fact, expected: condition.is, value: settled.facts[condition.fact] };
  }
  if ('servers' in condition) {
    const value = count({ OVERSEAS: servers.overseas, DOMESTIC: servers.domestic, UNKNOWN: servers.unknown });
    return { fact: 'servers.location', expected: condition.servers, value };
  }
  if ('targets' in condition) {
    const value = count({ SDF_OR_USFJ: targets.sdfOrUsfj, OTHER: targets.other, UNKNOWN: targets.unknown });
    return { fact: 'targets.kind', expected: condition.targets, value };
  }
  if ('nscReview' in condition) {
    return { fact: 'nscReview.required', expected: condition.nscReview, value: settled.nscReview };
  }
  if ('execution' in condition) {
    const value = EXECUTORS.filter((executor) => settled.execution.some((each) => each.candidates.includes(executor)));
    return { fact: 'execution', expected: condition.execution, value: value.join(', ') };
  }
  return { fact: 'measure', expected: condition.measure, value: 'POSSIBLE' };
}

function askSettled(condition: Condition, settled: Settled): AskedCondition {
  const described = describe(condition, settled);
  return { ...described, answer: agreed(settled.ways, ({ way, bases }) => holds(condition, way, bases)) };
}

function askKnown(condition: KnownCondition, settled: Settled): AskedCondition {
  return { ...describe(condition, settled), answer: holdsAsKnown(condition, settled) ? 'TRUE' : 'FALSE' };
}

function askAlternatives(provision: ExecutionProvision, settled: Settled): AskedCondition[] {
  return provision.then.candidates.flatMap(({ executor, when = [] }) =>
    when.map((condition) => ({ ...askSettled(condition, settled), alternative: executor })),
  );
}

/** An outcome rests on the case's own facts, which answer for themselves. */
export function askOutcome(provision: Provision, facts: Facts): AskedProvision | undefined {
  if (!isOutcome(provision)) return undefined;
  const conditions = provision.when.flatMap((condition): AskedCondition[] => {
    if (!('fact' in condition)) return [];
    const value = facts[condition.fact];
    const answer = value === 'UNKNOWN' ? value : value === condition.is ? 'TRUE' : 'FALSE';
    return [{ fact: condition.fact, expected: condition.is, value, answer }];
  });
  const answers = conditions.map(({ answer }) => answer);
  const answer = answers.includes('FALSE') ? 'FALSE' : answers.includes('UNKNOWN') ? 'UNKNOWN' : 'TRUE';
  return { provision: provision.id, source: spellSources(provision.sources), answer, conditions };
}

/** How one provision that is not about the outcome was answered, and on which conditions. */
export function ask(provision: Provision, settled: Settled): AskedProvision {
  const named = { provision: provision.id, source: spellSources(provision.sources) };
  if (isSafeguard(provision)) {
    const own = provision.when.map((condition) => askKnown(condition, settled));
    const alternatives = (provision.then.timings ?? []).flatMap(({ timing, when = [] }) =>
      when.map((condition) => ({ ...askKnown(condition, settled), alternative: timing })),
    );
    const answer = own.every((asked) => asked.answer === 'TRUE') ? 'TRUE' : 'FALSE';
    return { ...named, answer, conditions: [...own, ...alternatives] };
  }
  const own = provision.when.map((condition) => askSettled(condition, settled));
  const answer = agreed(settled.ways, ({ way, bases }) =>
    provision.when.every((condition) => holds(condition, way, bases)),
  );
  return {
    ...named,
    answer,
    conditions: [...own, ...(isExecution(provision) ? askAlternatives(provision, settled) : [])],
  };
}
