import type { IncidentView } from '@sekisho/contracts';
import { type Incident, isStale, standing } from './incident.js';

export const etagOf = (version: number): string => `"${version}"`;

/** The whole case, as it is shown. */
export function viewOf(incident: Incident): IncidentView {
  const { determination, scope, confirmation } = incident;
  const { facts } = determination;
  const locations = new Map(facts.servers.map(({ ref, location }) => [ref, location]));
  const kinds = new Map(facts.targets.map(({ ref, kind }) => [ref, kind]));
  return {
    incidentId: incident.id,
    reportIds: [...incident.reportIds],
    title: incident.title,
    openedAt: incident.openedAt,
    version: incident.version,
    servers: incident.servers.map((server) => ({ ...server, location: locations.get(server.ref) ?? 'UNKNOWN' })),
    targets: incident.targets.map((target) => ({ ...target, kind: kinds.get(target.ref) ?? 'UNKNOWN' })),
    facts,
    claims: [...incident.claims],
    determination: determination.determination,
    determinationVersion: determination.version,
    scope: scope && {
      version: scope.version,
      scopeDigest: scope.scopeDigest,
      scope: scope.scope,
      proposedBy: scope.proposedBy,
      proposedAt: scope.proposedAt,
      stale: isStale(incident),
    },
    confirmation: confirmation && {
      digest: confirmation.digest,
      scopeDigest: confirmation.scopeDigest,
      confirmedBy: confirmation.confirmedBy,
      confirmedAt: confirmation.confirmedAt,
      standing: standing(incident) !== null,
      lapsed: confirmation.lapse && { reason: confirmation.lapse.reason, at: confirmation.lapse.at },
    },
    contests: [...incident.contests],
    revisions: [...incident.revisions],
    marks: [...incident.marks],
    registerDifferences: [...incident.registerDifferences],
  };
}
