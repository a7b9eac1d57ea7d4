import type { Actor, ConfirmationBody } from '@sekisho/contracts';
import { type Confirmation, type Incident, isStale, open, type Refusal, standing } from '../incidents/incident.js';
import { currentDigests } from './propose-scope.js';

/** Why these digests cannot be confirmed; null where they can. That two people are needed is the database's to say. */
export function confirmationRefusal(incident: Incident, { digest, scopeDigest }: ConfirmationBody): Refusal | null {
  const extensions = currentDigests(incident);
  const { current } = extensions;
  if (digest !== current.digest) {
    const detail = `${digest} is not the incident's determination any more; that is ${current.digest}.`;
    return { code: 'stale-scope', detail, extensions };
  }
  if (scopeDigest !== undefined && scopeDigest !== current.scopeDigest) {
    const now = current.scopeDigest === null ? 'no scope has been proposed' : `that is ${current.scopeDigest}`;
    return { code: 'stale-scope', detail: `${scopeDigest} is not the incident's scope; ${now}.`, extensions };
  }
  if (scopeDigest !== undefined && isStale(incident)) {
    const detail = `${scopeDigest} was proposed or confirmed for other facts: propose the scope again.`;
    return { code: 'stale-scope', detail, extensions };
  }
  const contested = open(incident).map(({ fact }) => fact);
  if (contested.length > 0) {
    const detail = `${contested.join(', ')}: an analyst must uphold or change it by a claim first.`;
    return { code: 'fact-contested', detail, extensions: { contested } };
  }
  const before = standing(incident);
  if (before !== null && (scopeDigest === undefined || before.scopeDigest === scopeDigest)) {
    return { code: 'conflict', detail: 'This is confirmed already, and the confirmation stands.' };
  }
  return null;
}

/** The confirmation of the determination as it is and, where it is named, of the scope. */
export function confirm(incident: Incident, body: ConfirmationBody, confirmedBy: Actor, at: string): Confirmation {
  const scope = body.scopeDigest === undefined ? null : incident.scope;
  return {
    version: (incident.confirmation?.version ?? 0) + 1,
    determinationVersion: incident.determination.version,
    digest: body.digest,
    scopeVersion: scope?.version ?? null,
    scopeDigest: scope?.scopeDigest ?? null,
    confirmedBy,
    confirmedAt: at,
    lapse: null,
  };
}
