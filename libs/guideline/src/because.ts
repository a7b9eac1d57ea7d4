import type { AskedCondition, AskedProvision } from './determination.js';
import { type Conclusion, holds } from './conclude.js';
import type { CaseFact, ThreeValued } from './facts.js';
import type {
  Condition,
  ExecutionProvision,
  KnownCondition,
  OutcomeProvision,
  ReviewProvision,
  SafeguardProvision,
} from './provision.js';
import { isExecution } from './provision.js';
import { keepOneMore, type Reading } from './reading.js';
import type { Tally } from './settle.js';
import type { Known, Settled } from './settled.js';
import { spellSources } from './sources.js';

/** In place of a value: what is counted there. How many servers and targets there are, the case says. */
const COUNTED = { servers: '#servers', targets: '#targets' } as const;

const isCounted = ({ value }: AskedCondition): boolean => value === COUNTED.servers || value === COUNTED.targets;

/** The answer that holds in all ways, else UNKNOWN. */
function agreed(ways: readonly Conclusion[], test: (conclusion: Conclusion) => boolean): ThreeValued {
  const held = ways.filter(test).length;
  return held === ways.length ? 'TRUE' : held === 0 ? 'FALSE' : 'UNKNOWN';
}

/** Does a condition on what is known hold? What is unknown counts as a risk, so there is no third answer. */
export function holdsAsKnown(condition: KnownCondition, { situation, nscReview, executors, ways }: Known): boolean {
  if ('fact' in condition) return situation.facts[condition.fact] === condition.is;
  if ('servers' in condition) return situation.overseas || situation.unknownServers > 0;
  if ('nscReview' in condition) return nscReview !== 'NO';
  if ('execution' in condition) return executors.includes(condition.execution);
  return ways.length > 0;
}

function asked(condition: Condition | KnownCondition, known: Known, answer: ThreeValued): AskedCondition {
  if ('fact' in condition) {
    return { fact: condition.fact, expected: condition.is, value: known.situation.facts[condition.fact], answer };
  }
  if ('servers' in condition) {
    return { fact: 'servers.location', expected: condition.servers, value: COUNTED.servers, answer };
  }
  if ('targets' in condition) {
    return { fact: 'targets.kind', expected: condition.targets, value: COUNTED.targets, answer };
  }
  if ('nscReview' in condition) {
    return { fact: 'nscReview.required', expected: condition.nscReview, value: known.nscReview, answer };
  }
  if ('measure' in condition) return { fact: 'measure', expected: condition.measure, value: 'POSSIBLE', answer };
  return { fact: 'execution', expected: condition.execution, value: known.executors.join(', '), answer };
}

function askSettled(condition: Condition, known: Known): AskedCondition {
  const { reading, ways } = known;
  return asked(
    condition,
    known,
    agreed(ways, ({ way, bases }) => holds(reading, condition, way, bases)),
  );
}

function askKnown(condition: KnownCondition, known: Known): AskedCondition {
  return asked(condition, known, holdsAsKnown(condition, known) ? 'TRUE' : 'FALSE');
}

/** It is shared by every case of the situation: nobody may write on it. */
function inCommon(
  { id, sources }: { id: string; sources: OutcomeProvision['sources'] },
  answer: ThreeValued,
  conditions: AskedCondition[],
): AskedProvision {
  conditions.forEach((each) => Object.freeze(each));
  const common = { provision: id, source: spellSources(sources), answer, conditions: Object.freeze(conditions) };
  return Object.freeze(common) as AskedProvision;
}

/** An outcome rests on the case's own facts, which answer for themselves. */
export function askOutcome(
  provision: OutcomeProvision,
  facts: Readonly<Record<CaseFact, ThreeValued>>,
): AskedProvision {
  const conditions = provision.when.map(({ fact, is }): AskedCondition => {
    const value = facts[fact];
    return { fact, expected: is, value, answer: value === 'UNKNOWN' ? value : value === is ? 'TRUE' : 'FALSE' };
  });
  const answers = conditions.map(({ answer }) => answer);
  const answer = answers.includes('FALSE') ? 'FALSE' : answers.includes('UNKNOWN') ? 'UNKNOWN' : 'TRUE';
  return inCommon(provision, answer, conditions);
}

/** How a review or execution provision was answered: as all ways that leave a measure possible agree. */
export function askRule(provision: ReviewProvision | ExecutionProvision, known: Known): AskedProvision {
  const conditions = provision.when.map((condition) => askSettled(condition, known));
  if (isExecution(provision)) {
    for (const { executor, when } of provision.then.candidates) {
      for (const condition of when ?? []) {
        conditions.push(Object.assign(askSettled(condition, known), { alternative: executor }));
      }
    }
  }
  const { reading, ways } = known;
  const met = ({ way, bases }: Conclusion) => provision.when.every((each) => holds(reading, each, way, bases));
  return inCommon(provision, agreed(ways, met), conditions);
}

/** Whether a safeguard is needed: asked of what is known, so there is no third answer. */
export function askSafeguard(provision: SafeguardProvision, known: Known): AskedProvision {
  const conditions = provision.when.map((condition) => askKnown(condition, known));
  const answer = conditions.every((each) => each.answer === 'TRUE') ? 'TRUE' : 'FALSE';
  for (const { timing, when } of provision.then.timings ?? []) {
    for (const condition of when ?? []) {
      conditions.push(Object.assign(askKnown(condition, known), { alternative: timing }));
    }
  }
  return inCommon(provision, answer, conditions);
}

/** The provisions of a situation with the numbers of this case's servers and targets in words: kept, since cases tend to be of a few sizes. */
export function spellCounts(reading: Reading, { because, spelt }: Settled, counts: Tally): AskedProvision[] {
  const { overseas, domestic, unknown } = counts.servers;
  // Numbers without collisions, for as many servers and targets as a case may have.
  const servers = (overseas * 1_001 + domestic) * 1_001 + unknown;
  const targets = counts.targets.reduce((number, count) => number * 101 + count, counts.unknownTargets);
  let byTargets = spelt.get(servers);
  if (byTargets === undefined) spelt.set(servers, (byTargets = new Map()));
  let found = byTargets.get(targets);
  if (found === undefined) {
    keepOneMore(reading);
    byTargets.set(targets, (found = spell(reading, because, counts)));
  }
  return found.slice();
}

function spell(reading: Reading, because: readonly AskedProvision[], counts: Tally): readonly AskedProvision[] {
  const servers = spellServers(counts);
  const targets = spellTargets(reading, counts);
  const filled = (condition: AskedCondition): AskedCondition =>
    isCounted(condition)
      ? Object.freeze({ ...condition, value: condition.value === COUNTED.servers ? servers : targets })
      : condition;
  return because.map((asked) =>
    asked.conditions.some(isCounted) ? Object.freeze({ ...asked, conditions: asked.conditions.map(filled) }) : asked,
  );
}

/** `OVERSEAS 2, UNKNOWN 1`: how many servers there are at each kind of place. */
function spellServers({ servers }: Tally): string {
  return inOneLine([
    ['OVERSEAS', servers.overseas],
    ['DOMESTIC', servers.domestic],
    ['UNKNOWN', servers.unknown],
  ]);
}

/** `OTHER 1, UNKNOWN 1`: how many targets there are of each group. */
function spellTargets({ groups }: Reading, { targets, unknownTargets }: Tally): string {
  const counts = [...groups].map(([name, bits]): [string, number] => [
    name,
    targets.reduce((sum, count, at) => ((bits & (1 << at)) === 0 ? sum : sum + count), 0),
  ]);
  return inOneLine([...counts, ['UNKNOWN', unknownTargets]]);
}

function inOneLine(counts: readonly [string, number][]): string {
  let line = '';
  for (const [name, number] of counts) {
    if (number > 0) line += `${line ? ', ' : ''}${name} ${number}`;
  }
  return line;
}
