import type { Incident, Judged, Platform } from './case.js';
import { inHours } from './case.js';

export type Claims = Readonly<Record<string, string>>;

const incidentUrl = ({ at }: Platform, incidentId: string): string => `${at.classification}/v1/incidents/${incidentId}`;

export const incident = (platform: Platform, incidentId: string): Promise<Incident> =>
  platform.call.get<Incident>('analyst-1', incidentUrl(platform, incidentId));

/** One analyst's assessments, one fact after the other; answers the case as it stands then. */
export async function assess(platform: Platform, incidentId: string, claims: Claims): Promise<Incident> {
  for (const [fact, value] of Object.entries(claims)) {
    const body = { fact, value, note: 'Assessment made up for the demonstration.' };
    await platform.call.write('analyst-1', 'POST', `${incidentUrl(platform, incidentId)}/claims`, body);
  }
  return incident(platform, incidentId);
}

/** What an analyst who sets a fact anew leaves aside: every claim about it so far. */
export async function reassess(platform: Platform, incidentId: string, fact: string, value: string): Promise<Incident> {
  const { claims } = await platform.call.get<{ claims: { claimId: string; fact: string }[] }>(
    'analyst-1',
    incidentUrl(platform, incidentId),
  );
  const setsAside = claims.filter((claim) => claim.fact === fact).map(({ claimId }) => claimId);
  const body = { fact, value, note: 'Assessed anew for the demonstration.', setsAside };
  await platform.call.write('analyst-1', 'POST', `${incidentUrl(platform, incidentId)}/claims`, body);
  return incident(platform, incidentId);
}

export interface Proposal {
  /** The executor of every server. */
  readonly executor: string;
  /** Hours from now; from now to a week from now unless told. */
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly kind?: 'ADMINISTRATOR_ORDER' | 'DIRECT';
  /** Addresses other than those of the case, by ref. */
  readonly addresses?: Readonly<Record<string, string>>;
  /** Refs of the servers that it touches; all of the case's unless told. */
  readonly servers?: readonly string[];
}

/** One analyst proposes the measure; answers what everything else has to name. */
export async function propose(platform: Platform, known: Incident, proposal: Proposal): Promise<Judged> {
  const { incidentId, determination, targets } = known;
  const { executor, notBefore = 0, notAfter = 24 * 7, kind = 'ADMINISTRATOR_ORDER', addresses = {} } = proposal;
  const servers = known.servers.filter(({ ref }) => proposal.servers?.includes(ref) ?? true);
  const { scopeDigest } = await platform.call.write<{ scopeDigest: string }>(
    'analyst-1',
    'PUT',
    `${incidentUrl(platform, incidentId)}/scope`,
    {
      determination: determination.digest,
      measure: {
        kind,
        purpose: 'End the use of the server for the attack.',
        expectedEffect: 'The server answers no more commands.',
        thirdPartyRisk: 'Other customers of the hosting company share the address.',
        alternatives: 'Blocking at the victim’s border was tried and evaded.',
        notBefore: inHours(notBefore),
        notAfter: inHours(notAfter),
      },
      servers: servers.map(({ ref, address }) => ({
        ref,
        address: addresses[ref] ?? address,
        attacks: targets.map((target) => target.ref),
        executor,
      })),
    },
  );
  return { incidentId, scopeDigest, determination, servers: servers.map(({ ref }) => ref) };
}

/** Another analyst confirms the determination, and the scope where there is one. */
export async function confirm(
  platform: Platform,
  { incidentId, determination, scopeDigest }: Pick<Judged, 'incidentId' | 'determination'> & { scopeDigest?: string },
): Promise<void> {
  await platform.call.write('analyst-2', 'POST', `${incidentUrl(platform, incidentId)}/confirmation`, {
    digest: determination.digest,
    ...(scopeDigest === undefined ? {} : { scopeDigest }),
  });
}
