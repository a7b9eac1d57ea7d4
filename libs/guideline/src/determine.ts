import type { AskedProvision, Determination, Execution, Executor, Safeguard } from './determination.js';
import { BASES, EXECUTORS, SAFEGUARD_KINDS } from './determination.js';
import type { Settled } from './because.js';
import { askOutcome, askRule, askSafeguard, holdsAsKnown } from './because.js';
import type { Conclusion } from './conclude.js';
import { conclude, disagree } from './conclude.js';
import type { Facts } from './facts.js';
import { CASE_FACTS, factsFault, isSdfOrUsfj } from './facts.js';
import type { Guideline } from './guideline.js';
import { guidelineInForce } from './guidelines.js';
import type { SafeguardProvision, TargetClass } from './provision.js';
import { isOutcome, isSafeguard } from './provision.js';
import type { Unknown } from './settle.js';
import { settle, tally, unknowns } from './settle.js';

/**
 * What a guideline says of a case: what holds for every way of settling the unknown facts. Unknowns add safeguards, never
 * authority. The work grows with the number of servers and targets, not with the number of ways.
 *
 * Source: the decision table of the guideline's provisions; that unknowns are settled in every way is our own [P].
 * Every provision asked stands in `because`, also those that do not hold; what a final outcome leaves open is not asked.
 * @throws RangeError where `factsFault` finds one, which no caller should let through.
 */
export function determine(guideline: Guideline, facts: Facts): Determination {
  const fault = factsFault(facts);
  if (fault !== null) throw new RangeError(`facts cannot be determined: ${fault}`);

  const heading = { guideline: guideline.id, inForce: guidelineInForce(facts.plannedActionAt)?.id === guideline.id };
  const because: AskedProvision[] = [];
  for (const provision of guideline.provisions.filter(isOutcome)) {
    const asked = askOutcome(provision, facts);
    because.push(asked);
    if (asked.answer === 'TRUE') return silent({ ...heading, outcome: provision.then.outcome, because });
  }

  const counts = tally(facts);
  const open = unknowns(facts, counts);
  const all = Array.from({ length: 2 ** open.length }, (_, mask) =>
    conclude(guideline.provisions, settle(facts, counts, open, mask)),
  );
  const ways = all.filter(({ outcome }) => outcome === 'MEASURE');
  const reviewed = ways.filter(({ bases }) => bases.length > 0).length;
  const required = reviewed === ways.length ? 'YES' : reviewed === 0 ? 'NO' : 'PROVISIONAL';
  const execution = executionOf(facts, ways);
  const missingFacts = missing(facts, open, all);
  const settled: Settled = { facts, tally: counts, ways, nscReview: required, execution };
  for (const provision of guideline.provisions) {
    if (isSafeguard(provision)) because.push(askSafeguard(provision, settled));
    else if (!isOutcome(provision)) because.push(askRule(provision, settled));
  }

  return {
    ...heading,
    outcome: missingFacts.length > 0 ? 'PROVISIONAL' : 'DETERMINED',
    nscReview: {
      required,
      bases: BASES.filter((basis) => ways.every(({ bases }) => bases.includes(basis))),
      possibleBases: BASES.filter((basis) => ways.some(({ bases }) => bases.includes(basis))),
    },
    execution,
    safeguards: safeguardsOf(guideline.provisions.filter(isSafeguard), settled),
    missingFacts,
    because,
  };
}

/** Where there is no measure or no authority, nothing else is said. */
function silent(said: Pick<Determination, 'guideline' | 'inForce' | 'outcome' | 'because'>): Determination {
  const { because, ...heading } = said;
  const nscReview: Determination['nscReview'] = { required: 'NO', bases: [], possibleBases: [] };
  return { ...heading, nscReview, execution: [], safeguards: [], missingFacts: [], because };
}

/** For each target the union of its executors over the ways that leave a measure possible. */
function executionOf(facts: Facts, ways: readonly Conclusion[]): Execution[] {
  const union = (classIn: (conclusion: Conclusion) => TargetClass | null): Executor[] => {
    const found = new Set(
      ways.flatMap((conclusion) => {
        const targets = classIn(conclusion);
        return targets === null ? [] : conclusion.executors[targets];
      }),
    );
    return EXECUTORS.filter((executor) => found.has(executor));
  };
  const sdfOrUsfj = union(() => 'SDF_OR_USFJ');
  const other = union(() => 'OTHER');
  const unknown = union(({ way }) => way.unknownTarget);
  return facts.targets.map(({ ref, kind }) => ({
    target: ref,
    candidates: [...(kind === 'UNKNOWN' ? unknown : isSdfOrUsfj(kind) ? sdfOrUsfj : other)],
  }));
}

/** The unknown facts on which two ways that differ in that fact alone disagree. */
function missing(facts: Facts, open: readonly Unknown[], all: readonly Conclusion[]): string[] {
  const matters = new Set(
    open.filter((_, bit) =>
      all.some((conclusion, mask) => {
        const opposite = all[mask ^ (1 << bit)];
        return opposite !== undefined && disagree(conclusion, opposite);
      }),
    ),
  );
  const servers = matters.has('server') ? facts.servers.filter(({ location }) => location === 'UNKNOWN') : [];
  const targets = matters.has('target') ? facts.targets.filter(({ kind }) => kind === 'UNKNOWN') : [];
  return [
    ...CASE_FACTS.filter((name) => matters.has(name)),
    ...servers.map(({ ref }) => `servers.${ref}.location`),
    ...targets.map(({ ref }) => `targets.${ref}.kind`),
  ];
}

function safeguardsOf(provisions: readonly SafeguardProvision[], settled: Settled): Safeguard[] {
  const needed = provisions.filter(({ when }) => when.every((condition) => holdsAsKnown(condition, settled)));
  const found = needed.flatMap((provision) => {
    const { safeguards, onlyFor = 'JOINT_NPA_SDF', timings = [] } = provision.then;
    return safeguards.map((kind): Safeguard => {
      switch (kind) {
        case 'NSC_APPROVAL':
          return { kind };
        case 'COMMISSION_APPROVAL': {
          const timing = timings.find(({ when = [] }) => when.every((condition) => holdsAsKnown(condition, settled)));
          return { kind, timing: timing?.timing ?? 'PRIOR' };
        }
        case 'FOREIGN_MINISTER_CONSULTATION': {
          const servers = settled.facts.servers.filter(({ location }) => location !== 'DOMESTIC');
          return { kind, servers: servers.map(({ ref }) => ref) };
        }
        case 'PRIME_MINISTER_ORDER':
        case 'NPSC_CONSENT':
          return { kind, onlyFor };
      }
    });
  });
  return found.sort((one, two) => SAFEGUARD_KINDS.indexOf(one.kind) - SAFEGUARD_KINDS.indexOf(two.kind));
}
