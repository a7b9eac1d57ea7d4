import { type EventData, firstFacts, kindOf, locationOf, type RevisionOfReport } from '@sekisho/contracts';
import type { SubmittedReport } from '../reports/open-incident.js';

export type RevisedReport = EventData<'intake.reports.v1', 'report-revised.v1'>;

/** What a report says, in one revision, of which servers and targets there are, and of each. */
export type ReportWord = Pick<RevisionOfReport, 'servers' | 'targets'>;

/**
 * A report's word, by the rules of first facts. What stands in there for servers or targets that the report does not name is no word of
 * the report's.
 */
export function wordOf(report: SubmittedReport | RevisedReport): ReportWord {
  const { servers, targets, implied, facts } = firstFacts(report);
  const notes = new Map(implied.map(({ fact, note }) => [fact, note]));
  return {
    servers: servers.flatMap(({ ref, address, reportRef }, index) => {
      const { location } = facts.servers[index]!;
      return reportRef === null ? [] : [{ reportRef, address, location, note: notes.get(locationOf(ref))! }];
    }),
    targets: targets.flatMap(({ ref, name, reportRef }, index) => {
      const { kind } = facts.targets[index]!;
      return reportRef === null ? [] : [{ reportRef, name, kind, note: notes.get(kindOf(ref))! }];
    }),
  };
}
