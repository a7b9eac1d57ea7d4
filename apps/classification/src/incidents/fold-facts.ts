import { type Actor, type FactsBody, kindOf, locationOf, PLANNED_ACTION_AT } from '@sekisho/contracts';
import { CASE_FACTS, type ServerLocation, type TargetKind, type ThreeValued } from '@sekisho/guideline';
import type { Claim, Incident } from './incident.js';

/** Claims that count: those that no other claim sets aside. What was set aside stays so, whatever becomes of the other. */
export function inEffect(claims: readonly Claim[]): Claim[] {
  const aside = new Set(claims.flatMap((claim) => claim.setsAside));
  return claims.filter((claim) => !aside.has(claim.claimId));
}

/**
 * The facts that the claims in effect amount to. A claim of UNKNOWN is neutral; sources that disagree make a fact
 * UNKNOWN. Of several planned times the one recorded last counts: a plan is made, not found out.
 */
export function foldFacts({ servers, targets, claims }: Pick<Incident, 'servers' | 'targets' | 'claims'>): FactsBody {
  const known = new Map<string, Set<string>>();
  let plannedActionAt = '';
  for (const { fact, value } of inEffect(claims)) {
    if (fact === PLANNED_ACTION_AT) plannedActionAt = value;
    else if (value !== 'UNKNOWN') known.set(fact, (known.get(fact) ?? new Set()).add(value));
  }
  // The values were checked when they were claimed, and by the database.
  const settled = <Value extends string>(fact: string): Value | 'UNKNOWN' => {
    const [value, ...others] = known.get(fact) ?? [];
    return value === undefined || others.length > 0 ? 'UNKNOWN' : (value as Value);
  };
  const caseFacts = Object.fromEntries(CASE_FACTS.map((fact) => [fact, settled<ThreeValued>(fact)]));
  return {
    plannedActionAt,
    ...(caseFacts as Record<(typeof CASE_FACTS)[number], ThreeValued>),
    servers: servers.map(({ ref }) => ({ ref, location: settled<ServerLocation>(locationOf(ref)) })),
    targets: targets.map(({ ref }) => ({ ref, kind: settled<TargetKind>(kindOf(ref)) })),
  };
}

/** Who asserted a decisive fact that counts, each person once. The planned time decides nothing that a digest covers. */
export function assertedBy({ claims }: Pick<Incident, 'claims'>): Actor[] {
  const actors = inEffect(claims)
    .filter(({ origin, fact }) => origin === 'ASSESSMENT' && fact !== PLANNED_ACTION_AT)
    .flatMap((claim) => claim.assertedBy ?? []);
  return [...new Map(actors.map((actor) => [actor.person, actor])).values()];
}
