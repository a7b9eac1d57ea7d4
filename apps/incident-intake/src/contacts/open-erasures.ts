import type { Actor, Language, WorklistItem } from '@sekisho/contracts';
import { dueOn } from '@sekisho/guideline';
import { onDuty, type Tx } from '../database.js';
import { endOfDayAfter } from '../deadlines/japan-time.js';
import { Prisma } from '../generated/prisma/client.js';

/** The law says "without delay" (Act on the Protection of Personal Information, article 35); two weeks are our own measure of it. */
const DAYS = 14;

export interface OpenErasure {
  readonly reportId: string;
  readonly organisation: string;
  readonly reason: string;
  readonly askedBy: Actor;
  readonly askedAt: Date;
  /** Where a page that ends with it goes on. */
  readonly position: string;
}

export const ERASURE_POSITION = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z [0-9a-f-]{36}$/;

/** Erasures that were asked for and not confirmed, of all organisations, the earliest first. */
export async function openErasures(tx: Tx, after: string | undefined, take: number): Promise<OpenErasure[]> {
  await onDuty(tx, 'contact-erasure');
  const [askedAt, id] = after?.split(' ') ?? [];
  const later = after ? Prisma.sql`AND (asked_at, report_id) > (${askedAt}::timestamptz, ${id}::uuid)` : Prisma.empty;
  const rows = await tx.$queryRaw<Omit<OpenErasure, 'position'>[]>`
    SELECT report_id AS "reportId", organisation_id AS organisation, reason, asked_actor AS "askedBy", asked_at AS "askedAt"
      FROM contact_erasure AS asked
     WHERE NOT EXISTS (SELECT 1 FROM contact_erasure_confirmation AS confirmed
                        WHERE confirmed.report_id = asked.report_id AND confirmed.version = asked.version) ${later}
     ORDER BY asked_at, report_id LIMIT ${take}`;
  return rows.map((row) => ({ ...row, position: `${row.askedAt.toISOString()} ${row.reportId}` }));
}

/** What there is to do about one, for whoever is an operator and did not ask for it. */
export function toConfirm(open: OpenErasure, language: Language): WorklistItem {
  const { reportId, organisation, reason, askedBy, askedAt } = open;
  const dueAt = endOfDayAfter(askedAt.toISOString(), DAYS);
  const { text, why } = SAID[language](organisation, dueOn(dueAt, language));
  return {
    kind: 'CONTACT_ERASURE',
    subject: reportId,
    what: { text, organisation, reason, askedBy: askedBy.person, askedAt: askedAt.toISOString() },
    dueAt,
    dueOn: dueOn(dueAt, language),
    why,
    who: ['operator'],
    link: `/v1/reports/${reportId}/erasure/confirmation`,
  };
}

const SAID: Readonly<Record<Language, (organisation: string, due: string) => { text: string; why: string }>> = {
  en: (organisation, due) => ({
    text: `Contact of a report of ${organisation}: confirm by ${due} that it is to be erased`,
    why: 'Its erasure was asked for; it takes another person, and cannot be undone.',
  }),
  ja: (organisation, due) => ({
    text: `${organisation} の報告の連絡先：${due}までに消去を確認してください`,
    why: '消去の請求がありました。請求者とは別の人の確認が必要で、取り消すことはできません。',
  }),
};
