import type { Incident, Journey } from './case.js';
import { type RealIncident, recentIncidents, sender } from './incidents.js';
import { look } from './telling.js';

export interface Opened {
  readonly real: RealIncident;
  readonly reportId: string;
  readonly incident: Incident;
}

/** All incidents in through the intake API, and the incidents that classification opens for them. */
export async function report({ at, call, story, startedAt }: Journey, run: string): Promise<Opened[]> {
  const incidents = await recentIncidents(startedAt, run);
  const accepted: { real: RealIncident; reportId: string }[] = [];
  for (const real of incidents) {
    const { externalId } = real.report;
    const body = { client: sender(real), step: `report-${externalId}` };
    const { reportId } = await call.write<{ reportId: string }>(
      body.client,
      'POST',
      `${at.intake}/v1/reports`,
      real.report,
      body.step,
    );
    accepted.push({ real, reportId });
  }
  story.tell({
    what: `${accepted.length} real incidents from the public record are reported, each answered with a signed receipt`,
    who: 'partner-power, partner-hospital, partner-defence (stand-ins for the organisations concerned)',
    provision: 'reporting duty of designated operators; voluntary reports of others with consent to forward',
    invented: 'addresses, contacts, consent and times of day; dates are moved to the last 48 hours',
    look: look(`${at.intake}/v1/reports`, 'partner-power'),
  });

  const opened: Opened[] = [];
  for (const { real, reportId } of accepted) {
    const incident = await call.until(`the incident of report ${reportId}`, async () => {
      const url = `${at.classification}/v1/incidents?reportId=${reportId}`;
      const { items } = await call.get<{ items: { incidentId: string }[] }>('analyst-1', url);
      return items[0] && call.get<Incident>('analyst-1', `${at.classification}/v1/incidents/${items[0].incidentId}`);
    });
    opened.push({ real, reportId, incident });
  }
  const provisional = opened.filter(({ incident }) => incident.determination.outcome === 'PROVISIONAL').length;
  story.tell({
    what: `classification opens ${opened.length} incidents; what a report cannot know stays unknown, so ${provisional} are provisional`,
    who: 'classification, from intake.reports.v1',
    provision: 'unknowns add safeguards, never authority',
    look: look(`${at.classification}/v1/incidents`, 'analyst-1'),
  });
  return opened;
}
