import { Injectable } from '@nestjs/common';
import {
  type Actor,
  type ContactDesk,
  type OrganisationChange,
  type OrganisationEntryView,
  type OrganisationSummary,
  type OrganisationVersion,
  sector,
} from '@sekisho/contracts';
import type { EventContext } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import { dateOf, dayOf } from './designation.js';

/** Who wrote a row, and in which piece of work. */
export interface Provenance extends EventContext {
  readonly recordedBy: string;
}

export type Proposal = Omit<OrganisationChange, 'decision'>;
type Decision = NonNullable<OrganisationChange['decision']>;

/** The register's entries, those that were in force before, and proposals. */
@Injectable()
export class OrganisationStore {
  /** Entries in force behind the one of that id, by their ids. */
  async list(tx: Tx, after: string | undefined, take: number): Promise<OrganisationSummary[]> {
    const where = after === undefined ? {} : { id: { gt: after } };
    return (await tx.organisation.findMany({ where, orderBy: { id: 'asc' }, take })).map(toSummary);
  }

  async find(tx: Tx, id: string): Promise<OrganisationSummary | null> {
    const row = await tx.organisation.findUnique({ where: { id } });
    return row && toSummary(row);
  }

  /** Number of the entry in force; 0 where there is none. */
  async version(tx: Tx, id: string): Promise<number> {
    const row = await tx.organisation.findUnique({ where: { id }, select: { version: true } });
    return row?.version ?? 0;
  }

  /** Every entry that is or was in force, the latest first. */
  async history(tx: Tx, organisationId: string): Promise<OrganisationVersion[]> {
    const rows = await tx.organisationEntry.findMany({
      where: { organisationId },
      orderBy: { version: 'desc' },
      include: { change: { include: { decision: true } } },
    });
    return rows.map(({ change, ...row }) => ({
      ...entryOf(row),
      version: row.version,
      reason: row.reason,
      recordedAt: row.recordedAt.toISOString(),
      changeId: row.changeId,
      proposedBy: (change?.proposedBy ?? null) as Actor | null,
      proposedAt: change?.proposedAt.toISOString() ?? null,
      confirmedBy: (change?.decision?.decidedBy ?? null) as Actor | null,
    }));
  }

  /** Proposals that nobody has decided on, after the one of that id, the oldest first. */
  async open(tx: Tx, after: string | undefined, take: number): Promise<OrganisationChange[]> {
    const rows = await tx.organisationChange.findMany({
      where: { decision: null, ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take,
      include: { decision: true },
    });
    return rows.map(toChange);
  }

  async change(tx: Tx, id: string): Promise<OrganisationChange | null> {
    const row = await tx.organisationChange.findUnique({ where: { id }, include: { decision: true } });
    return row && toChange(row);
  }

  async propose(tx: Tx, proposal: Proposal, by: Provenance): Promise<void> {
    const { changeId, organisation, ...rest } = proposal;
    await tx.organisationChange.create({
      data: {
        ...rest,
        id: changeId,
        organisationId: organisation,
        designatedSince: rest.designatedSince === null ? null : dateOf(rest.designatedSince),
        contactDesk: json(rest.contactDesk),
        ...columns(by),
      },
    });
  }

  /** The database compares the persons: who proposed a change does not confirm it. */
  async decide(tx: Tx, { changeId, organisation }: Proposal, decision: Decision, by: Provenance): Promise<void> {
    const { outcome, reason, decidedBy, decidedAt } = decision;
    const told = { confirmed: outcome === 'CONFIRMED', reason, decidedBy, decidedAt };
    await tx.organisationChangeDecision.create({
      data: { changeId, organisationId: organisation, ...told, ...columns(by) },
    });
  }

  /** Puts a confirmed change in force. The database holds the entry to it, and keeps the one before. */
  async putInForce(
    tx: Tx,
    change: Proposal,
    { recordedAt, recordedBy }: { recordedAt: string; recordedBy: string },
  ): Promise<void> {
    const { organisation: id, basedOn, changeId, nameJa, nameEn, designated, designatedSince, reason } = change;
    const row = {
      version: basedOn + 1,
      nameJa,
      nameEn,
      sector: change.sector,
      designated,
      designatedSince: designatedSince === null ? null : dateOf(designatedSince),
      contactDesk: json(change.contactDesk),
      changeId,
      reason,
      recordedAt,
      recordedBy,
    };
    if (basedOn === 0) await tx.organisation.create({ data: { id, ...row } });
    else await tx.organisation.update({ where: { id }, data: row });
  }
}

const columns = ({ recordedBy, correlationId, causationId }: Provenance) => ({
  recordedBy,
  correlationId,
  causationId: causationId ?? null,
});

// What is stored as JSON was checked by a contract before it was stored.
const json = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

interface EntryRow {
  readonly nameJa: string;
  readonly nameEn: string;
  readonly sector: string;
  readonly designated: boolean;
  readonly designatedSince: Date | null;
  readonly contactDesk: unknown;
}

const entryOf = (row: EntryRow): OrganisationEntryView => ({
  nameJa: row.nameJa,
  nameEn: row.nameEn,
  sector: sector.parse(row.sector),
  designated: row.designated,
  designatedSince: dayOf(row.designatedSince),
  contactDesk: row.contactDesk as ContactDesk | null,
});

const toSummary = (row: Prisma.OrganisationGetPayload<object>): OrganisationSummary => ({
  id: row.id,
  version: row.version,
  ...entryOf(row),
  recordedAt: row.recordedAt.toISOString(),
});

const toChange = (row: Prisma.OrganisationChangeGetPayload<{ include: { decision: true } }>): OrganisationChange => ({
  changeId: row.id,
  organisation: row.organisationId,
  basedOn: row.basedOn,
  ...entryOf(row),
  reason: row.reason,
  proposedBy: row.proposedBy as Actor,
  proposedAt: row.proposedAt.toISOString(),
  decision: row.decision && {
    outcome: row.decision.confirmed ? 'CONFIRMED' : 'REJECTED',
    reason: row.decision.reason,
    decidedBy: row.decision.decidedBy as Actor,
    decidedAt: row.decision.decidedAt.toISOString(),
  },
});
