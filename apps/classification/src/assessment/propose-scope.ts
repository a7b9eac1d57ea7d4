import type { Actor, Fault, ScopeBody } from '@sekisho/contracts';
import { checkScope, type Determination, type ScopeFaultCode } from '@sekisho/guideline';
import { type Incident, type Lapse, type ProposedScope, type Refusal, standing } from '../incidents/incident.js';
import { scopeDigestOf } from '../incidents/judge.js';

const SAID: Record<ScopeFaultCode, string> = {
  NO_SERVER: 'names no server',
  SERVER_UNKNOWN: 'is no server of this incident',
  SERVER_REPEATED: 'is named twice',
  ADDRESS_MISSING: 'is empty',
  ATTACKS_NOTHING: 'names no target',
  TARGET_UNKNOWN: 'is no target of this incident',
  TARGET_REPEATED: 'is named twice',
  EXECUTOR_NOT_SDF: 'must be SDF: the server attacks a system of the SDF or USFJ',
  EXECUTOR_NOT_CANDIDATE: 'is no candidate of every target that the server attacks',
  WINDOW_UNREADABLE: 'is not an RFC 3339 instant with offset',
  WINDOW_EMPTY: 'is not after notBefore',
};

/** The digests that count now, so that a caller who was too late knows what to look at. */
export const currentDigests = ({ determination, scope }: Incident) => ({
  current: { digest: determination.determination.digest, scopeDigest: scope?.scopeDigest ?? null },
});

/** Why this scope cannot be proposed now; null where it can. */
export function scopeRefusal(incident: Incident, scope: ScopeBody): Refusal | null {
  const { facts, determination } = incident.determination;
  if (scope.determination !== determination.digest) {
    const detail = `The scope rests on ${scope.determination}; the determination is now ${determination.digest}.`;
    return { code: 'stale-scope', detail, extensions: currentDigests(incident) };
  }
  if (determination.outcome === 'NO_MEASURE' || determination.outcome === 'NO_AUTHORITY') {
    const detail = `The determination is ${determination.outcome}: there is no measure to propose.`;
    return { code: 'illegal-transition', detail };
  }
  // What is stored is what the guideline library answered.
  const errors = checkScope(determination as Determination, facts, scope).map(({ code, path }): Fault => ({
    pointer: path,
    code: code.toLowerCase().replaceAll('_', '-'),
    detail: SAID[code],
  }));
  if (errors.length === 0) return null;
  const detail = errors.map((fault) => `${fault.pointer}: ${fault.detail}`).join('; ');
  return { code: 'invalid-request', detail, extensions: { errors } };
}

/** The next version of the scope, and the confirmation that falls because it named the one before. */
export function proposeScope(
  incident: Incident,
  scope: ScopeBody,
  proposedBy: Actor,
  at: string,
): { proposed: ProposedScope; lapse: Lapse | null } {
  const version = (incident.scope?.version ?? 0) + 1;
  const scopeDigest = scopeDigestOf(incident.id, version, scope, incident.determination.facts);
  const confirmation = standing(incident);
  return {
    proposed: { version, scopeDigest, scope, proposedBy, proposedAt: at, lapsed: false },
    lapse:
      confirmation !== null && confirmation.scopeDigest !== null
        ? { confirmation, reason: 'SCOPE_REPLACED', at }
        : null,
  };
}
