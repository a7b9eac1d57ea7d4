import type { Incident, Platform } from './case.js';
import { type RealIncident, recentIncidents, type Report, sender } from './incidents.js';

export interface Opened {
  readonly real: RealIncident;
  readonly reportId: string;
  readonly incident: Incident;
}

/** The sector in which each partner's organisation is registered. */
const SECTORS: Readonly<Record<string, string>> = {
  'partner-power': 'ELECTRICITY',
  'partner-hospital': 'HEALTHCARE',
  'partner-defence': 'DEFENCE',
};

/** The report's figures that grow by one with a report and the case that it opens. */
export function countedOf(real: RealIncident): string[] {
  const { form, basis } = real.report as unknown as { form: string; basis: string };
  const by = [`byForm.${form}`, `byBasis.${basis}`, `bySector.${SECTORS[sender(real)]}`];
  return ['reports.received', ...by.map((figure) => `reports.${figure}`), 'incidents.opened'];
}

/** A report through the intake API; answers its id. */
export async function submit({ at, call }: Platform, client: string, report: Report): Promise<string> {
  const { reportId } = await call.write<{ reportId: string }>(client, 'POST', `${at.intake}/v1/reports`, report);
  return reportId;
}

/** A report anew and whole, as its sender knows more or corrects it; answers the revision's number. */
export async function revise(
  { at, call }: Platform,
  client: string,
  reportId: string,
  report: Report & { readonly reason?: string },
): Promise<number> {
  const url = `${at.intake}/v1/reports/${reportId}`;
  const { headers } = await call.call(client, 'GET', url);
  const read = { 'if-match': headers.get('etag') ?? '' };
  const { revision } = await call.write<{ revision: number }>(client, 'POST', `${url}/revisions`, report, read);
  return revision;
}

/** The incident that classification has opened for a report. */
export function opened({ at, call }: Platform, reportId: string): Promise<Incident> {
  return call.until(`the incident of report ${reportId}`, async () => {
    const url = `${at.classification}/v1/incidents?reportId=${reportId}`;
    const { items } = await call.get<{ items: { incidentId: string }[] }>('analyst-1', url);
    return items[0] && call.get<Incident>('analyst-1', `${at.classification}/v1/incidents/${items[0].incidentId}`);
  });
}

/** Eighteen real incidents in through the intake API, one after the other, as they are accepted. */
export async function submitReal(
  platform: Platform,
  now: number,
  run: string,
): Promise<{ real: RealIncident; reportId: string }[]> {
  const accepted = [];
  for (const real of await recentIncidents(now, run)) {
    accepted.push({ real, reportId: await submit(platform, sender(real), real.report) });
  }
  return accepted;
}
