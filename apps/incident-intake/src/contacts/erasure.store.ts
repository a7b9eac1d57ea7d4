import { Injectable } from '@nestjs/common';
import type { Actor } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import { columns, type Provenance } from '../revisions/revision.store.js';

/** What there is to erase of a report, behind its lock. */
export interface Erasable {
  readonly organisationId: string;
  /** Which of its keys is next to be erased. */
  readonly version: number;
  /** There is such a key: a contact came after the last erasure. */
  readonly sealed: boolean;
  readonly askedAt: Date | null;
  /** When a contact was last erased. */
  readonly erasedAt: Date | null;
}

/** Erasures of contacts, of which each takes two persons. */
@Injectable()
export class ErasureStore {
  /** Null where there is no such report within reach. */
  async find(tx: Tx, reportId: string): Promise<Erasable | null> {
    const [row] = await tx.$queryRaw<Erasable[]>`
      SELECT report.organisation_id AS "organisationId", next.version, key.version IS NOT NULL AS sealed, asked.asked_at AS "askedAt",
             next.erased_at AS "erasedAt"
        FROM report
        CROSS JOIN LATERAL (SELECT count(*)::int + 1 AS version, max(erased_at) AS erased_at FROM contact_erasure_confirmation
                             WHERE report_id = report.id) AS next
        LEFT JOIN contact_key AS key ON key.report_id = report.id AND key.version = next.version
        LEFT JOIN contact_erasure AS asked ON asked.report_id = report.id AND asked.version = next.version
       WHERE report.id = ${reportId}::uuid`;
    return row ?? null;
  }

  async ask(
    tx: Tx,
    {
      reportId,
      version,
      reason,
      askedActor,
      askedAt,
    }: Asked & { readonly reason: string; askedActor: Actor; askedAt: Date },
    by: Provenance,
  ): Promise<void> {
    await tx.contactErasure.create({ data: { reportId, version, reason, askedActor, askedAt, ...columns(by) } });
  }

  /** The key goes with it. Fails with `contact_erasure_two_persons` where the same person asked. */
  async confirm(
    tx: Tx,
    { reportId, version, confirmedActor, erasedAt }: Asked & { readonly confirmedActor: Actor; erasedAt: Date },
    by: Provenance,
  ): Promise<void> {
    const data = { reportId, version, confirmedActor, erasedAt, ...columns(by) };
    await tx.contactErasureConfirmation.create({ data });
  }
}

interface Asked {
  readonly reportId: string;
  readonly version: number;
}
