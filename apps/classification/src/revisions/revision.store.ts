import type { Actor } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';
import type { Claim, Mark } from '../incidents/incident.js';
import { columns, json, type Provenance } from '../incidents/incident.store.js';
import type { ReportWord, RevisedReport } from './report-word.js';
import type { Taking } from './take-revision.js';

/** Which revision of which report, of which case. */
export interface Which {
  readonly incidentId: string;
  readonly reportId: string;
  readonly revision: number;
}

/** Rows of what cases hear of their reports. Whoever saves holds the lock of the incident's id since before it loaded. */
export class RevisionStore {
  async addRevision(tx: Tx, which: Which, told: RevisedReport, word: ReportWord, by: Provenance): Promise<void> {
    const { digest, receivedAt, registerDifferences = [] } = told;
    await tx.revisedReport.create({
      data: { ...which, digest, receivedAt, implied: json(word), registerDifferences, ...columns(by) },
    });
  }

  async addMark(tx: Tx, id: string, incidentId: string, mark: Mark, by: Provenance): Promise<void> {
    await tx.incidentMark.create({ data: { id, incidentId, ...mark, ...columns(by) } });
  }

  /** That a revision is part of the case from now on, with all rows of that but the determination's. */
  async addTaking(
    tx: Tx,
    { incidentId, reportId, revision }: Which,
    { added, identified, claims }: Taking,
    { takenBy, takenAt }: { takenBy: Actor | null; takenAt: string },
    by: Provenance,
  ): Promise<void> {
    const taken = takenBy === null ? {} : { takenBy: json(takenBy) };
    await tx.takenRevision.create({ data: { reportId, revision, ...taken, takenAt, ...columns(by) } });
    const places = {
      servers: await tx.caseServer.count({ where: { incidentId } }),
      targets: await tx.caseTarget.count({ where: { incidentId } }),
    };
    const place = (first: number) => (item: object, index: number) => ({
      ...item,
      incidentId,
      reportId,
      position: first + index,
      ...columns(by),
    });
    const known = <Item extends object>(item: Item) => ({ ...item, incidentId, reportId, revision, ...columns(by) });
    await tx.caseServer.createMany({
      data: added.servers.map(place(places.servers)) as Prisma.CaseServerCreateManyInput[],
    });
    await tx.caseTarget.createMany({
      data: added.targets.map(place(places.targets)) as Prisma.CaseTargetCreateManyInput[],
    });
    await tx.identifiedServer.createMany({
      data: identified.servers.map(known) as Prisma.IdentifiedServerCreateManyInput[],
    });
    await tx.identifiedTarget.createMany({
      data: identified.targets.map(known) as Prisma.IdentifiedTargetCreateManyInput[],
    });
    await this.addClaims(tx, incidentId, claims, by);
  }

  private async addClaims(tx: Tx, incidentId: string, claims: readonly Claim[], by: Provenance): Promise<void> {
    await tx.claim.createMany({
      data: claims.map(({ claimId, setsAside: _apart, assertedBy: _nobody, ...row }) => ({
        ...row,
        id: claimId,
        incidentId,
        ...columns(by),
      })),
    });
    await tx.claimSetAside.createMany({
      data: claims.flatMap(({ claimId, fact, setsAside }) =>
        setsAside.map((setAsideId) => ({ claimId, setAsideId, incidentId, fact })),
      ),
    });
  }
}
