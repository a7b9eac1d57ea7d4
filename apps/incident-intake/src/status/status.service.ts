import { Injectable } from '@nestjs/common';
import type { Language, ReportStatus } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { notFound, Work } from '@sekisho/service';
import type { Tx } from '../database.js';
import { type StatusFacts, statusOf } from './report-status.js';

/** Tells an organisation how its report stands, from what is on record here. */
@Injectable()
export class StatusService {
  constructor(private readonly work: Work<Tx>) {}

  find(principal: Principal, reportId: string, language: Language): Promise<ReportStatus> {
    return this.work.read(principal, async (tx) => {
      const facts = await factsOf(tx, reportId);
      if (facts === undefined) throw notFound();
      return statusOf(facts, language);
    });
  }
}

/** In one statement, and so as it was at one moment. */
async function factsOf(tx: Tx, id: string): Promise<StatusFacts | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT received_at AS "receivedAt",
           (SELECT content ->> 'basis' = 'MANDATORY' FROM report_revision WHERE report_id = report.id ORDER BY revision DESC LIMIT 1) AS mandatory,
           CASE WHEN forwarded THEN received_at
                ELSE (SELECT min(released_at) FROM report_release WHERE report_id = report.id) END AS "goneAt",
           (SELECT coalesce(json_agg(json_build_object('forward', forward, 'at', stated_at) ORDER BY version), '[]')
              FROM report_consent WHERE report_id = report.id) AS consents,
           (SELECT min(read_at) FROM report_reading WHERE report_id = report.id AND 'analyst' = ANY (roles)) AS "readAt",
           (SELECT coalesce(json_agg(json_build_object('askedAt', asked_at, 'answerBy', answer_by, 'answeredAt',
                     (SELECT min(answered_at) FROM report_answer WHERE question_id = question.id)) ORDER BY asked_at), '[]')
              FROM report_question AS question WHERE report_id = report.id) AS questions,
           (SELECT min(coalesce(revision.received_at, report.received_at)) FROM report_revision AS revision
             WHERE report_id = report.id AND content ->> 'stage' = 'FINAL') AS "closedAt",
           (SELECT withdrawn_at FROM report_withdrawal WHERE report_id = report.id) AS "withdrawnAt"
      FROM report WHERE id = ${id}::uuid`;
  if (row === undefined) return undefined;
  return {
    reportId: id,
    receivedAt: row.receivedAt.toISOString(),
    mandatory: row.mandatory,
    goneAt: iso(row.goneAt),
    consents: row.consents.map(({ forward, at }) => ({ forward, at: iso(at)! })),
    readAt: iso(row.readAt),
    questions: row.questions.map(({ askedAt, answerBy, answeredAt }) => ({
      askedAt: iso(askedAt)!,
      answerBy: iso(answerBy),
      answeredAt: iso(answeredAt),
    })),
    closedAt: iso(row.closedAt),
    withdrawnAt: iso(row.withdrawnAt),
  };
}

/** A time as the database tells it, also within JSON. */
const iso = (time: Date | string | null): string | null => (time === null ? null : new Date(time).toISOString());

interface Row {
  readonly receivedAt: Date;
  readonly mandatory: boolean;
  readonly goneAt: Date | null;
  readonly consents: readonly { forward: boolean; at: string }[];
  readonly readAt: Date | null;
  readonly questions: readonly { askedAt: string; answerBy: string | null; answeredAt: string | null }[];
  readonly closedAt: Date | null;
  readonly withdrawnAt: Date | null;
}
