import type { Actor, DeterminationBody, FactsBody, RegisterDifference, ScopeBody } from '@sekisho/contracts';
import type { EventContext } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { sinceOpened } from '../revisions/since-opened.js';
import type { Prisma } from '../generated/prisma/client.js';
import type {
  Claim,
  Confirmation,
  Contest,
  Incident,
  Lapse,
  LapseReason,
  MadeDetermination,
  ProposedScope,
  Settled,
} from './incident.js';

// What is stored as JSON was checked by a contract before it was stored.
export const json = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

/** Who wrote a row, and in which piece of work. */
export interface Provenance extends EventContext {
  readonly recordedBy: string;
}

export const columns = ({ recordedBy, correlationId, causationId }: Provenance) => ({
  recordedBy,
  correlationId,
  causationId: causationId ?? null,
});

/** Rows of incidents. Whoever saves holds the lock of the incident's id since before it loaded. */
export class IncidentStore {
  async load(tx: Tx, id: string): Promise<Incident | undefined> {
    const of = { where: { incidentId: id } };
    const inOrder = { ...of, orderBy: { position: 'asc' } } as const;
    const latest = { ...of, orderBy: { version: 'desc' } } as const;
    // One after the other: a transaction has one connection.
    const row = await tx.incident.findUnique({ where: { id } });
    const determination = await tx.determination.findFirst(latest);
    if (row === null || determination === null) return undefined;
    const reports = await tx.incidentReport.findMany({ ...of, orderBy: { number: 'asc' } });
    const servers = await tx.caseServer.findMany(inOrder);
    const targets = await tx.caseTarget.findMany(inOrder);
    const claims = await tx.claim.findMany({ ...inOrder, include: { setsAside: true } });
    const scope = await tx.scope.findFirst(latest);
    const confirmation = await tx.confirmation.findFirst({ ...latest, include: { lapse: true } });
    const contests = await tx.contest.findMany({ ...inOrder, include: { settlement: true } });
    const since = await sinceOpened(tx, id);
    return {
      id,
      version: row.version,
      openedAt: row.openedAt.toISOString(),
      title: reports[0]?.title ?? '',
      reportIds: reports.map(({ reportId }) => reportId),
      servers: servers.map(({ ref, address, reportRef }) => ({ ref, address, reportRef, ...since.servers.get(ref) })),
      targets: targets.map(({ ref, name, reportRef }) => ({ ref, name, reportRef, ...since.targets.get(ref) })),
      claims: claims.map(toClaim),
      determination: toDetermination(determination),
      scope: scope ? { ...toScope(scope), lapsed: await this.hasLapsed(tx, scope.scopeDigest) } : null,
      confirmation: confirmation ? toConfirmation(confirmation) : null,
      contests: contests.map(toContest),
      revisions: since.revisions,
      marks: since.marks,
      registerDifferences: reports.flatMap(({ reportId, registerDifferences }) => {
        const last = since.revisions.findLast((each) => each.reportId === reportId);
        const differences = last?.registerDifferences ?? (registerDifferences as RegisterDifference[]);
        return differences.map((difference) => ({ ...difference, reportId }));
      }),
    };
  }

  private async hasLapsed(tx: Tx, scopeDigest: string): Promise<boolean> {
    return (await tx.confirmation.count({ where: { scopeDigest, lapse: { isNot: null } } })) > 0;
  }

  async addAssessment(tx: Tx, incidentId: string, claim: Claim, by: Provenance): Promise<void> {
    const { claimId, setsAside, assertedBy, ...row } = claim;
    await tx.claim.create({
      data: { ...row, id: claimId, incidentId, assertedBy: json(assertedBy), ...columns(by) },
    });
    const links = setsAside.map((setAsideId) => ({ claimId, setAsideId, incidentId, fact: claim.fact }));
    if (links.length > 0) await tx.claimSetAside.createMany({ data: links });
  }

  async addContests(tx: Tx, incidentId: string, contests: readonly Contest[], by: Provenance): Promise<void> {
    const rows = contests.map(({ contestId, settledBy: _none, ...row }) => ({
      ...row,
      id: contestId,
      incidentId,
      ...columns(by),
    }));
    await tx.contest.createMany({ data: rows });
  }

  async addSettlements(tx: Tx, incidentId: string, settled: readonly Settled[], by: Provenance): Promise<void> {
    await tx.contestSettlement.createMany({ data: settled.map((row) => ({ ...row, incidentId, ...columns(by) })) });
  }

  async addDetermination(tx: Tx, incidentId: string, made: MadeDetermination, by: Provenance): Promise<void> {
    const { version, facts, determination, madeAt } = made;
    const { digest } = determination;
    await tx.determination.create({
      data: { incidentId, version, digest, facts, determination: json(determination), madeAt, ...columns(by) },
    });
  }

  async addScope(tx: Tx, incidentId: string, proposed: ProposedScope, by: Provenance): Promise<void> {
    const { lapsed: _lapsed, scope, ...row } = proposed;
    const determinationDigest = scope.determination;
    await tx.scope.create({ data: { ...row, incidentId, determinationDigest, scope, ...columns(by) } });
  }

  async addConfirmation(tx: Tx, incidentId: string, confirmation: Confirmation, by: Provenance): Promise<void> {
    const { lapse: _lapse, ...row } = confirmation;
    await tx.confirmation.create({ data: { ...row, incidentId, ...columns(by) } });
  }

  async addLapse(tx: Tx, incidentId: string, { confirmation, reason, at }: Lapse, by: Provenance): Promise<void> {
    const { version } = confirmation;
    await tx.confirmationLapse.create({ data: { incidentId, version, reason, lapsedAt: at, ...columns(by) } });
  }

  /** Counts the incident's version up by one and returns it. */
  async touch(tx: Tx, id: string): Promise<number> {
    const { version } = await tx.incident.update({ where: { id }, data: { version: { increment: 1 } } });
    return version;
  }
}

const toClaim = (row: Prisma.ClaimGetPayload<{ include: { setsAside: true } }>): Claim => ({
  claimId: row.id,
  fact: row.fact,
  value: row.value,
  origin: row.origin as Claim['origin'],
  note: row.note,
  setsAside: row.setsAside.map(({ setAsideId }) => setAsideId),
  assertedBy: row.assertedBy as Actor | null,
  assertedAt: row.assertedAt.toISOString(),
});

const toContest = (row: Prisma.ContestGetPayload<{ include: { settlement: true } }>): Contest => ({
  contestId: row.id,
  fact: row.fact,
  value: row.value,
  note: row.note,
  source: row.source,
  contestedAt: row.contestedAt.toISOString(),
  settledBy: row.settlement?.claimId ?? null,
});

export const toDetermination = (row: Prisma.DeterminationGetPayload<object>): MadeDetermination => ({
  version: row.version,
  facts: row.facts as FactsBody,
  determination: row.determination as DeterminationBody,
  madeAt: row.madeAt.toISOString(),
});

const toScope = (row: Prisma.ScopeGetPayload<object>): Omit<ProposedScope, 'lapsed'> => ({
  version: row.version,
  scopeDigest: row.scopeDigest,
  scope: row.scope as ScopeBody,
  proposedBy: row.proposedBy as Actor,
  proposedAt: row.proposedAt.toISOString(),
});

const toConfirmation = (row: Prisma.ConfirmationGetPayload<{ include: { lapse: true } }>): Confirmation => ({
  version: row.version,
  determinationVersion: row.determinationVersion,
  digest: row.digest,
  scopeVersion: row.scopeVersion,
  scopeDigest: row.scopeDigest,
  confirmedBy: row.confirmedBy as Actor,
  confirmedAt: row.confirmedAt.toISOString(),
  lapse: row.lapse === null ? null : { reason: row.lapse.reason as LapseReason, at: row.lapse.lapsedAt.toISOString() },
});
