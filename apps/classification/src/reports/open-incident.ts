import type { EventData } from '@sekisho/contracts';
import type { TargetKind } from '@sekisho/guideline';
import { foldFacts, kindOf, locationOf, PLANNED_ACTION_AT } from '../incidents/fold-facts.js';
import type { Claim, Incident } from '../incidents/incident.js';
import { judgeAtPlannedTime } from '../incidents/judge.js';

export type SubmittedReport = EventData<'intake.reports.v1', 'report-submitted.v1'>;
type ReportedServer = SubmittedReport['report']['servers'][number];

interface Implied {
  readonly value: string;
  readonly note: string;
}

const LEAST_CONFIDENCE = 50;

/** What a report says of where a server is. A country without a confidence counts as known. */
function locationImplied({ country, confidence }: ReportedServer): Implied {
  if (country === undefined || country === null) return { value: 'UNKNOWN', note: 'The report names no country.' };
  if (confidence !== undefined && confidence < LEAST_CONFIDENCE) {
    return { value: 'UNKNOWN', note: `The report names ${country} with a confidence of ${confidence} only.` };
  }
  return { value: country === 'JP' ? 'DOMESTIC' : 'OVERSEAS', note: `The report names ${country}.` };
}

/** A partner's word that a system is the SDF's or USFJ's counts only where the partner is registered as DEFENCE. */
function kindImplied(kind: TargetKind, organisation: SubmittedReport['organisation']): Implied {
  if ((kind === 'SDF' || kind === 'USFJ') && organisation.sector !== 'DEFENCE') {
    return { value: 'UNKNOWN', note: `The report says ${kind}; its organisation is not of sector DEFENCE.` };
  }
  return { value: kind, note: 'As reported.' };
}

/**
 * The incident that a report opens: servers and targets under refs of the case's own, in the report's order, and the
 * first facts as claims of origin REPORT. Where the report names no server, one of unknown place stands in.
 */
export function openIncident(
  submitted: SubmittedReport,
  { incidentId, openedAt, nextId }: { incidentId: string; openedAt: string; nextId: () => string },
): Incident {
  const { report, organisation, reportId, receivedAt } = submitted;
  const servers = report.servers.map((server, index) => ({
    ref: `s${index + 1}`,
    address: server.address ?? null,
    reportRef: server.ref,
  }));
  const targets = report.targets.map(({ ref, name }, index) => ({ ref: `t${index + 1}`, name, reportRef: ref }));
  const claim = (fact: string, { value, note }: Implied): Claim => ({
    claimId: nextId(),
    fact,
    value,
    origin: 'REPORT',
    note,
    setsAside: [],
    assertedBy: null,
    assertedAt: openedAt,
  });
  const unnamed = { value: 'UNKNOWN', note: 'The report names no server.' };
  const opened = {
    servers: servers.length > 0 ? servers : [{ ref: 's1', address: null, reportRef: null }],
    targets,
    claims: [
      claim(PLANNED_ACTION_AT, { value: receivedAt, note: 'Time of receipt.' }),
      ...(servers.length > 0
        ? report.servers.map((server, index) => claim(locationOf(`s${index + 1}`), locationImplied(server)))
        : [claim(locationOf('s1'), unnamed)]),
      ...report.targets.map(({ kind }, index) => claim(kindOf(`t${index + 1}`), kindImplied(kind, organisation))),
    ],
  };
  const facts = foldFacts(opened);
  return {
    ...opened,
    id: incidentId,
    version: 1,
    openedAt,
    title: report.title,
    reportIds: [reportId],
    determination: { version: 1, facts, determination: judgeAtPlannedTime(facts), madeAt: openedAt },
    scope: null,
    confirmation: null,
    contests: [],
  };
}
