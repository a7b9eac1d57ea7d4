import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { SimilarReports } from '@sekisho/contracts';
import { Prisma, type PrismaClient } from '../generated/prisma/client.js';

export const STAFF_DATABASE = Symbol('staff database');

const WITHIN = Prisma.sql`interval '14 days'`;
const MOST = 50;

/** As the index has it. */
const NAMED = Prisma.sql`(jsonb_path_query_array(content, '$.servers[*].address') || jsonb_path_query_array(content, '$.indicators[*].value'))`;

/** Of a report's revisions those that went out: a later one may be held back. */
const gone = (report: Prisma.Sql, revision: Prisma.Sql) => Prisma.sql`(${revision}.revision = 1 AND ${report}.forwarded
  OR EXISTS (SELECT 1 FROM report_release AS release WHERE release.report_id = ${revision}.report_id AND release.revision = ${revision}.revision))`;

interface Row extends Omit<SimilarReports['items'][number], 'receivedAt'> {
  readonly receivedAt: Date;
}

/** Looks across organisations, as a role of its own. Of reports that did not go further it sees nothing. */
@Injectable()
export class SimilarStore implements OnApplicationShutdown {
  constructor(@Inject(STAFF_DATABASE) private readonly database: PrismaClient) {}

  /**
   * Reports of other organisations, received within 14 days of this one, that name one of its servers' addresses or indicators' values:
   * the latest first; with the organisation whose report is asked for. Undefined where there is no such report.
   */
  async find(reportId: string): Promise<(SimilarReports & { organisation: string }) | undefined> {
    const [asked] = await this.database.$queryRaw<{ named: string[]; organisation: string }[]>`
      SELECT ARRAY(SELECT DISTINCT jsonb_array_elements_text(${NAMED})) AS named, report.organisation_id AS organisation
        FROM report JOIN report_revision ON report_id = id
       WHERE id = ${reportId}::uuid AND ${gone(Prisma.sql`report`, Prisma.sql`report_revision`)} ORDER BY revision DESC LIMIT 1`;
    if (asked === undefined) return undefined;
    const rows = await this.database.$queryRaw<Row[]>`
      SELECT DISTINCT ON (other.received_at, other.id) other.id AS "reportId", other.organisation_id AS organisation,
             content ->> 'title' AS title, other.received_at AS "receivedAt",
             ARRAY(SELECT jsonb_array_elements_text(${NAMED}) INTERSECT SELECT unnest(${asked.named}::text[]) ORDER BY 1) AS shared
        FROM report_revision AS revision JOIN report AS other ON other.id = revision.report_id
        JOIN report AS this ON this.id = ${reportId}::uuid
       WHERE ${NAMED} ?| ${asked.named}::text[] AND other.organisation_id <> this.organisation_id
         AND ${gone(Prisma.sql`other`, Prisma.sql`revision`)}
         AND other.received_at BETWEEN this.received_at - ${WITHIN} AND this.received_at + ${WITHIN}
       ORDER BY other.received_at DESC, other.id DESC, revision.revision DESC LIMIT ${MOST}`;
    const items = rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }));
    return { organisation: asked.organisation, items };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.$disconnect();
  }
}
