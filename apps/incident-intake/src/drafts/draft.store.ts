import { Injectable } from '@nestjs/common';
import type { DraftBody } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import type { ReportDraft } from '../generated/prisma/client.js';
import { asSent, stored } from './draft-content.js';

/** Untouched for so long, a draft is deleted. */
export const DRAFT_LIFE_MS = 30 * 24 * 60 * 60 * 1_000;

export interface Draft {
  readonly draftId: string;
  readonly version: number;
  readonly changedAt: Date;
  readonly report: DraftBody;
  /** The report that it becomes; null until it is first sent. */
  readonly reportId: string | null;
}

export interface Change {
  readonly at: Date;
  readonly by: string;
}

/** Drafts. Row-level security shows each organisation its own. One that has become a report is not there, whatever is left of it. */
@Injectable()
export class DraftStore {
  /** Null where there is none. Whoever changes it holds its lock since before. */
  async find(tx: Tx, draftId: string): Promise<Draft | null> {
    const row = await tx.reportDraft.findUnique({ where: { id: draftId } });
    return row === null || (await this.reported(tx, row.reportId)) ? null : toDraft(row);
  }

  /** Also where it has become a report already: for whoever sends it again. */
  async findToSend(tx: Tx, draftId: string): Promise<Draft | null> {
    const row = await tx.reportDraft.findUnique({ where: { id: draftId } });
    return row && toDraft(row);
  }

  /**
   * Something of each draft, the latest first, older than the one of the cursor. One after the other: a page of them whole may be a hundred
   * megabytes.
   */
  async each<Of>(
    tx: Tx,
    before: string | undefined,
    take: number,
    show: (draft: Draft) => Of | Promise<Of>,
  ): Promise<Of[]> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM report_draft AS draft
       WHERE (${before ?? null}::uuid IS NULL OR id < ${before ?? null}::uuid)
         AND NOT EXISTS (SELECT 1 FROM report WHERE report.id = draft.report_id)
       ORDER BY id DESC LIMIT ${take}`;
    const shown: Of[] = [];
    for (const { id } of rows) {
      const draft = await this.find(tx, id);
      if (draft !== null) shown.push(await show(draft));
    }
    return shown;
  }

  async count(tx: Tx): Promise<number> {
    const [row] = await tx.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM report_draft AS draft
       WHERE NOT EXISTS (SELECT 1 FROM report WHERE report.id = draft.report_id)`;
    return row!.n;
  }

  async add(
    tx: Tx,
    draftId: string,
    report: DraftBody,
    { at, by }: Change,
    of: { organisationId: string; correlationId: string },
  ): Promise<void> {
    const data = {
      id: draftId,
      version: 1,
      content: stored(report),
      changedAt: at,
      changedBy: by,
      recordedBy: by,
      ...of,
    };
    await tx.reportDraft.create({ data });
  }

  async change(tx: Tx, { draftId, version }: Draft, report: DraftBody, { at, by }: Change): Promise<void> {
    const data = { version: version + 1, content: stored(report), changedAt: at, changedBy: by };
    await tx.reportDraft.update({ where: { id: draftId }, data });
  }

  /** The report that the draft becomes, for good: whoever says it first. */
  async becomes(tx: Tx, { draftId }: Draft, reportId: string): Promise<void> {
    await tx.reportDraft.updateMany({ where: { id: draftId, reportId: null }, data: { reportId } });
  }

  async remove(tx: Tx, draftId: string): Promise<void> {
    await tx.reportDraft.delete({ where: { id: draftId } });
  }

  /** Deletes at most `limit` drafts of all organisations that nobody has touched since a time; answers of how many. */
  async removeUntouched(tx: Tx, since: Date, limit: number): Promise<number> {
    await tx.$executeRaw`SELECT set_config('app.duty', 'draft-sweep', true)`;
    return tx.$executeRaw`
      DELETE FROM report_draft
       WHERE changed_at < ${since.toISOString()}::timestamptz
         AND id IN (SELECT id FROM report_draft WHERE changed_at < ${since.toISOString()}::timestamptz LIMIT ${limit})`;
  }

  private async reported(tx: Tx, reportId: string | null): Promise<boolean> {
    return reportId !== null && (await tx.report.count({ where: { id: reportId } })) > 0;
  }
}

const toDraft = ({ id, content, ...row }: ReportDraft): Draft => ({
  draftId: id,
  version: row.version,
  changedAt: row.changedAt,
  reportId: row.reportId,
  report: asSent(content),
});

export const expiryOf = ({ changedAt }: Pick<Draft, 'changedAt'>): Date =>
  new Date(changedAt.getTime() + DRAFT_LIFE_MS);

/** As people know it, if it has a title. */
export const titleOfDraft = ({ report }: Draft): string | null =>
  typeof report['title'] === 'string' && report['title'] !== '' ? report['title'].slice(0, 200) : null;
