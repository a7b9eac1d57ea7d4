import { Injectable } from '@nestjs/common';
import type { ReportForm, ReportView } from '@sekisho/contracts';
import type { EventContext } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { Accepted } from './accept.js';
import type { Deadline } from './deadlines.js';

const LATEST = { revisions: { orderBy: { revision: 'desc' }, take: 1 } } as const satisfies Prisma.ReportInclude;

/** Reports in the database. Row-level security shows each organisation its own, whatever is asked. */
@Injectable()
export class ReportStore {
  /** Stores the report without its content, which needs the number first. */
  async open(tx: Tx, accepted: Accepted, by: string, { correlationId }: EventContext): Promise<number> {
    const { reportId: id, organisation, report, receivedAt, forwarded } = accepted;
    const { number } = await tx.report.create({
      data: {
        id,
        organisationId: organisation.id,
        externalId: report.externalId ?? null,
        receivedAt,
        forwarded,
        recordedBy: by,
        correlationId,
      },
    });
    return Number(number);
  }

  async addRevision(
    tx: Tx,
    accepted: Accepted,
    receipt: string,
    by: string,
    { correlationId }: EventContext,
  ): Promise<void> {
    const { reportId, organisation, report, digest, deadlines, contactRef } = accepted;
    const { contact, ...content } = report;
    const recorded = { organisationId: organisation.id, recordedBy: by, correlationId };
    await tx.contact.create({ data: { ...contact, phone: contact.phone ?? null, ref: contactRef, ...recorded } });
    await tx.reportRevision.create({
      data: {
        reportId,
        revision: 1,
        digest,
        content: content as Prisma.InputJsonObject,
        contactRef,
        deadlines: deadlines as Prisma.InputJsonArray,
        receipt,
        ...recorded,
      },
    });
  }

  /** The organisation's report with its own number of it, or null. */
  async findByExternalId(tx: Tx, organisationId: string, externalId: string): Promise<ReportView | null> {
    const row = await tx.report.findFirst({ where: { organisationId, externalId }, include: LATEST });
    return row && this.view(tx, row);
  }

  async find(tx: Tx, id: string): Promise<ReportView | null> {
    const row = await tx.report.findUnique({ where: { id }, include: LATEST });
    return row && this.view(tx, row);
  }

  /** Reports after the one of the cursor, newest first. */
  list(tx: Tx, before: string | undefined, take: number): Promise<Row[]> {
    const where = before === undefined ? {} : { id: { lt: before } };
    return tx.report.findMany({ where, orderBy: { id: 'desc' }, take, include: LATEST });
  }

  private async view(tx: Tx, row: Row): Promise<ReportView> {
    const revision = row.revisions[0]!;
    const { name, email, phone } = await tx.contact.findUniqueOrThrow({ where: { ref: revision.contactRef } });
    return {
      reportId: row.id,
      number: Number(row.number),
      revision: revision.revision,
      receivedAt: row.receivedAt.toISOString(),
      digest: revision.digest,
      forwarded: row.forwarded,
      deadlines: revision.deadlines as Deadline[],
      receipt: revision.receipt,
      report: {
        ...(revision.content as Omit<ReportForm, 'contact'>),
        contact: { name, email, ...(phone === null ? {} : { phone }) },
      },
    };
  }
}

export type Row = Prisma.ReportGetPayload<{ include: typeof LATEST }>;
