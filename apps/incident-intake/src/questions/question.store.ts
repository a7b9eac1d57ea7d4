import { Injectable } from '@nestjs/common';
import type { Tx } from '../database.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { Provenance } from '../revisions/revision.store.js';

const ANSWERS = { answers: { orderBy: { id: 'asc' } } } as const satisfies Prisma.ReportQuestionInclude;
export type StoredQuestion = Prisma.ReportQuestionGetPayload<{ include: typeof ANSWERS }>;

/** What of a report decides over questions about it and their answers. */
export interface Asked {
  readonly withdrawnAt: Date | null;
  /** Whether what is new of it goes out: by law or by consent, as that stands. */
  readonly goesOut: boolean;
}

const columns = ({ organisationId, recordedBy, correlationId, causationId }: Provenance) => ({
  organisationId,
  recordedBy,
  correlationId,
  causationId: causationId ?? null,
});

/** Questions and answers. Row-level security shows those about the reports of the organisation that the transaction acts for. */
@Injectable()
export class QuestionStore {
  /** Null where there is no such report. Whoever adds to it holds its lock since before. */
  async asked(tx: Tx, reportId: string): Promise<Asked | null> {
    const [row] = await tx.$queryRaw<Asked[]>`
      SELECT withdrawal.withdrawn_at AS "withdrawnAt",
             latest.content ->> 'basis' = 'MANDATORY'
               OR coalesce(stated.forward, (first.content -> 'consent' ->> 'forward')::boolean) AS "goesOut"
        FROM report
        JOIN report_revision AS first ON first.report_id = report.id AND first.revision = 1
        JOIN LATERAL (SELECT content FROM report_revision WHERE report_id = report.id ORDER BY revision DESC LIMIT 1) AS latest ON true
        LEFT JOIN LATERAL (SELECT forward FROM report_consent WHERE report_id = report.id ORDER BY version DESC LIMIT 1) AS stated ON true
        LEFT JOIN report_withdrawal AS withdrawal ON withdrawal.report_id = report.id
       WHERE report.id = ${reportId}::uuid`;
    return row ?? null;
  }

  async add(
    tx: Tx,
    question: { id: string; reportId: string; text: string; answerBy: string | null; askedBy: object; askedAt: string },
    by: Provenance,
  ): Promise<void> {
    await tx.reportQuestion.create({ data: { ...question, ...columns(by) } });
  }

  /** The number of answers that a question about a report has; null where there is no such question. */
  async answersOf(tx: Tx, reportId: string, questionId: string): Promise<number | null> {
    const where = { reportId_id: { reportId, id: questionId } };
    const row = await tx.reportQuestion.findUnique({ where, select: { _count: { select: { answers: true } } } });
    return row?._count.answers ?? null;
  }

  async addAnswer(
    tx: Tx,
    answer: { id: string; questionId: string; reportId: string; text: string; passedOn: boolean; answeredAt: string },
    by: Provenance,
  ): Promise<void> {
    await tx.reportAnswer.create({ data: { ...answer, ...columns(by) } });
  }

  /** Questions about a report, the latest first, each with its answers. */
  page(tx: Tx, reportId: string, before: string | undefined, take: number): Promise<StoredQuestion[]> {
    const where = { reportId, ...(before === undefined ? {} : { id: { lt: before } }) };
    return tx.reportQuestion.findMany({ where, include: ANSWERS, orderBy: { id: 'desc' }, take });
  }

  /** That an analyst has seen these answers, unless one has before. */
  async see(tx: Tx, answers: readonly string[], at: string, by: Provenance): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO report_answer_seen (answer_id, organisation_id, seen_at, recorded_by, correlation_id)
      SELECT answer_id, ${by.organisationId}, ${at}::timestamptz, ${by.recordedBy}, ${by.correlationId}
        FROM unnest(${[...answers]}::uuid[]) AS answer_id
      ON CONFLICT DO NOTHING`;
  }
}
