import { Injectable } from '@nestjs/common';
import type { Actor, GuidelineAdoption } from '@sekisho/contracts';
import type { Adoption } from '@sekisho/guideline';
import { lawOf } from '@sekisho/signing';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import { columns, type Provenance } from '../incidents/incident.store.js';

export type Proposal = Omit<GuidelineAdoption, 'decision'>;
type Decision = NonNullable<GuidelineAdoption['decision']>;

/**
 * The lock of what is adopted: whoever confirms an adoption takes it, whoever answers a case by the law shares it (`adopted_until_commit` in
 * the database names it too).
 */
export const ADOPTED = 'guideline';

/** What was adopted by two people, in that order. */
export async function confirmedAdoptions(tx: Tx): Promise<GuidelineAdoption[]> {
  const rows = await tx.guidelineAdoption.findMany({
    where: { decision: { confirmed: true } },
    orderBy: { decision: { decidedAt: 'asc' } },
    include: { decision: true },
  });
  return rows.map(toView);
}

/** What takes effect when, as it is on record at this moment. */
export async function adopted(tx: Tx): Promise<readonly Adoption[]> {
  const confirmed = await confirmedAdoptions(tx);
  return lawOf(confirmed.map(({ decision, ...adopted }) => ({ ...adopted, confirmedAt: decision!.decidedAt })));
}

interface Confirmed {
  readonly guideline: string;
  readonly digest: string;
  readonly effective_from: Date;
  readonly decided_at: Date;
}

/** As `adopted`, and nothing is adopted before this transaction ends: whoever then brings that to the cases finds what is stored here. */
export async function adoptedUntilCommit(tx: Tx): Promise<readonly Adoption[]> {
  const rows = await tx.$queryRaw<Confirmed[]>`SELECT * FROM adopted_until_commit()`;
  return lawOf(
    rows.map(({ effective_from: from, decided_at: confirmedAt, ...text }) => ({
      ...text,
      from: from.toISOString(),
      confirmedAt: confirmedAt.toISOString(),
    })),
  );
}

/** Proposals to adopt versions of the guideline, and what became of them. */
@Injectable()
export class AdoptionStore {
  /** All proposals after the one of that id, the oldest first. */
  async list(tx: Tx, after: string | undefined, take: number): Promise<GuidelineAdoption[]> {
    const rows = await tx.guidelineAdoption.findMany({
      where: after === undefined ? {} : { id: { gt: after } },
      orderBy: { id: 'asc' },
      take,
      include: { decision: true },
    });
    return rows.map(toView);
  }

  async find(tx: Tx, id: string): Promise<GuidelineAdoption | null> {
    const row = await tx.guidelineAdoption.findUnique({ where: { id }, include: { decision: true } });
    return row && toView(row);
  }

  async propose(tx: Tx, proposal: Proposal, by: Provenance): Promise<void> {
    const { adoptionId, from, document, ...rest } = proposal;
    const told = { effectiveFrom: from, documentName: document.name, documentDigest: document.digest };
    await tx.guidelineAdoption.create({ data: { ...rest, ...told, id: adoptionId, ...columns(by) } });
  }

  /** The database compares the persons, and the times: who proposed does not confirm, and nothing takes effect in the past. */
  async decide(tx: Tx, adoptionId: string, decision: Decision, by: Provenance): Promise<void> {
    const { outcome, reason, decidedBy, decidedAt } = decision;
    const told = { confirmed: outcome === 'CONFIRMED', reason, decidedBy, decidedAt };
    await tx.guidelineAdoptionDecision.create({ data: { adoptionId, ...told, ...columns(by) } });
  }
}

type Row = Prisma.GuidelineAdoptionGetPayload<{ include: { decision: true } }>;

const toView = (row: Row): GuidelineAdoption => ({
  adoptionId: row.id,
  guideline: row.guideline,
  digest: row.digest,
  from: row.effectiveFrom.toISOString(),
  document: { name: row.documentName, digest: row.documentDigest },
  proposedBy: row.proposedBy as Actor,
  proposedAt: row.proposedAt.toISOString(),
  decision: row.decision && {
    outcome: row.decision.confirmed ? 'CONFIRMED' : 'REJECTED',
    reason: row.decision.reason,
    decidedBy: row.decision.decidedBy as Actor,
    decidedAt: row.decision.decidedAt.toISOString(),
  },
});
