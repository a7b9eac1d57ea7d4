import { type ClaimBody, type Fault, instant, kindOf, locationOf, PLANNED_ACTION_AT } from '@sekisho/contracts';
import { type Adoption, CASE_FACTS, SERVER_LOCATIONS, TARGET_KINDS, THREE_VALUES } from '@sekisho/guideline';
import { foldFacts } from '../incidents/fold-facts.js';
import { type Claim, type Incident, type Lapse, type MadeDetermination, standing } from '../incidents/incident.js';
import { judgeAtPlannedTime } from '../incidents/judge.js';

/** The values that a fact of this case may have; undefined where the case has no such fact. */
export function valuesOf({ servers, targets }: Incident, fact: string): readonly string[] | 'INSTANT' | undefined {
  if (fact === PLANNED_ACTION_AT) return 'INSTANT';
  if ((CASE_FACTS as readonly string[]).includes(fact)) return THREE_VALUES;
  if (servers.some(({ ref }) => locationOf(ref) === fact)) return SERVER_LOCATIONS;
  if (targets.some(({ ref }) => kindOf(ref) === fact)) return TARGET_KINDS;
  return undefined;
}

/** What is wrong with an assessment for this case; empty where nothing is. Pointers are into the body. */
export function claimFaults(incident: Incident, { fact, value, setsAside = [] }: ClaimBody): Fault[] {
  const values = valuesOf(incident, fact);
  if (values === undefined) {
    const detail = 'is not a fact of this incident; it is spelt as in missingFacts, for example servers.s1.location';
    return [{ pointer: '/fact', code: 'unknown-fact', detail }];
  }
  const faults: Fault[] = [];
  if (values === 'INSTANT' && !instant.safeParse(value).success) {
    faults.push({ pointer: '/value', code: 'invalid-value', detail: 'is not an RFC 3339 instant with offset' });
  }
  if (values !== 'INSTANT' && !values.includes(value)) {
    faults.push({ pointer: '/value', code: 'invalid-value', detail: `is not one of ${values.join(', ')}` });
  }
  const claims = new Map(incident.claims.map((claim) => [claim.claimId, claim]));
  setsAside.forEach((id, index) => {
    const pointer = `/setsAside/${index}`;
    const other = claims.get(id);
    if (other === undefined) faults.push({ pointer, code: 'unknown-claim', detail: 'is no claim of this incident' });
    else if (other.fact !== fact) {
      faults.push({ pointer, code: 'other-fact', detail: `is a claim about ${other.fact}, not about ${fact}` });
    }
  });
  return faults;
}

/** The answer to the facts with one more claim, and the confirmation that falls where the digest is another one now. */
export function recordClaim(
  incident: Incident,
  claim: Claim,
  at: string,
  adoptions: readonly Adoption[],
): { determination: MadeDetermination; lapse: Lapse | null } {
  const facts = foldFacts({ ...incident, claims: [...incident.claims, claim] });
  const determination = judgeAtPlannedTime(facts, adoptions);
  const confirmation = standing(incident);
  return {
    determination: { version: incident.determination.version + 1, facts, determination, madeAt: at },
    lapse:
      confirmation !== null && confirmation.digest !== determination.digest
        ? { confirmation, reason: 'FACTS_CHANGED', at }
        : null,
  };
}
