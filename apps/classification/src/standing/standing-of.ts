import type { ConfirmationStanding, StandingFault } from '@sekisho/contracts';
import { type Adoption, guidelineInForce } from '@sekisho/guideline';
import { type Incident, open } from '../incidents/incident.js';

/** Whether determination and scope, confirmed by a second person, stand at this moment, and why not. */
export function standingOf(
  incident: Incident | undefined,
  incidentId: string,
  scopeDigest: string,
  adoptions: readonly Adoption[],
): ConfirmationStanding {
  const answer = (fault: StandingFault | null, detail: string): ConfirmationStanding => ({
    stands: fault === null,
    fault,
    detail,
    incidentId,
    scopeDigest,
    digest: incident?.determination.determination.digest ?? null,
    confirmedAt: fault === null ? (incident?.confirmation?.confirmedAt ?? null) : null,
  });
  if (incident === undefined) return answer('NO_INCIDENT', 'There is no such incident.');
  const { confirmation, determination } = incident;
  if (confirmation === null) return answer('NOTHING_CONFIRMED', 'Nothing has been confirmed for this incident.');
  if (confirmation.scopeDigest !== scopeDigest)
    return answer('OTHER_SCOPE', 'The latest confirmation is not for this scope.');
  if (confirmation.lapse !== null) return answer('LAPSED', `The confirmation lapsed: ${confirmation.lapse.reason}.`);
  // Cannot be where a change of facts lapses it; asked all the same, because an order hangs on it.
  if (confirmation.digest !== determination.determination.digest)
    return answer('FACTS_CHANGED', 'The facts have changed.');
  const { guideline } = determination.determination;
  // Soon after another version was adopted, before the case has been answered by it.
  if (guidelineInForce(determination.facts.plannedActionAt, adoptions)?.id !== guideline) {
    return answer('NOT_IN_FORCE', `${guideline} is not in force at the planned time.`);
  }
  const contested = open(incident).map(({ fact }) => fact);
  if (contested.length > 0) return answer('CONTESTED', `Contested, and not settled yet: ${contested.join(', ')}.`);
  return answer(null, 'Determination and scope are confirmed as they are.');
}
