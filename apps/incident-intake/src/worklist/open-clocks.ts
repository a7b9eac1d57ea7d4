import { onDuty, type Tx } from '../database.js';
import { type Clock } from '../deadlines/clock.js';
import { toClock } from '../deadlines/clock-rows.js';
import { Prisma, type ReportClock } from '../generated/prisma/client.js';
import { behind, dueOf, type Place } from './place.js';

/** A clock that is not met, with whose it is. */
export interface OpenClock {
  readonly clock: Clock;
  readonly reportId: string;
  readonly organisation: string;
  /** Title of the report; null where the report is not the reader's to see. */
  readonly report: string | null;
  readonly place: Place;
}

type Row = Pick<
  ReportClock,
  'reportId' | 'organisationId' | 'regime' | 'kind' | 'applies' | 'nearAt' | 'dueAt' | 'metAt' | 'metByStages'
> & {
  readonly report: string | null;
};

const OPEN = Prisma.sql`met_at IS NULL AND stopped_at IS NULL`;
const WHOSE = {
  /** Row-level security shows an organisation its own alone. The condition is said again for the index. */
  own: (organisation: string) => Prisma.sql`organisation_id = ${organisation} AND ${OPEN}`,
  missed: () => Prisma.sql`missed_told_at IS NOT NULL AND ${OPEN} AND mandatory AND applies = 'APPLIES'`,
};

const columns = Prisma.sql`report_id AS "reportId", organisation_id AS "organisationId", regime, kind, applies, near_at AS "nearAt",
  due_at AS "dueAt", met_at AS "metAt", met_by_stages AS "metByStages"`;
const KEY = Prisma.sql`report_id || ' ' || regime || ' ' || kind`;

async function page(
  tx: Tx,
  whose: Prisma.Sql,
  report: Prisma.Sql,
  after: Place | undefined,
  take: number,
): Promise<OpenClock[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${columns}, ${report} AS report FROM report_clock
     WHERE ${whose} AND ${behind(after, 'DEADLINE', Prisma.sql`due_at`, KEY)}
     ORDER BY due_at, ${KEY} LIMIT ${take}`;
  return rows.map((row) => ({
    clock: toClock(row),
    reportId: row.reportId,
    organisation: row.organisationId,
    report: row.report,
    place: { due: dueOf(row.dueAt), kind: 'DEADLINE', key: `${row.reportId} ${row.regime} ${row.kind}` },
  }));
}

/** Clocks of an organisation's own reports, the one that ends first before the others. */
export const ownOpenClocks = (
  tx: Tx,
  organisation: string,
  after: Place | undefined,
  take: number,
): Promise<OpenClock[]> =>
  page(
    tx,
    WHOSE.own(organisation),
    Prisma.sql`(SELECT content ->> 'title' FROM report_revision WHERE report_revision.report_id = report_clock.report_id
                 ORDER BY revision DESC LIMIT 1)`,
    after,
    take,
  );

/** Clocks of all mandatory reports that were missed and are still open. */
export async function missedClocks(tx: Tx, after: Place | undefined, take: number): Promise<OpenClock[]> {
  await onDuty(tx, 'clock-watch');
  return page(tx, WHOSE.missed(), Prisma.sql`NULL::text`, after, take);
}
