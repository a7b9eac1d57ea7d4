import { type Adoption, ENACTED } from './adoption.js';
import { spellCounts } from './because.js';
import type { Answer, Determination, Safeguard } from './determination.js';
import type { Facts } from './facts.js';
import { factsFault } from './facts.js';
import type { Guideline } from './guideline.js';
import { guidelineInForce } from './guidelines.js';
import { type Reading, readingOf } from './reading.js';
import { situationOf, type Tally, tally } from './settle.js';
import { type Needed, type Settled, settled } from './settled.js';

/**
 * What a guideline says of a case: what holds for every way of settling the unknown facts. Unknowns add safeguards, never
 * authority. The work grows with the number of servers and targets, not with the number of ways.
 *
 * Source: the decision table of the guideline's provisions; that unknowns are settled in every way is our own [P].
 * Every provision asked stands in `because`, also those that do not hold; what a final outcome leaves open is not asked.
 * `adoptions` decide nothing but `inForce`.
 * @throws RangeError where `factsFault` finds one, which no caller should let through.
 */
export function determine(guideline: Guideline, facts: Facts, adoptions: readonly Adoption[] = ENACTED): Determination {
  const { reading, counts, found } = lookUp(guideline, facts);
  const said = inWords(reading, facts, found, adoptions);
  // Not spread: that would take longer than all the rest.
  return Object.assign(said, { because: spellCounts(reading, found, counts) });
}

/** As `determine`, without the reasons: for whoever asks of many cases. */
export function answer(guideline: Guideline, facts: Facts, adoptions: readonly Adoption[] = ENACTED): Answer {
  const { reading, found } = lookUp(guideline, facts);
  return inWords(reading, facts, found, adoptions);
}

/** What is known of a case's situation, which `determine` and the questions read. Throws as `determine` does. */
export function lookUp(guideline: Guideline, facts: Facts): { reading: Reading; counts: Tally; found: Settled } {
  const fault = factsFault(facts);
  if (fault !== null) throw new RangeError(`facts cannot be determined: ${fault}`);
  const reading = readingOf(guideline);
  const counts = tally(reading, facts);
  return { reading, counts, found: settled(reading, situationOf(reading, facts, counts)) };
}

/** What was found of the situation, with the names of this case's servers and targets. */
function inWords(
  { guideline, classOf }: Reading,
  facts: Facts,
  found: Settled,
  adoptions: readonly Adoption[],
): Answer {
  const { outcome, required, bases, possibleBases, candidates, unknownCandidates, missing } = found;
  const over = outcome === 'NO_MEASURE' || outcome === 'NO_AUTHORITY';
  return {
    guideline: guideline.id,
    inForce: guidelineInForce(facts.plannedActionAt, adoptions)?.id === guideline.id,
    outcome,
    nscReview: { required, bases: [...bases], possibleBases: [...possibleBases] },
    execution: over
      ? []
      : facts.targets.map(({ ref, kind }) => {
          const at = classOf[kind];
          return { target: ref, candidates: [...(at === undefined ? unknownCandidates : candidates[at]!)] };
        }),
    safeguards: found.safeguards.map((needed) => forCase(needed, facts)),
    missingFacts: [
      ...missing.facts,
      ...(missing.servers ? facts.servers.filter(({ location }) => location === 'UNKNOWN') : []).map(
        ({ ref }) => `servers.${ref}.location`,
      ),
      ...(missing.targets ? facts.targets.filter(({ kind }) => kind === 'UNKNOWN') : []).map(
        ({ ref }) => `targets.${ref}.kind`,
      ),
    ],
  };
}

function forCase({ kind, timing = 'PRIOR', onlyFor = 'JOINT_NPA_SDF' }: Needed, facts: Facts): Safeguard {
  switch (kind) {
    case 'NSC_APPROVAL':
      return { kind };
    case 'COMMISSION_APPROVAL':
      return { kind, timing };
    case 'FOREIGN_MINISTER_CONSULTATION': {
      const servers = facts.servers.filter(({ location }) => location !== 'DOMESTIC');
      return { kind, servers: servers.map(({ ref }) => ref) };
    }
    case 'PRIME_MINISTER_ORDER':
    case 'NPSC_CONSENT':
      return { kind, onlyFor };
  }
}
