import type { Actor, DeterminationBody, FactsBody, ScopeBody } from '@sekisho/contracts';
import type { EventContext } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';
import type {
  Claim,
  Confirmation,
  Incident,
  Lapse,
  LapseReason,
  MadeDetermination,
  ProposedScope,
} from './incident.js';

const LATEST = { orderBy: { version: 'desc' }, take: 1 } as const;
const WHOLE = {
  reports: { orderBy: { number: 'asc' } },
  servers: { orderBy: { position: 'asc' } },
  targets: { orderBy: { position: 'asc' } },
  claims: { orderBy: { position: 'asc' }, include: { setsAside: true } },
  determinations: LATEST,
  scopes: LATEST,
  confirmations: { ...LATEST, include: { lapse: true } },
} as const satisfies Prisma.IncidentInclude;

// What is stored as JSON was checked by a contract before it was stored.
const json = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

/** Who wrote a row, and in which piece of work. */
export interface Provenance extends EventContext {
  readonly recordedBy: string;
}

const columns = ({ recordedBy, correlationId, causationId }: Provenance) => ({
  recordedBy,
  correlationId,
  causationId: causationId ?? null,
});

/** Rows of incidents. Whoever saves holds the lock of the incident's id since before it loaded. */
export class IncidentStore {
  async load(tx: Tx, id: string): Promise<Incident | undefined> {
    const row = await tx.incident.findUnique({ where: { id }, include: WHOLE });
    const [determination, scope, confirmation] = [row?.determinations[0], row?.scopes[0], row?.confirmations[0]];
    if (!row || !determination) return undefined;
    return {
      id,
      version: row.version,
      openedAt: row.openedAt.toISOString(),
      title: row.reports[0]?.title ?? '',
      reportIds: row.reports.map(({ reportId }) => reportId),
      servers: row.servers.map(({ ref, address, reportRef }) => ({ ref, address, reportRef })),
      targets: row.targets.map(({ ref, name, reportRef }) => ({ ref, name, reportRef })),
      claims: row.claims.map(toClaim),
      determination: toDetermination(determination),
      scope: scope ? { ...toScope(scope), lapsed: await this.hasLapsed(tx, scope.scopeDigest) } : null,
      confirmation: confirmation ? toConfirmation(confirmation) : null,
    };
  }

  private async hasLapsed(tx: Tx, scopeDigest: string): Promise<boolean> {
    return (await tx.confirmation.count({ where: { scopeDigest, lapse: { isNot: null } } })) > 0;
  }

  async open(tx: Tx, incident: Incident, report: OpeningReport, by: Provenance): Promise<void> {
    const [incidentId, reportId, recorded] = [incident.id, report.reportId, columns(by)];
    await tx.incident.create({
      data: { id: incidentId, version: incident.version, openedAt: incident.openedAt, ...recorded },
    });
    await tx.incidentReport.create({
      data: { ...report, organisation: json(report.organisation), incidentId, ...recorded },
    });
    await tx.caseServer.createMany({
      data: incident.servers.map((server, position) => ({ ...server, incidentId, reportId, position, ...recorded })),
    });
    await tx.caseTarget.createMany({
      data: incident.targets.map((target, position) => ({ ...target, incidentId, reportId, position, ...recorded })),
    });
    await this.addClaims(tx, incidentId, incident.claims, by);
    await this.addDetermination(tx, incidentId, incident.determination, by);
  }

  async addClaims(tx: Tx, incidentId: string, claims: readonly Claim[], by: Provenance): Promise<void> {
    await tx.claim.createMany({
      data: claims.map(({ claimId, setsAside: _links, assertedBy, ...claim }) => ({
        ...claim,
        id: claimId,
        incidentId,
        assertedBy: assertedBy === null ? Prisma.DbNull : json(assertedBy),
        ...columns(by),
      })),
    });
    const links = claims.flatMap(({ claimId, fact, setsAside }) =>
      setsAside.map((setAsideId) => ({ claimId, setAsideId, incidentId, fact })),
    );
    if (links.length > 0) await tx.claimSetAside.createMany({ data: links });
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

/** What an incident keeps of the report that opened it. */
export interface OpeningReport {
  readonly reportId: string;
  readonly number: number;
  readonly title: string;
  readonly organisation: object;
  readonly digest: string;
  readonly receivedAt: string;
}

type Row = Prisma.IncidentGetPayload<{ include: typeof WHOLE }>;

const toClaim = (row: Row['claims'][number]): Claim => ({
  claimId: row.id,
  fact: row.fact,
  value: row.value,
  origin: row.origin as Claim['origin'],
  note: row.note,
  setsAside: row.setsAside.map(({ setAsideId }) => setAsideId),
  assertedBy: row.assertedBy as Actor | null,
  assertedAt: row.assertedAt.toISOString(),
});

export const toDetermination = (row: Row['determinations'][number]): MadeDetermination => ({
  version: row.version,
  facts: row.facts as FactsBody,
  determination: row.determination as DeterminationBody,
  madeAt: row.madeAt.toISOString(),
});

const toScope = (row: Row['scopes'][number]): Omit<ProposedScope, 'lapsed'> => ({
  version: row.version,
  scopeDigest: row.scopeDigest,
  scope: row.scope as ScopeBody,
  proposedBy: row.proposedBy as Actor,
  proposedAt: row.proposedAt.toISOString(),
});

const toConfirmation = (row: Row['confirmations'][number]): Confirmation => ({
  version: row.version,
  determinationVersion: row.determinationVersion,
  digest: row.digest,
  scopeVersion: row.scopeVersion,
  scopeDigest: row.scopeDigest,
  confirmedBy: row.confirmedBy as Actor,
  confirmedAt: row.confirmedAt.toISOString(),
  lapse: row.lapse === null ? null : { reason: row.lapse.reason as LapseReason, at: row.lapse.lapsedAt.toISOString() },
});
