import { Injectable } from '@nestjs/common';
import type { Actor, EvidenceView } from '@sekisho/contracts';
import { named } from '@sekisho/identity';
import type { Evidence } from '@sekisho/guideline';
import type { EventContext } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import { provenance } from '../provenance.js';

/** What is kept of a piece of evidence besides who recorded and confirmed it. */
export type EvidenceContent = Record<string, unknown>;

export interface NewEvidence {
  readonly id: string;
  readonly incidentId: string;
  readonly safeguard: Evidence['safeguard'];
  readonly scopeDigest: string;
  readonly content: EvidenceContent;
  readonly by: Actor;
  readonly at: string;
}

type Row = Prisma.EvidenceGetPayload<{ include: { confirmation: true } }>;

/** Evidence of every kind: offices' records, the NSC's decisions, the commission's rulings. */
@Injectable()
export class EvidenceStore {
  async add(
    tx: Tx,
    { id, incidentId, safeguard, scopeDigest, content, by, at }: NewEvidence,
    context: EventContext,
  ): Promise<void> {
    await tx.evidence.create({
      data: {
        id,
        incidentId,
        safeguard,
        scopeDigest,
        content: content as Prisma.InputJsonObject,
        recordedByPerson: by.person,
        recordedActor: by,
        recordedAt: at,
        ...provenance(named(by), context),
      },
    });
  }

  /** The database refuses the person who recorded it. */
  async confirm(tx: Tx, evidenceId: string, by: Actor, at: string, context: EventContext): Promise<void> {
    await tx.evidenceConfirmation.create({
      data: {
        evidenceId,
        confirmedByPerson: by.person,
        confirmedActor: by,
        recordedAt: at,
        ...provenance(named(by), context),
      },
    });
  }

  find(tx: Tx, id: string): Promise<Row | null> {
    return tx.evidence.findUnique({ where: { id }, include: { confirmation: true } });
  }

  /** All evidence of an incident as the guideline asks for it: also of earlier scopes, which carries nothing. */
  async ofIncident(tx: Tx, incidentId: string): Promise<{ evidence: Evidence[]; views: EvidenceView[] }> {
    const rows = await tx.evidence.findMany({
      where: { incidentId },
      include: { confirmation: true },
      orderBy: [{ recordedAt: 'asc' }, { id: 'asc' }],
    });
    return { evidence: rows.map(toEvidence), views: rows.filter(isOffices).map(toView) };
  }

  /** The evidence of several incidents, by their ids. */
  async ofIncidents(tx: Tx, incidentIds: readonly string[]): Promise<Map<string, Evidence[]>> {
    const rows = await tx.evidence.findMany({
      where: { incidentId: { in: [...incidentIds] } },
      include: { confirmation: true },
      orderBy: [{ recordedAt: 'asc' }, { id: 'asc' }],
    });
    const found = new Map<string, Evidence[]>();
    for (const row of rows) found.set(row.incidentId, [...(found.get(row.incidentId) ?? []), toEvidence(row)]);
    return found;
  }
}

/** Of an office, which records and confirms it here; decisions and rulings are confirmed where they are made. */
export const isOffices = ({ safeguard }: Row): boolean =>
  safeguard !== 'NSC_APPROVAL' && safeguard !== 'COMMISSION_APPROVAL';

function toEvidence(row: Row): Evidence {
  return {
    id: row.id,
    safeguard: row.safeguard,
    scopeDigest: row.scopeDigest,
    recordedBy: row.recordedByPerson,
    confirmedBy: row.confirmation?.confirmedByPerson ?? null,
    ...(row.content as EvidenceContent),
  } as Evidence;
}

export function toView(row: Row): EvidenceView {
  const content = row.content as {
    reference: string;
    documentDigest: string;
    signatory: string;
    signedAt: string;
    validUntil: string;
    servers?: string[];
  };
  return {
    evidenceId: row.id,
    incidentId: row.incidentId,
    safeguard: row.safeguard as EvidenceView['safeguard'],
    scopeDigest: row.scopeDigest,
    reference: content.reference,
    documentDigest: content.documentDigest,
    signatory: content.signatory,
    signedAt: content.signedAt,
    validUntil: content.validUntil,
    servers: content.servers ?? null,
    recordedBy: row.recordedActor as Actor,
    recordedAt: row.recordedAt.toISOString(),
    confirmedBy: (row.confirmation?.confirmedActor as Actor | undefined) ?? null,
    confirmedAt: row.confirmation?.recordedAt.toISOString() ?? null,
  };
}
