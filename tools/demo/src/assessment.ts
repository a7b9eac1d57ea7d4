import { type Determination, type Incident, type Journey, provisions } from './case.js';
import type { Opened } from './reporting.js';
import { look } from './telling.js';

export interface Judged {
  readonly incidentId: string;
  readonly scopeDigest: string;
  readonly determination: Determination;
}

type Claims = Record<string, string>;

async function assess({ at, call }: Journey, { incident }: Opened, claims: Claims): Promise<Incident> {
  const url = `${at.classification}/v1/incidents/${incident.incidentId}`;
  for (const [fact, value] of Object.entries(claims)) {
    const body = { fact, value, note: 'Assessment made up for the demonstration.' };
    await call.write('analyst-1', 'POST', `${url}/claims`, body, `claim-${incident.incidentId}-${fact}`);
  }
  return call.get<Incident>('analyst-1', url);
}

async function confirm({ at, call }: Journey, incident: Incident, scopeDigest?: string): Promise<void> {
  await call.write(
    'analyst-2',
    'POST',
    `${at.classification}/v1/incidents/${incident.incidentId}/confirmation`,
    { digest: incident.determination.digest, ...(scopeDigest === undefined ? {} : { scopeDigest }) },
    `confirm-${incident.incidentId}`,
  );
}

const KNOWN_CASES: Record<string, { claims: Claims; meaning: string }> = {
  'jp-2022-kojima-toyota': { claims: { measureContemplated: 'FALSE' }, meaning: 'no measure: information is shared' },
  'jp-2021-handa-hospital': {
    claims: { measureContemplated: 'TRUE', graveHarmUrgent: 'FALSE' },
    meaning: 'no authority: the harm is over, not urgent',
  },
  'jp-2016-jaxa-tick': {
    claims: {
      measureContemplated: 'TRUE',
      graveHarmUrgent: 'TRUE',
      nationalSecurityImpact: 'FALSE',
      communicationProtection: 'FALSE',
    },
    meaning: 'domestic servers, no effect on national security: the police alone, no NSC review',
  },
};

/** Several cases assessed by one analyst and confirmed by another. */
export async function assessOthers(journey: Journey, opened: readonly Opened[]): Promise<void> {
  const detail: string[] = [];
  for (const [externalId, { claims, meaning }] of Object.entries(KNOWN_CASES)) {
    const found = opened.find(({ real }) => real.report.externalId.startsWith(externalId));
    if (!found) continue;
    const incident = await assess(journey, found, claims);
    await confirm(journey, incident);
    detail.push(`${externalId}: ${incident.determination.outcome}: ${meaning}`);
  }
  journey.story.tell({
    what: `${detail.length} cases are assessed by one analyst and confirmed by another`,
    who: 'analyst-1 assesses, analyst-2 confirms',
    provision: 'acd-2026-10, rows 1, 2 and 8 of the decision table',
    invented: 'the assessments',
    detail,
    look: look(`${journey.at.classification}/v1/incidents`, 'analyst-2'),
  });
}

/** The case with an overseas server: facts, planned time, scope, confirmation by a second person. */
export async function judge(journey: Journey, opened: readonly Opened[]): Promise<Judged> {
  const { at, call, story, startedAt } = journey;
  const found = opened.find(({ real }) => real.report.externalId.startsWith('jp-2023-jaxa-vpn'));
  if (!found) throw new Error('the incident of the journey is missing');
  const inHours = (hours: number): string => new Date(startedAt + hours * 3_600_000).toISOString();
  const incident = await assess(journey, found, {
    measureContemplated: 'TRUE',
    graveHarmUrgent: 'TRUE',
    nationalSecurityImpact: 'TRUE',
    communicationProtection: 'FALSE',
    noTimeForPriorApproval: 'FALSE',
    plannedActionAt: inHours(1),
  });
  const url = `${at.classification}/v1/incidents/${incident.incidentId}`;
  const { determination } = incident;
  story.tell({
    what: `“${String(found.real.report['title'])}”: assessed, the answer is ${determination.outcome}, NSC review ${determination.nscReview.required} (${determination.nscReview.bases.join(', ')})`,
    who: 'analyst-1',
    provision: provisions(determination),
    invented: 'the assessments and the planned time',
    detail: [`public source: ${found.real.source.publisher}, ${found.real.source.url}`],
    look: look(url, 'analyst-1'),
  });

  const { scopeDigest } = await call.write<{ scopeDigest: string }>(
    'analyst-1',
    'PUT',
    `${url}/scope`,
    {
      determination: determination.digest,
      measure: {
        kind: 'ADMINISTRATOR_ORDER',
        purpose: 'End the use of the server for access to the agency’s mail.',
        expectedEffect: 'The relay answers no more commands.',
        thirdPartyRisk: 'Other customers of the hosting company share the address.',
        alternatives: 'Blocking at the victim’s border was tried and evaded.',
        notBefore: inHours(0),
        notAfter: inHours(24 * 7),
      },
      servers: incident.servers.map((server) => ({
        ref: server.ref,
        address: server.address,
        attacks: incident.targets.map((target) => target.ref),
        executor: 'NPA_SOLE',
      })),
    },
    'scope',
  );
  await confirm(journey, incident, scopeDigest);
  story.tell({
    what: `a measure is proposed and confirmed by a second person: scope ${scopeDigest.slice(0, 19)}…`,
    who: 'analyst-1 proposes, analyst-2 confirms (the database refuses the same person)',
    provision: provisions(determination),
    invented: 'the measure',
    look: look(url, 'analyst-2'),
  });
  return { incidentId: incident.incidentId, scopeDigest, determination };
}
