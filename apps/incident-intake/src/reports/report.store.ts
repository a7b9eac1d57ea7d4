import { Injectable } from '@nestjs/common';
import type { Finding, KeptReport, ReportSummary, ReportView } from '@sekisho/contracts';
import { ContactStore } from '../contacts/contact.store.js';
import type { Tx } from '../database.js';
import type { Clock } from '../deadlines/clock.js';
import { clocksOfReport } from '../deadlines/clock-rows.js';
import { Prisma } from '../generated/prisma/client.js';
import { afterwards } from '../revisions/afterwards.js';

const LATEST = { revisions: { orderBy: { revision: 'desc' }, take: 1 } } as const satisfies Prisma.ReportInclude;

/** A report as it is kept: its deadlines stand nowhere yet, and they and its warnings have no language. */
export type StoredReport = Omit<ReportView, 'deadlines' | 'warnings'> & {
  readonly deadlines: Clock[];
  readonly warnings: Finding[];
};

/** Reports in the database. Row-level security shows each organisation its own, whatever is asked. */
@Injectable()
export class ReportStore {
  constructor(private readonly contacts: ContactStore) {}

  /** The organisation's report with its own number of it, or null. */
  async findByExternalId(tx: Tx, organisationId: string, externalId: string): Promise<StoredReport | null> {
    // Most are new: what belongs to a report is asked for only where there is one.
    const [found] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM report WHERE organisation_id = ${organisationId} AND external_id = ${externalId}`;
    return found === undefined ? null : this.find(tx, found.id);
  }

  /** With its latest revision, or with the one of that number; null where there is none. */
  async find(tx: Tx, id: string, revision?: number): Promise<StoredReport | null> {
    const revisions = revision === undefined ? LATEST.revisions : { where: { revision } };
    const row = await tx.report.findUnique({ where: { id }, include: { revisions } });
    return row === null || row.revisions.length === 0 ? null : this.view(tx, row);
  }

  /** Reports older than the one of the cursor, newest first. In SQL, since a page of whole reports may be hundreds of megabytes. */
  async list(tx: Tx, before: string | undefined, take: number): Promise<ReportSummary[]> {
    const older = before === undefined ? Prisma.empty : Prisma.sql`WHERE report.id < ${before}::uuid`;
    const rows = await tx.$queryRaw<ListRow[]>`
      SELECT report.id AS "reportId", number, external_id AS "externalId", latest.content ->> 'title' AS title,
             latest.content ->> 'form' AS form, latest.content ->> 'basis' AS basis, received_at AS "receivedAt",
             forwarded OR EXISTS (SELECT 1 FROM report_release WHERE report_id = report.id) AS forwarded,
             EXISTS (SELECT 1 FROM report_withdrawal WHERE report_id = report.id) AS withdrawn
        FROM report
        JOIN LATERAL (SELECT content FROM report_revision WHERE report_id = report.id ORDER BY revision DESC LIMIT 1) AS latest ON true
        ${older} ORDER BY report.id DESC LIMIT ${take}`;
    return rows.map(({ withdrawn, ...row }) => ({
      ...row,
      number: Number(row.number),
      receivedAt: row.receivedAt.toISOString(),
      ...(withdrawn ? { withdrawn } : {}),
    }));
  }

  private async view(tx: Tx, row: Row): Promise<StoredReport> {
    const revision = row.revisions[0]!;
    const { contact, ...erased } = await this.contacts.find(tx, revision.contactRef);
    return {
      reportId: row.id,
      number: Number(row.number),
      revision: revision.revision,
      receivedAt: row.receivedAt.toISOString(),
      digest: revision.digest,
      deadlines: await clocksOfReport(tx, row.id),
      warnings: revision.warnings as unknown as Finding[],
      receipt: revision.receipt,
      report: { ...(revision.content as Omit<KeptReport, 'contact'>), contact },
      ...erased,
      ...(await afterwards(tx, row.id, row.forwarded, revision)),
    };
  }
}

type ListRow = Omit<ReportSummary, 'number' | 'receivedAt' | 'withdrawn'> & {
  number: bigint;
  receivedAt: Date;
  withdrawn: boolean;
};
type Row = Prisma.ReportGetPayload<{ include: typeof LATEST }>;
