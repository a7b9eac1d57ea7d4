import type { Actor, RegisterDifference, RevisionOfReport } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import type { CaseServer, CaseTarget, Mark } from '../incidents/incident.js';
import type { ReportWord } from './report-word.js';

/** What a case has heard of its reports since it was opened; and what has become known of servers and targets, by their refs. */
export interface SinceOpened {
  readonly servers: ReadonlyMap<string, Pick<CaseServer, 'address' | 'reportRef'>>;
  readonly targets: ReadonlyMap<string, Pick<CaseTarget, 'name' | 'reportRef'>>;
  readonly revisions: readonly RevisionOfReport[];
  readonly marks: readonly Mark[];
}

export async function sinceOpened(tx: Tx, incidentId: string): Promise<SinceOpened> {
  const of = { where: { incidentId } };
  // Of most cases there is nothing more to load than that.
  const revised = await tx.revisedReport.findMany({
    ...of,
    orderBy: [{ receivedAt: 'asc' }, { revision: 'asc' }],
    include: { taken: true },
  });
  const marks = await tx.incidentMark.findMany({ ...of, orderBy: { markedAt: 'asc' } });
  const some = revised.length > 0;
  const servers = some ? await tx.identifiedServer.findMany({ ...of, orderBy: { revision: 'asc' } }) : [];
  const targets = some ? await tx.identifiedTarget.findMany(of) : [];
  return {
    servers: new Map(servers.map(({ ref, address, reportRef }) => [ref, { address, reportRef }])),
    targets: new Map(targets.map(({ ref, name, reportRef }) => [ref, { name, reportRef }])),
    revisions: revised.map(({ reportId, revision, digest, receivedAt, implied, taken, registerDifferences }) => ({
      reportId,
      revision,
      digest,
      receivedAt: receivedAt.toISOString(),
      ...(implied as unknown as ReportWord),
      takenAt: taken?.takenAt.toISOString() ?? null,
      takenBy: (taken?.takenBy ?? null) as Actor | null,
      registerDifferences: registerDifferences as RegisterDifference[],
    })),
    marks: marks.map(({ reportId, mark, reason, markedAt }) => ({
      reportId,
      mark: mark as Mark['mark'],
      reason,
      markedAt: markedAt.toISOString(),
    })),
  };
}
