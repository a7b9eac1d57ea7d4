import type { AskedCondition, AskedProvision, Execution, ReviewAnswer } from './determination.js';
import { EXECUTORS } from './determination.js';
import type { Conclusion } from './conclude.js';
import { holds } from './conclude.js';
import type { Facts, ThreeValued } from './facts.js';
import type {
  Condition,
  ExecutionProvision,
  KnownCondition,
  OutcomeProvision,
  ReviewProvision,
  SafeguardProvision,
} from './provision.js';
import { isExecution } from './provision.js';
import type { Tally } from './settle.js';
import { spellServers, spellTargets } from './settle.js';
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

/** What the facts say of the thing that a condition asks about. */
function valueOf(condition: Condition | KnownCondition, settled: Settled): string {
  if ('fact' in condition) return settled.facts[condition.fact];
  if ('servers' in condition) return spellServers(settled.tally);
  if ('targets' in condition) return spellTargets(settled.tally);
  if ('nscReview' in condition) return settled.nscReview;
  if ('measure' in condition) return 'POSSIBLE';
  const { execution } = settled;
  return EXECUTORS.filter((executor) => execution.some((each) => each.candidates.includes(executor))).join(', ');
}

function asked(condition: Condition | KnownCondition, settled: Settled, answer: ThreeValued): AskedCondition {
  const value = valueOf(condition, settled);
  if ('fact' in condition) return { fact: condition.fact, expected: condition.is, value, answer };
  if ('servers' in condition) return { fact: 'servers.location', expected: condition.servers, value, answer };
  if ('targets' in condition) return { fact: 'targets.kind', expected: condition.targets, value, answer };
  if ('nscReview' in condition) return { fact: 'nscReview.required', expected: condition.nscReview, value, answer };
  if ('measure' in condition) return { fact: 'measure', expected: condition.measure, value, answer };
  return { fact: 'execution', expected: condition.execution, value, answer };
}

function askSettled(condition: Condition, settled: Settled): AskedCondition {
  const answer = agreed(settled.ways, ({ way, bases }) => holds(condition, way, bases));
  return asked(condition, settled, answer);
}

function askKnown(condition: KnownCondition, settled: Settled): AskedCondition {
  return asked(condition, settled, holdsAsKnown(condition, settled) ? 'TRUE' : 'FALSE');
}

/** An outcome rests on the case's own facts, which answer for themselves. */
export function askOutcome(provision: OutcomeProvision, facts: Facts): AskedProvision {
  const conditions = provision.when.map(({ fact, is }): AskedCondition => {
    const value = facts[fact];
    return { fact, expected: is, value, answer: value === 'UNKNOWN' ? value : value === is ? 'TRUE' : 'FALSE' };
  });
  const answers = conditions.map(({ answer }) => answer);
  const answer = answers.includes('FALSE') ? 'FALSE' : answers.includes('UNKNOWN') ? 'UNKNOWN' : 'TRUE';
  return { provision: provision.id, source: spellSources(provision.sources), answer, conditions };
}

/** How a review or execution provision was answered: as all ways that leave a measure possible agree. */
export function askRule(provision: ReviewProvision | ExecutionProvision, settled: Settled): AskedProvision {
  const conditions = provision.when.map((condition) => askSettled(condition, settled));
  if (isExecution(provision)) {
    for (const { executor, when } of provision.then.candidates) {
      for (const condition of when ?? []) {
        conditions.push(Object.assign(askSettled(condition, settled), { alternative: executor }));
      }
    }
  }
  const answer = agreed(settled.ways, ({ way, bases }) => provision.when.every((each) => holds(each, way, bases)));
  return { provision: provision.id, source: spellSources(provision.sources), answer, conditions };
}

/** Whether a safeguard is needed: asked of what is known, so there is no third answer. */
export function askSafeguard(provision: SafeguardProvision, settled: Settled): AskedProvision {
  const conditions = provision.when.map((condition) => askKnown(condition, settled));
  const answer = conditions.every((each) => each.answer === 'TRUE') ? 'TRUE' : 'FALSE';
  for (const { timing, when } of provision.then.timings ?? []) {
    for (const condition of when ?? []) {
      conditions.push(Object.assign(askKnown(condition, settled), { alternative: timing }));
    }
  }
  return { provision: provision.id, source: spellSources(provision.sources), answer, conditions };
}
