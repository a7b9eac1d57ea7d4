import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const DATA = createRequire(import.meta.url).resolve('@sekisho/demo/data/japan-incidents.ndjson');

/** A report as the intake API takes it. */
export interface Report {
  externalId: string;
  occurredAt?: string;
  recognisedAt: string;
  operator: { name: string; sector: string };
  consent: { forward: boolean; at?: string };
  [field: string]: unknown;
}

export interface RealIncident {
  readonly report: Report;
  readonly source: { readonly title: string; readonly publisher: string; readonly date: string; readonly url: string };
  /** What the public record does not say and the data set had to make up. */
  readonly invented: readonly string[];
}

const HOUR = 3_600_000;

/** Moves an RFC 3339 instant by some milliseconds, in Japan's time, and never past `latest`. */
function moved(at: string, by: number, latest: number): string {
  const japan = new Date(Math.min(Date.parse(at) + by, latest) + 9 * HOUR);
  return `${japan.toISOString().slice(0, 19)}+09:00`;
}

/**
 * Eighteen real incidents from the public record, as if they were recognised between 1 and 48 hours before `now`
 * (milliseconds), evenly spread in the file's order. `run` keeps the reporters' numbers of two runs apart.
 */
export async function recentIncidents(now: number, run: string): Promise<RealIncident[]> {
  const text = await readFile(DATA, 'utf8');
  const incidents = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RealIncident);
  return incidents.map(({ report, ...rest }, position) => {
    const hoursAgo = 1 + (47 * position) / Math.max(1, incidents.length - 1);
    const by = now - hoursAgo * HOUR - Date.parse(report.recognisedAt);
    return {
      ...rest,
      report: {
        ...report,
        externalId: `${report.externalId}-${run}`,
        recognisedAt: moved(report.recognisedAt, by, now),
        ...(report.occurredAt === undefined ? {} : { occurredAt: moved(report.occurredAt, by, now) }),
        consent: {
          ...report.consent,
          ...(report.consent.at === undefined ? {} : { at: moved(report.consent.at, by, now) }),
        },
      },
    };
  });
}

/** Which demo partner sends a report: the ministry its own, a hospital the hospitals', the power company all others'. */
export function sender(incident: RealIncident): string {
  if (incident.report.externalId.startsWith('jp-2016-mod-dii')) return 'partner-defence';
  return incident.report.operator.sector === 'HEALTHCARE' ? 'partner-hospital' : 'partner-power';
}
