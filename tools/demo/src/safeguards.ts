import { createHash } from 'node:crypto';
import type { Journey } from './case.js';
import type { Judged } from './assessment.js';
import { look } from './telling.js';

/** The commission's approval and the consultation of the foreign minister. */
export async function safeguards(journey: Journey, judged: Judged, servers: readonly string[]): Promise<void> {
  await approval(journey, judged);
  await consultation(journey, judged, servers);
}

async function approval({ at, call, story, startedAt }: Journey, { incidentId, scopeDigest }: Judged): Promise<void> {
  const url = `${at.tasking}/v1/incidents/${incidentId}/commission-requests`;
  const { requestId } = await call.until('tasking to know the scope', async () => {
    const reply = await call.call<{ requestId: string }>(
      'officer-1',
      'POST',
      url,
      { scopeDigest, timing: 'PRIOR' },
      'commission-request',
    );
    return reply.status === 201 ? reply.body : undefined;
  });
  await call.until('the commission to have the request', async () => {
    const { items } = await call.get<{ items: { requestId: string }[] }>(
      'commission-1',
      `${at.oversight}/v1/commission-requests?incidentId=${incidentId}`,
    );
    return items.find((item) => item.requestId === requestId);
  });
  const { rulingId } = await call.write<{ rulingId: string }>(
    'commission-1',
    'POST',
    `${at.oversight}/v1/rulings`,
    {
      requestId,
      scopeDigest,
      outcome: 'APPROVED',
      reason: 'Necessary, and no milder means is left.',
      validUntil: new Date(startedAt + 5 * 24 * 3_600_000).toISOString(),
    },
    'ruling',
  );
  const confirmation = `${at.oversight}/v1/rulings/${rulingId}/confirmation`;
  await call.write('commission-2', 'POST', confirmation, { outcome: 'APPROVED' }, 'ruling-confirmed');
  story.tell({
    what: 'the oversight commission is asked for prior approval and gives it',
    who: 'officer-1 asks, commission-1 rules, commission-2 confirms',
    provision: 'Police Duties Execution Act 6-2: prior approval of the commission',
    invented: 'the request’s reasons and the ruling',
    look: look(`${at.oversight}/v1/rulings?incidentId=${incidentId}`, 'commission-1'),
  });
}

async function consultation(
  { at, call, story, startedAt }: Journey,
  { incidentId, scopeDigest }: Judged,
  servers: readonly string[],
): Promise<void> {
  const { evidenceId } = await call.write<{ evidenceId: string }>(
    'mofa',
    'POST',
    `${at.tasking}/v1/incidents/${incidentId}/evidence`,
    {
      safeguard: 'FOREIGN_MINISTER_CONSULTATION',
      scopeDigest,
      reference: 'MOFA-2026-0117 (demonstration)',
      documentDigest: `sha256:${createHash('sha256').update('minutes of the consultation').digest('hex')}`,
      signatory: 'Minister for Foreign Affairs',
      signedAt: new Date().toISOString(),
      validUntil: new Date(startedAt + 5 * 24 * 3_600_000).toISOString(),
      servers,
    },
    'evidence',
  );
  await call.write(
    'officer-1',
    'POST',
    `${at.tasking}/v1/incidents/${incidentId}/evidence/${evidenceId}/confirmation`,
    {},
    'evidence-confirmed',
  );
  story.tell({
    what: 'the foreign minister has been consulted; the record is entered and confirmed',
    who: 'mofa records, officer-1 confirms',
    provision: 'Police Duties Execution Act 6-2: consultation where a server is not known to be in Japan',
    invented: 'the document',
    look: look(`${at.tasking}/v1/incidents/${incidentId}/safeguards`, 'officer-1'),
  });
}
