import type { DeterminationBody, DeterminationVersion, FactsBody, ScopeBody } from '@sekisho/contracts';
import { type Adoption, determine, FACTS_SCHEMA_VERSION, type Guideline, guidelineFor } from '@sekisho/guideline';
import { digestOf } from '@sekisho/signing';

/**
 * The guideline's answer with its digest, which covers guideline, shape of the facts and the facts: without the planned
 * time, which need only lie in the scope's window, and without urgency, which may be declared later.
 */
export function judge(guideline: Guideline, facts: FactsBody, adoptions: readonly Adoption[]): DeterminationBody {
  const { plannedActionAt: _planned, noTimeForPriorApproval: _urgency, ...covered } = facts;
  const determination = determine(guideline, facts, adoptions);
  return {
    ...determination,
    because: determination.because.map((asked) => ({ ...asked })),
    digest: digestOf({ guideline: guideline.id, factsSchema: FACTS_SCHEMA_VERSION, facts: covered }),
  };
}

/** The answer of the guideline that counts at the planned time, by what was adopted. */
export function judgeAtPlannedTime(facts: FactsBody, adoptions: readonly Adoption[]): DeterminationBody {
  const guideline = guidelineFor(facts, undefined, adoptions);
  if (guideline === undefined) throw new Error('no guideline counts at the planned time');
  return judge(guideline, facts, adoptions);
}

/** A stored answer under the guideline in force at an instant: as it was stored where that is its own, else what its facts are answered. */
export function underTheLawAt(
  stored: DeterminationVersion,
  at: string | undefined,
  adoptions: readonly Adoption[],
): DeterminationVersion {
  if (at === undefined) return stored;
  const facts = { ...stored.facts, plannedActionAt: at };
  const guideline = guidelineFor(facts, undefined, adoptions);
  if (guideline === undefined || guideline.id === stored.determination.guideline) return stored;
  return { ...stored, facts, determination: judge(guideline, facts, adoptions) };
}

/** What review, decision, ruling, evidence and order name: incident, version and scope with each server's location. */
export function scopeDigestOf(incidentId: string, version: number, scope: ScopeBody, facts: FactsBody): string {
  const locations = new Map(facts.servers.map(({ ref, location }) => [ref, location]));
  const servers = scope.servers.map((server) => ({ ...server, location: locations.get(server.ref) ?? 'UNKNOWN' }));
  return digestOf({ incidentId, version, scope: { ...scope, servers } });
}
