import { type EventData, firstFacts } from '@sekisho/contracts';
import type { Adoption } from '@sekisho/guideline';
import { foldFacts } from '../incidents/fold-facts.js';
import type { Claim, Incident } from '../incidents/incident.js';
import { judgeAtPlannedTime } from '../incidents/judge.js';

export type SubmittedReport = EventData<'intake.reports.v1', 'report-submitted.v1'>;

interface Opening {
  readonly incidentId: string;
  readonly openedAt: string;
  readonly nextId: () => string;
  readonly adoptions: readonly Adoption[];
}

/**
 * The incident that a report opens: servers and targets under refs of the case's own, in the report's order, and the
 * first facts as claims of origin REPORT.
 */
export function openIncident(
  submitted: SubmittedReport,
  { incidentId, openedAt, nextId, adoptions }: Opening,
): Incident {
  const { report, reportId, registerDifferences = [] } = submitted;
  const { servers, targets, implied } = firstFacts(submitted);
  const claims = implied.map(({ fact, value, note }): Claim => ({
    claimId: nextId(),
    fact,
    value,
    origin: 'REPORT',
    note,
    setsAside: [],
    assertedBy: null,
    assertedAt: openedAt,
  }));
  const opened = { servers, targets, claims };
  const facts = foldFacts(opened);
  return {
    ...opened,
    id: incidentId,
    version: 1,
    openedAt,
    title: report.title,
    reportIds: [reportId],
    determination: { version: 1, facts, determination: judgeAtPlannedTime(facts, adoptions), madeAt: openedAt },
    scope: null,
    confirmation: null,
    contests: [],
    revisions: [],
    marks: [],
    registerDifferences: registerDifferences.map((difference) => ({ ...difference, reportId })),
  };
}
