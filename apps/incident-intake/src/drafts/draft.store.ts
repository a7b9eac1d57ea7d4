import { Injectable } from '@nestjs/common';
import type { DraftBody } from '@sekisho/contracts';
import { onDuty, type Tx } from '../database.js';
import type { ReportDraft } from '../generated/prisma/client.js';
import { DraftSeal, type SealedDraft } from './draft-seal.js';

// Prisma takes bytes that share their memory with nobody.
const bytes = ({ sealed, master, wrapped }: SealedDraft) => ({
  sealed: Uint8Array.from(sealed),
  master,
  wrapped: Uint8Array.from(wrapped),
});

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
  constructor(private readonly seal: DraftSeal) {}

  /** Null where there is none. Whoever changes it holds its lock since before. */
  async find(tx: Tx, draftId: string): Promise<Draft | null> {
    const row = await tx.reportDraft.findUnique({ where: { id: draftId } });
    return row === null || (await this.reported(tx, row.reportId)) ? null : this.toDraft(row);
  }

  /** Also where it has become a report already: for whoever sends it again. */
  async findToSend(tx: Tx, draftId: string): Promise<Draft | null> {
    const row = await tx.reportDraft.findUnique({ where: { id: draftId } });
    return row && this.toDraft(row);
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
    const row = { id: draftId, version: 1, changedAt: at, changedBy: by, recordedBy: by };
    const sealed = this.seal.seal(report, { draftId, version: 1 });
    const data = { ...row, ...bytes(sealed), ...of };
    await tx.reportDraft.create({ data });
  }

  async change(tx: Tx, { draftId, version: before }: Draft, report: DraftBody, { at, by }: Change): Promise<void> {
    const version = before + 1;
    const data = { version, changedAt: at, changedBy: by, ...bytes(this.seal.seal(report, { draftId, version })) };
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
    await onDuty(tx, 'draft-sweep');
    return tx.$executeRaw`
      DELETE FROM report_draft
       WHERE changed_at < ${since.toISOString()}::timestamptz
         AND id IN (SELECT id FROM report_draft WHERE changed_at < ${since.toISOString()}::timestamptz LIMIT ${limit})`;
  }

  /** Brings the keys of at most `limit` drafts under the current master key; answers of how many. */
  async rewrap(tx: Tx, limit: number): Promise<number> {
    const { earlier } = this.seal;
    if (earlier.length === 0) return 0;
    await onDuty(tx, 'draft-sweep');
    const rows = await tx.reportDraft.findMany({ where: { master: { in: earlier } }, take: limit });
    for (const { id, version, master, wrapped } of rows) {
      const anew = this.seal.rewrap({ master, wrapped }, { draftId: id, version });
      // One that was changed meanwhile has another key already.
      await tx.reportDraft.updateMany({
        where: { id, version },
        data: { master: anew.master, wrapped: Uint8Array.from(anew.wrapped) },
      });
    }
    return rows.length;
  }

  /** Names of master keys under which drafts are kept, and which are not there. */
  async missingMasters(tx: Tx): Promise<string[]> {
    await onDuty(tx, 'draft-sweep');
    const rows = await tx.$queryRaw<{ master: string }[]>`SELECT DISTINCT master FROM report_draft ORDER BY 1`;
    return rows.map(({ master }) => master).filter((master) => !this.seal.isKnown(master));
  }

  private toDraft({ id: draftId, version, changedAt, reportId, ...sealed }: ReportDraft): Draft {
    return { draftId, version, changedAt, reportId, report: this.seal.open(sealed, { draftId, version }) };
  }

  private async reported(tx: Tx, reportId: string | null): Promise<boolean> {
    return reportId !== null && (await tx.report.count({ where: { id: reportId } })) > 0;
  }
}

export const expiryOf = ({ changedAt }: Pick<Draft, 'changedAt'>): Date =>
  new Date(changedAt.getTime() + DRAFT_LIFE_MS);

/** As people know it, if it has a title. */
export const titleOfDraft = ({ report }: Draft): string | null =>
  typeof report['title'] === 'string' && report['title'] !== '' ? report['title'].slice(0, 200) : null;
