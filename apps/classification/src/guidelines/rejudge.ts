import type { Adoption } from '@sekisho/guideline';
import { type Incident, type Lapse, type MadeDetermination, standing } from '../incidents/incident.js';
import { judgeAtPlannedTime } from '../incidents/judge.js';

/**
 * What an adoption changes of a case: its facts are answered by the version that governs the planned time now, and what was confirmed
 * under another falls. Null where it is answered by that version already.
 */
export function rejudge(
  incident: Incident,
  adoptions: readonly Adoption[],
  at: string,
): { determination: MadeDetermination; lapse: Lapse | null } | null {
  const { version, facts, determination: before } = incident.determination;
  const determination = judgeAtPlannedTime(facts, adoptions);
  if (determination.guideline === before.guideline && determination.inForce === before.inForce) return null;
  const confirmation = standing(incident);
  return {
    determination: { version: version + 1, facts, determination, madeAt: at },
    lapse:
      confirmation !== null && confirmation.digest !== determination.digest
        ? { confirmation, reason: 'GUIDELINE_CHANGED', at }
        : null,
  };
}
