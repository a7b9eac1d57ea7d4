import type { AskedProvision, Basis, CommissionTiming, Executor, Outcome, ReviewAnswer } from './determination.js';
import { EXECUTORS, SAFEGUARD_KINDS, type SafeguardKind } from './determination.js';
import { askOutcome, askRule, askSafeguard, holdsAsKnown } from './because.js';
import { conclude, type Conclusion, disagree } from './conclude.js';
import type { CaseFact } from './facts.js';
import { CASE_FACTS } from './facts.js';
import type { SafeguardProvision } from './provision.js';
import { isOutcome, isReview, isSafeguard } from './provision.js';
import { keepOneMore, type Reading } from './reading.js';
import { numberOf, settle, type Situation, type Unknown, unknowns, valuesOf } from './settle.js';

/** A safeguard that is needed; for which servers, the case says. */
export interface Needed {
  kind: SafeguardKind;
  timing?: CommissionTiming;
  onlyFor?: Executor;
}

/** What holds of a situation for every way of settling it: a determination without the names of its servers and targets. */
export interface Settled {
  outcome: Outcome;
  required: ReviewAnswer;
  bases: Basis[];
  possibleBases: Basis[];
  /** By class of target; of a class that is not there, nothing counts. */
  candidates: Executor[][];
  unknownCandidates: Executor[];
  missing: { facts: CaseFact[]; servers: boolean; targets: boolean };
  safeguards: Needed[];
  /** In how many ways it may end: outcomes, with or without review, or executors that differ. */
  ends: number;
  because: readonly AskedProvision[];
  /** The same with numbers of servers and targets in words: by those of the servers, then of the targets. */
  spelt: Map<number, Map<number, readonly AskedProvision[]>>;
}

/** What is known once everything is settled: the conditions of `because` and of safeguards are answered from it. */
export interface Known {
  reading: Reading;
  situation: Situation;
  /** The ways that leave a measure possible; at least one. */
  ways: readonly Conclusion[];
  nscReview: ReviewAnswer;
  /** Of whatever target. */
  executors: readonly Executor[];
}

/** What is said of a situation. The work is done once for each. */
export function settled(reading: Reading, situation: Situation): Settled {
  const number = numberOf(reading, situation);
  const known = reading.settled.get(number);
  if (known !== undefined) return known;
  keepOneMore(reading);
  const found = { ...work(reading, situation), spelt: new Map() };
  reading.settled.set(number, found);
  return found;
}

function work(reading: Reading, situation: Situation): Omit<Settled, 'spelt'> {
  const because: AskedProvision[] = [];
  for (const provision of reading.outcomes) {
    const asked = askOutcome(provision, situation.facts);
    because.push(asked);
    if (asked.answer === 'TRUE') return silent(reading, provision.then.outcome, because);
  }
  const open = unknowns(situation);
  const settings = settingsOf(reading, open);
  const all = settings.map((values) => conclude(reading, settle(situation, open, values)));
  const ways = all.filter(({ outcome }) => outcome === 'MEASURE');
  const reviewed = ways.filter(({ bases }) => bases.length > 0).length;
  const required = reviewed === ways.length ? 'YES' : reviewed === 0 ? 'NO' : 'PROVISIONAL';
  const candidates = reading.classes.map((_, at) => union(ways, () => at));
  const unknownCandidates = union(ways, ({ way }) => way.unknownTarget);
  const there = candidates.flatMap((list, at) => ((situation.targets & (1 << at)) === 0 ? [] : list));
  const executors = EXECUTORS.filter((each) => there.includes(each) || unknownCandidates.includes(each));
  const known: Known = { reading, situation, ways, nscReview: required, executors };
  for (const provision of reading.guideline.provisions) {
    if (isSafeguard(provision)) because.push(askSafeguard(provision, known));
    else if (!isOutcome(provision)) because.push(askRule(provision, known));
  }
  const missing = missingIn(reading, open, settings, all);
  const bases = reading.rules.filter(isReview).map(({ then }) => then.review);
  return {
    outcome: missing.servers || missing.targets || missing.facts.length > 0 ? 'PROVISIONAL' : 'DETERMINED',
    required,
    bases: bases.filter((basis) => ways.every((each) => each.bases.includes(basis))),
    possibleBases: bases.filter((basis) => ways.some((each) => each.bases.includes(basis))),
    candidates,
    unknownCandidates,
    missing,
    safeguards: neededIn(reading, known),
    ends: new Set(all.map(endOf)).size,
    because,
  };
}

/** Where there is no measure or no authority, nothing else is said. */
function silent({ classes }: Reading, outcome: Outcome, because: AskedProvision[]): Omit<Settled, 'spelt'> {
  const missing = { facts: [], servers: false, targets: false };
  const nothing = { bases: [], possibleBases: [], unknownCandidates: [], missing, safeguards: [], ends: 1 };
  return { outcome, required: 'NO', ...nothing, candidates: classes.map(() => []), because };
}

/** What two ways have in common that end alike: the outcome, whether there is a review, and who may act against the targets there are. */
function endOf({ outcome, bases, executors, way }: Conclusion): string {
  if (outcome !== 'MEASURE') return outcome;
  const lists = executors.filter((_, at) => (way.targets & (1 << at)) !== 0).map((list) => list.join('+'));
  const unknown = way.unknownTarget === null ? [] : executors[way.unknownTarget]!;
  return [bases.length > 0, unknown.join('+'), ...[...new Set(lists)].sort()].join(' ');
}

/** Every way in which values can be given to what is unknown, the first unknown's changing fastest. */
function settingsOf(reading: Reading, open: readonly Unknown[]): number[][] {
  let settings: number[][] = [[]];
  for (const unknown of open.toReversed()) {
    const values = Array.from({ length: valuesOf(reading, unknown) }, (_, value) => value);
    settings = settings.flatMap((rest) => values.map((value) => [value, ...rest]));
  }
  return settings;
}

/** The union of a target's executors over the ways that leave a measure possible. */
function union(ways: readonly Conclusion[], classIn: (conclusion: Conclusion) => number | null): Executor[] {
  const found = new Set(
    ways.flatMap((conclusion) => {
      const at = classIn(conclusion);
      return at === null ? [] : conclusion.executors[at]!;
    }),
  );
  return EXECUTORS.filter((executor) => found.has(executor));
}

/** The unknowns on which two ways that differ in that one alone disagree. */
function missingIn(
  reading: Reading,
  open: readonly Unknown[],
  settings: readonly number[][],
  all: readonly Conclusion[],
): Settled['missing'] {
  const matters = new Set<Unknown>();
  let step = 1;
  for (const [place, unknown] of open.entries()) {
    const values = valuesOf(reading, unknown);
    const differs = all.some((conclusion, at) => {
      // Every other value is so many steps further on; the lower ones have been compared with this one already.
      for (let value = settings[at]![place]! + 1, next = at + step; value < values; value += 1, next += step) {
        if (disagree(conclusion, all[next]!)) return true;
      }
      return false;
    });
    if (differs) matters.add(unknown);
    step *= values;
  }
  return {
    facts: CASE_FACTS.filter((name) => matters.has(name)),
    servers: matters.has('server'),
    targets: matters.has('target'),
  };
}

function neededIn({ safeguards }: Reading, known: Known): Needed[] {
  const met = (provision: Pick<SafeguardProvision, 'when'>) =>
    provision.when.every((condition) => holdsAsKnown(condition, known));
  const found = safeguards.filter(met).flatMap(({ then }) =>
    then.safeguards.map((kind): Needed => {
      const timing = then.timings?.find(({ when = [] }) => met({ when }))?.timing;
      return {
        kind,
        ...(then.onlyFor !== undefined && { onlyFor: then.onlyFor }),
        ...(timing !== undefined && { timing }),
      };
    }),
  );
  return found.sort((one, two) => SAFEGUARD_KINDS.indexOf(one.kind) - SAFEGUARD_KINDS.indexOf(two.kind));
}
