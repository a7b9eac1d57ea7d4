import type { EntryChannel, ReportView } from '@sekisho/contracts';
import type { Tx } from '../database.js';

type Afterwards = Pick<
  ReportView,
  'enteredBy' | 'forwarded' | 'revisedAt' | 'previousDigest' | 'reason' | 'withdrawal' | 'consent'
>;

/** What there is to say of a report as it is shown, beside what came in first: nothing, of most. */
export async function afterwards(
  tx: Tx,
  reportId: string,
  forwarded: boolean,
  revision: { receivedAt: Date | null; previousDigest: string | null; reason: string | null },
): Promise<Afterwards> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT EXISTS (SELECT 1 FROM report_release WHERE report_id = ${reportId}::uuid) AS released,
           withdrawal.revision AS "withdrawnRevision", withdrawal.reason AS "withdrawalReason",
           withdrawal.withdrawn_at AS "withdrawnAt", consent.forward, consent.reason AS "consentReason", consent.stated_at AS "statedAt",
           entry.channel, entry.staff_organisation AS "staffOrganisation", entry.entered_at AS "enteredAt"
      FROM (SELECT 1) AS one
      LEFT JOIN report_withdrawal AS withdrawal ON withdrawal.report_id = ${reportId}::uuid
      LEFT JOIN report_entry AS entry ON entry.report_id = ${reportId}::uuid
      LEFT JOIN LATERAL (SELECT * FROM report_consent WHERE report_id = ${reportId}::uuid ORDER BY version DESC LIMIT 1) AS consent ON true`;
  const { released, withdrawnRevision, withdrawalReason, withdrawnAt, forward, consentReason, statedAt } = row!;
  const { channel, staffOrganisation, enteredAt } = row!;
  const { receivedAt, previousDigest, reason } = revision;
  return {
    ...(channel === null
      ? {}
      : { enteredBy: { channel, organisation: staffOrganisation!, at: enteredAt!.toISOString() } }),
    forwarded: forwarded || released,
    ...(receivedAt === null ? {} : { revisedAt: receivedAt.toISOString() }),
    ...(previousDigest === null ? {} : { previousDigest }),
    ...(reason === null ? {} : { reason }),
    ...(withdrawnAt === null
      ? {}
      : {
          withdrawal: {
            revision: withdrawnRevision!,
            reason: withdrawalReason!,
            withdrawnAt: withdrawnAt.toISOString(),
          },
        }),
    ...(statedAt === null
      ? {}
      : { consent: { forward: forward!, statedAt: statedAt.toISOString(), reason: consentReason } }),
  };
}

interface Row {
  readonly released: boolean;
  readonly withdrawnRevision: number | null;
  readonly withdrawalReason: string | null;
  readonly withdrawnAt: Date | null;
  readonly forward: boolean | null;
  readonly consentReason: string | null;
  readonly statedAt: Date | null;
  readonly channel: EntryChannel | null;
  readonly staffOrganisation: string | null;
  readonly enteredAt: Date | null;
}
