import type { ConfirmationStanding } from '@sekisho/contracts';
import { type Adoption, guidelineInForce } from '@sekisho/guideline';
import { type Incident, open } from '../incidents/incident.js';

/** Whether determination and scope, confirmed by a second person, stand at this moment, and why not. */
export function standingOf(
  incident: Incident | undefined,
  incidentId: string,
  scopeDigest: string,
  adoptions: readonly Adoption[],
): ConfirmationStanding {
  const answer = (stands: boolean, detail: string): ConfirmationStanding => ({
    stands,
    detail,
    incidentId,
    scopeDigest,
    digest: incident?.determination.determination.digest ?? null,
    confirmedAt: stands ? (incident?.confirmation?.confirmedAt ?? null) : null,
  });
  if (incident === undefined) return answer(false, 'There is no such incident.');
  const { confirmation, determination } = incident;
  if (confirmation === null) return answer(false, 'Nothing has been confirmed for this incident.');
  if (confirmation.scopeDigest !== scopeDigest) return answer(false, 'The latest confirmation is not for this scope.');
  if (confirmation.lapse !== null) return answer(false, `The confirmation lapsed: ${confirmation.lapse.reason}.`);
  // Cannot be where a change of facts lapses it; asked all the same, because an order hangs on it.
  if (confirmation.digest !== determination.determination.digest) return answer(false, 'The facts have changed.');
  const { guideline } = determination.determination;
  // Soon after another version was adopted, before the case has been answered by it.
  if (guidelineInForce(determination.facts.plannedActionAt, adoptions)?.id !== guideline) {
    return answer(false, `${guideline} is not in force at the planned time.`);
  }
  const contested = open(incident).map(({ fact }) => fact);
  if (contested.length > 0) return answer(false, `Contested, and not settled yet: ${contested.join(', ')}.`);
  return answer(true, 'Determination and scope are confirmed as they are.');
}
