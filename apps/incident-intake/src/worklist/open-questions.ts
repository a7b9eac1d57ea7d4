import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '../database.js';
import { Prisma, type PrismaClient } from '../generated/prisma/client.js';
import { STAFF_DATABASE } from '../similar/similar.store.js';
import { behind, dueOf, type Place } from './place.js';

/** A question that its reporting organisation has not answered. */
export interface OpenQuestion {
  readonly questionId: string;
  readonly reportId: string;
  readonly answerBy: Date | null;
  readonly text: string;
  /** Title of the report. */
  readonly report: string;
  readonly place: Place;
}

/** A question on which analysts have to do something: ask after it, or read what was answered. */
export interface WatchedQuestion {
  readonly questionId: string;
  readonly reportId: string;
  readonly organisation: string;
  readonly state: 'OVERDUE' | 'ANSWERED';
  /** Of an overdue one: what was answered waits for nobody's day. */
  readonly answerBy: Date | null;
  readonly place: Place;
}

const KIND = 'QUESTION' as const;
const KEY = Prisma.sql`id::text`;

const placed = <Row extends { questionId: string; answerBy: Date | null }>(row: Row): Row & { place: Place } => ({
  ...row,
  place: { due: dueOf(row.answerBy), kind: KIND, key: row.questionId },
});

/** Open questions about an organisation's own reports. What was withdrawn is not asked after any more. */
export async function ownOpenQuestions(
  tx: Tx,
  organisation: string,
  after: Place | undefined,
  take: number,
): Promise<OpenQuestion[]> {
  const due = Prisma.sql`coalesce(answer_by, 'infinity')`;
  const rows = await tx.$queryRaw<Omit<OpenQuestion, 'place'>[]>`
    SELECT id AS "questionId", report_id AS "reportId", answer_by AS "answerBy", text,
           (SELECT content ->> 'title' FROM report_revision WHERE report_revision.report_id = question.report_id
             ORDER BY revision DESC LIMIT 1) AS report
      FROM report_question AS question
     WHERE organisation_id = ${organisation}
       AND NOT EXISTS (SELECT 1 FROM report_answer WHERE question_id = question.id)
       AND NOT EXISTS (SELECT 1 FROM report_withdrawal WHERE report_id = question.report_id)
       AND ${behind(after, KIND, due, KEY)}
     ORDER BY ${due}, ${KEY} LIMIT ${take}`;
  return rows.map(placed);
}

/** Questions across organisations, as the role that sees no word of them. */
@Injectable()
export class WatchedQuestions {
  constructor(@Inject(STAFF_DATABASE) private readonly database: PrismaClient) {}

  /** Those that are not answered although the time is over, and those with an answer that no analyst has seen. */
  async page(at: Date, after: Place | undefined, take: number): Promise<WatchedQuestion[]> {
    const due = Prisma.sql`coalesce("answerBy", 'infinity')`;
    const rows = await this.database.$queryRaw<(Omit<WatchedQuestion, 'place'> & { id: string })[]>`
      SELECT id AS "questionId", "reportId", organisation, state, "answerBy" FROM (
        SELECT id, report_id AS "reportId", organisation_id AS organisation, 'OVERDUE' AS state, answer_by AS "answerBy"
          FROM report_question AS question
         WHERE answer_by < ${at.toISOString()}::timestamptz
           AND NOT EXISTS (SELECT 1 FROM report_answer WHERE question_id = question.id)
           AND NOT EXISTS (SELECT 1 FROM report_withdrawal WHERE report_id = question.report_id)
        UNION ALL
        SELECT id, report_id, organisation_id, 'ANSWERED', NULL
          FROM report_question AS question
         WHERE EXISTS (SELECT 1 FROM report_answer AS answer
                        WHERE question_id = question.id AND NOT EXISTS (SELECT 1 FROM report_answer_seen WHERE answer_id = answer.id))
      ) AS watched
       WHERE ${behind(after, KIND, due, KEY)}
       ORDER BY ${due}, ${KEY} LIMIT ${take}`;
    return rows.map(placed);
  }
}
