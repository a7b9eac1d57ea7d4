import { Injectable } from '@nestjs/common';
import type { EntryChannel, Finding, KeptReport, ReportWithdrawal, RevisionView } from '@sekisho/contracts';
import type { EventContext } from '@sekisho/messaging';
import { ContactStore } from '../contacts/contact.store.js';
import type { Tx } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';
import { toDeadline } from '../deadlines/clock.js';
import { clocksOfReport } from '../deadlines/clock-rows.js';
import type { NewRevision, ReportState, StoredRevision } from './report-state.js';

/** Whose a row is, and in which piece of work it was written. */
export interface Provenance extends EventContext {
  readonly organisationId: string;
  readonly recordedBy: string;
}

export const columns = ({ organisationId, recordedBy, correlationId, causationId }: Provenance) => ({
  organisationId,
  recordedBy,
  correlationId,
  causationId: causationId ?? null,
});

/** What becomes of reports after their receipt. Row-level security shows each organisation its own, whatever is asked. */
@Injectable()
export class RevisionStore {
  constructor(private readonly contacts: ContactStore) {}

  /** The report as it stands, or null. Whoever changes it holds its lock since before. */
  async state(tx: Tx, reportId: string): Promise<ReportState | null> {
    const [row] = await tx.$queryRaw<StateRow[]>`
      SELECT report.number, report.external_id AS "externalId", report.received_at AS "receivedAt", latest.revision,
             coalesce(released.revision, CASE WHEN report.forwarded THEN 1 END) AS "forwardedRevision",
             EXISTS (SELECT 1 FROM report_revision WHERE report_id = report.id AND content ->> 'stage' = 'FINAL') AS closed,
             coalesce(stated.forward, (first.content -> 'consent' ->> 'forward')::boolean) AS consent,
             coalesce(stated.stated_at, report.received_at) AS "statedAt", coalesce(stated.version, 0) AS version,
             entry.channel
        FROM report
        LEFT JOIN report_entry AS entry ON entry.report_id = report.id
        JOIN report_revision AS first ON first.report_id = report.id AND first.revision = 1
        CROSS JOIN LATERAL (SELECT max(revision) AS revision FROM report_revision WHERE report_id = report.id) AS latest
        CROSS JOIN LATERAL (SELECT max(revision) AS revision FROM report_release WHERE report_id = report.id) AS released
        LEFT JOIN LATERAL (SELECT forward, stated_at, version FROM report_consent WHERE report_id = report.id
                            ORDER BY version DESC LIMIT 1) AS stated ON true
       WHERE report.id = ${reportId}::uuid`;
    if (row === undefined) return null;
    return {
      reportId,
      number: Number(row.number),
      externalId: row.externalId,
      receivedAt: row.receivedAt.toISOString(),
      channel: row.channel,
      latest: (await this.revision(tx, reportId, row.revision))!,
      deadlines: (await clocksOfReport(tx, reportId)).map(toDeadline),
      closed: row.closed,
      consent: { forward: row.consent, statedAt: row.statedAt.toISOString(), version: row.version },
      forwardedRevision: row.forwardedRevision,
      withdrawal: await this.withdrawal(tx, reportId),
    };
  }

  async revision(tx: Tx, reportId: string, revision: number): Promise<StoredRevision | null> {
    const row = await tx.reportRevision.findUnique({
      where: { reportId_revision: { reportId, revision } },
      include: { report: { select: { receivedAt: true } } },
    });
    if (row === null) return null;
    const { contact } = await this.contacts.find(tx, row.contactRef);
    return {
      revision,
      receivedAt: (row.receivedAt ?? row.report.receivedAt).toISOString(),
      report: { ...(row.content as Omit<KeptReport, 'contact'>), contact },
      contactRef: row.contactRef,
      digest: row.digest,
      previousDigest: row.previousDigest,
      reason: row.reason,
      warnings: row.warnings as unknown as Finding[],
    };
  }

  async withdrawal(tx: Tx, reportId: string): Promise<ReportWithdrawal | null> {
    const row = await tx.reportWithdrawal.findUnique({ where: { reportId } });
    return row && { revision: row.revision, reason: row.reason, withdrawnAt: row.withdrawnAt.toISOString() };
  }

  /** A report's revisions before a number, the latest first. */
  async history(tx: Tx, reportId: string, before: number, take: number): Promise<Omit<RevisionView, 'withdrawn'>[]> {
    const rows = await tx.$queryRaw<HistoryRow[]>`
      SELECT revision.revision, revision.content ->> 'stage' AS stage, revision.content ->> 'basis' AS basis,
             coalesce(revision.received_at, report.received_at) AS "receivedAt", digest,
             -- Which of the staff has entered it is their organisation's to know.
             CASE WHEN revision.revision = 1 THEN coalesce(entry.staff_organisation, revision.recorded_by)
                  ELSE revision.recorded_by END AS by,
             previous_digest AS "previousDigest", reason,
             (revision.revision = 1 AND report.forwarded) OR release.revision IS NOT NULL AS forwarded
        FROM report_revision AS revision
        JOIN report ON report.id = revision.report_id
        LEFT JOIN report_entry AS entry ON entry.report_id = report.id
        LEFT JOIN report_release AS release ON release.report_id = revision.report_id AND release.revision = revision.revision
       WHERE revision.report_id = ${reportId}::uuid AND revision.revision < ${before}
       ORDER BY revision.revision DESC LIMIT ${take}`;
    return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }));
  }

  async add(tx: Tx, reportId: string, stored: NewRevision, receipt: string, by: Provenance): Promise<void> {
    const { report, warnings, contactRef, ...row } = stored;
    const { contact, ...content } = report;
    await this.contacts.add(tx, reportId, contactRef, contact, by);
    const told = { content: json(content), warnings: json(warnings), contactRef, receipt };
    await tx.reportRevision.create({ data: { reportId, ...row, ...told, ...columns(by) } });
  }

  async addRelease(tx: Tx, reportId: string, revision: number, at: string, by: Provenance): Promise<void> {
    await tx.reportRelease.create({ data: { reportId, revision, releasedAt: at, ...columns(by) } });
  }

  async addConsent(
    tx: Tx,
    reportId: string,
    statement: { version: number; forward: boolean; reason: string | null; statedAt: string },
    by: Provenance,
  ): Promise<void> {
    await tx.reportConsent.create({ data: { reportId, ...statement, ...columns(by) } });
  }

  async addWithdrawal(tx: Tx, reportId: string, withdrawal: ReportWithdrawal, by: Provenance): Promise<void> {
    await tx.reportWithdrawal.create({ data: { reportId, ...withdrawal, ...columns(by) } });
  }
}

// What is stored as JSON was checked by a contract before it was stored.
const json = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

interface StateRow {
  readonly number: bigint;
  readonly externalId: string | null;
  readonly receivedAt: Date;
  readonly revision: number;
  readonly forwardedRevision: number | null;
  readonly closed: boolean;
  readonly consent: boolean;
  readonly statedAt: Date;
  readonly version: number;
  readonly channel: EntryChannel | null;
}

type HistoryRow = Omit<RevisionView, 'receivedAt' | 'withdrawn'> & { receivedAt: Date };
