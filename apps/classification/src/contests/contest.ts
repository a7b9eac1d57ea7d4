import { type FactsBody, type FoundFact, PLANNED_ACTION_AT } from '@sekisho/contracts';
import { valuesOf } from '../assessment/record-claim.js';
import { type Claim, type Contest, type Incident, open, type Settled } from '../incidents/incident.js';

/** The value of a fact by its name: `servers.s1.location`. */
export function valueOf(facts: FactsBody, fact: string): string | undefined {
  const [list, ref] = fact.split('.');
  if (list === 'servers') return facts.servers.find((server) => server.ref === ref)?.location;
  if (list === 'targets') return facts.targets.find((target) => target.ref === ref)?.kind;
  return facts[fact as Exclude<keyof FactsBody, 'servers' | 'targets'>];
}

/**
 * What contradicts the case's facts as they stand. Who knows nothing contradicts nothing; nor does a value for a fact that is unknown: the
 * answer holds for every way of settling it. What is no fact of this case, or no value of it, stays with the return that said it.
 */
export function contestsOf(
  incident: Incident,
  found: readonly FoundFact[],
  { source, at, nextId }: { source: string; at: string; nextId: () => string },
): Contest[] {
  const { facts } = incident.determination;
  return found
    .filter(({ fact, value }) => fact !== PLANNED_ACTION_AT && (valuesOf(incident, fact) ?? []).includes(value))
    .filter(({ fact, value }) => value !== 'UNKNOWN' && !['UNKNOWN', value].includes(valueOf(facts, fact)!))
    .map((one) => ({ contestId: nextId(), ...one, source, contestedAt: at, settledBy: null }));
}

/** The open contests that an analyst's claim settles: all about its fact, unless it says that nothing is known and changes nothing. */
export function settledBy(incident: Incident, claim: Claim, after: FactsBody, at: string): Settled[] {
  const { claimId, fact, value } = claim;
  const upheld = valueOf(after, fact) === valueOf(incident.determination.facts, fact);
  if (upheld && value === 'UNKNOWN') return [];
  return open(incident)
    .filter((contest) => contest.fact === fact)
    .map(({ contestId }) => ({ contestId, fact, claimId, upheld, settledAt: at }));
}
