import { createHash } from 'node:crypto';
import { inHours, type Judged, type Platform } from './case.js';

/** The offices that record a safeguard, each by its own client. */
const OFFICES = {
  FOREIGN_MINISTER_CONSULTATION: { client: 'mofa', signatory: 'Minister for Foreign Affairs' },
  PRIME_MINISTER_ORDER: { client: 'cabinet', signatory: 'Prime Minister' },
  NPSC_CONSENT: { client: 'npsc', signatory: 'National Public Safety Commission' },
} as const;
export type OfficesSafeguard = keyof typeof OFFICES;

/** Tasking takes the scope over from classification's event: until then it is asked again. */
async function once<Body>({ call }: Platform, client: string, url: string, body: unknown): Promise<Body> {
  return call.until('tasking to know the scope', async () => {
    const reply = await call.call<Body>(client, 'POST', url, body);
    return reply.status === 201 ? reply.body : undefined;
  });
}

/** Puts the case to the commission; answers the request's id once the commission has it. */
export async function ask(platform: Platform, judged: Judged, whyNoTime?: string): Promise<string> {
  const { at, call } = platform;
  const { incidentId, scopeDigest } = judged;
  const { requestId } = await once<{ requestId: string }>(
    platform,
    'officer-1',
    `${at.tasking}/v1/incidents/${incidentId}/commission-requests`,
    whyNoTime === undefined
      ? { scopeDigest, timing: 'PRIOR' }
      : { scopeDigest, timing: 'POST_NOTIFICATION', whyNoTime },
  );
  await call.until('the commission to have the request', async () => {
    const url = `${at.oversight}/v1/commission-requests?incidentId=${incidentId}`;
    const { items } = await call.get<{ items: { requestId: string }[] }>('commission-1', url);
    return items.find((item) => item.requestId === requestId);
  });
  return requestId;
}

/** One member of the commission rules, another confirms. */
export async function rule({ at, call }: Platform, judged: Judged, requestId: string, outcome: string): Promise<void> {
  const { rulingId } = await call.write<{ rulingId: string }>('commission-1', 'POST', `${at.oversight}/v1/rulings`, {
    requestId,
    scopeDigest: judged.scopeDigest,
    outcome,
    reason: 'Reasons made up for the demonstration.',
    ...(outcome === 'APPROVED' ? { validUntil: inHours(24 * 5) } : {}),
  });
  await call.write('commission-2', 'POST', `${at.oversight}/v1/rulings/${rulingId}/confirmation`, { outcome });
}

/** The commission is asked for prior approval and gives it. */
export async function approve(platform: Platform, judged: Judged): Promise<void> {
  await rule(platform, judged, await ask(platform, judged), 'APPROVED');
}

/** An office records its paper, an officer confirms it. */
export async function record(platform: Platform, judged: Judged, safeguard: OfficesSafeguard): Promise<void> {
  const { at, call } = platform;
  const { client, signatory } = OFFICES[safeguard];
  const url = `${at.tasking}/v1/incidents/${judged.incidentId}/evidence`;
  const { evidenceId } = await once<{ evidenceId: string }>(platform, client, url, {
    safeguard,
    scopeDigest: judged.scopeDigest,
    reference: `${client.toUpperCase()}-2026-0117 (demonstration)`,
    documentDigest: `sha256:${createHash('sha256').update(`${safeguard} ${judged.scopeDigest}`).digest('hex')}`,
    signatory,
    signedAt: new Date().toISOString(),
    validUntil: inHours(24 * 5),
    ...(safeguard === 'FOREIGN_MINISTER_CONSULTATION' ? { servers: judged.servers } : {}),
  });
  await call.write('officer-1', 'POST', `${url}/${evidenceId}/confirmation`, {});
}
