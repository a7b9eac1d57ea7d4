import type { ReportForm } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import type { ReportClock } from '../generated/prisma/client.js';
import type { Accepted } from '../reports/accept.js';
import { type Applies, type Clock, soonestFirst } from './clock.js';
import { lastInstantOf, written } from './japan-time.js';

/** A clock with what its row says beyond it. */
export interface ClockRow {
  readonly clock: Clock;
  readonly reportId: string;
  readonly organisationId: string;
  readonly basis: ReportForm['basis'];
  readonly forwarded: boolean;
  /** The one that starts it, and meets it where it is met at once. */
  readonly revision: number;
  readonly recordedBy: string;
  readonly correlationId: string;
}

interface Column {
  readonly type: string;
  readonly of: (row: ClockRow) => string | number | boolean;
}
const column = (type: string, of: Column['of']): Column => ({ type, of });

/** No array holds a null: what was not met has neither time nor revision, whatever stands in their place. */
const COLUMNS = {
  report_id: column('uuid', ({ reportId }) => reportId),
  organisation_id: column('text', ({ organisationId }) => organisationId),
  regime: column('text', ({ clock }) => clock.regime),
  kind: column('text', ({ clock }) => clock.kind),
  mandatory: column('boolean', ({ basis }) => basis === 'MANDATORY'),
  applies: column('text', ({ clock }) => clock.applies),
  near_at: column('timestamptz', ({ clock }) => clock.nearAt),
  due_at: column('timestamptz', ({ clock }) => new Date(lastInstantOf(clock.dueAt)).toISOString()),
  met_by_stages: column('text', ({ clock }) => `{${clock.metByStages.join(',')}}`),
  met: column('boolean', ({ clock }) => clock.metAt !== null),
  met_at: column('timestamptz', ({ clock }) => clock.metAt ?? clock.nearAt),
  met_by_revision: column('int', ({ revision }) => revision),
  forwarded: column('boolean', ({ forwarded }) => forwarded),
  recorded_by: column('text', ({ recordedBy }) => recordedBy),
  correlation_id: column('text', ({ correlationId }) => correlationId),
};
const NAMES = Object.keys(COLUMNS);
/** How many parameters {@link insertClocks} takes. */
export const CLOCK_PARAMETERS = NAMES.length;

/**
 * The statement that starts clocks, of however many reports and organisations, for whoever stores reports, alone or as a part of a
 * larger statement: its parameters, from number `first` on, are the {@link clockColumns}. As arrays, since they are read several times as
 * fast as JSON is.
 */
export const insertClocks = (first = 1): string => `
  INSERT INTO report_clock (report_id, organisation_id, regime, kind, mandatory, applies, near_at, due_at, met_by_stages, met_at,
                            met_by_revision, forwarded, recorded_by, correlation_id)
  SELECT report_id, organisation_id, regime, kind, mandatory, applies, near_at, due_at, met_by_stages::text[],
         CASE WHEN met THEN met_at END, CASE WHEN met THEN met_by_revision END, forwarded, recorded_by, correlation_id
    FROM unnest(${Object.values(COLUMNS)
      .map(({ type }, place) => `$${first + place}::${type}[]`)
      .join(', ')}) AS started (${NAMES.join(', ')})`;

/** The clocks that a new report starts. */
export const startedClocks = (
  { reportId, organisation, report, deadlines, forwarded }: Accepted,
  recordedBy: string,
  correlationId: string,
): ClockRow[] =>
  deadlines.map((clock) => ({
    clock,
    reportId,
    organisationId: organisation.id,
    basis: report.basis,
    forwarded,
    revision: 1,
    recordedBy,
    correlationId,
  }));

export const clockColumns = (rows: readonly ClockRow[]): unknown[][] =>
  Object.values(COLUMNS).map(({ of }) => rows.map(of));

/**
 * A report has come to a stage: the clocks that ask for it are met, at `at` and by the revision of that number. Those that were met or
 * were stopped stay as they are. In a transaction for the report's organisation that holds the report's lock.
 */
export const meetClocks = (
  tx: Tx,
  reportId: string,
  stage: ReportForm['stage'],
  at: string,
  revision: number,
): Promise<number> => tx.$executeRaw`
  UPDATE report_clock SET met_at = ${at}::timestamptz, met_by_revision = ${revision}
   WHERE report_id = ${reportId}::uuid AND met_at IS NULL AND stopped_at IS NULL AND ${stage} = ANY (met_by_stages)`;

/**
 * A revision knows more than the report before it: `rows` are the clocks that it would have started. What was possible and now applies
 * does; what was possible and is not so is stopped; what it adds is started. A clock that applied is not taken back, and none is moved.
 * Then {@link meetClocks}.
 */
export async function reviseClocks(tx: Tx, reportId: string, rows: readonly ClockRow[], at: string): Promise<void> {
  await tx.$executeRawUnsafe(
    `${insertClocks()}
     ON CONFLICT (report_id, regime, kind) DO UPDATE SET applies = EXCLUDED.applies, met_by_stages = EXCLUDED.met_by_stages
        WHERE report_clock.applies = 'IF_CONFIRMED'`,
    ...clockColumns(rows),
  );
  await tx.$executeRaw`
    UPDATE report_clock SET stopped_at = ${at}::timestamptz
     WHERE report_id = ${reportId}::uuid AND applies = 'IF_CONFIRMED' AND met_at IS NULL AND stopped_at IS NULL
       AND NOT regime || '/' || kind = ANY (${rows.map(({ clock }) => `${clock.regime}/${clock.kind}`)})`;
}

/** Nothing more is owed of a report: it was withdrawn. */
export const stopClocks = (tx: Tx, reportId: string, at: string): Promise<number> => tx.$executeRaw`
  UPDATE report_clock SET stopped_at = ${at}::timestamptz
   WHERE report_id = ${reportId}::uuid AND met_at IS NULL AND stopped_at IS NULL`;

/** Consent has come, or was taken back: whether others may be told of a report's clocks. */
export const forwardClocks = (tx: Tx, reportId: string, forwarded: boolean): Promise<number> => tx.$executeRaw`
  UPDATE report_clock SET forwarded = ${forwarded} WHERE report_id = ${reportId}::uuid AND forwarded <> ${forwarded}`;

/** The clocks of a report as they are now. */
export async function clocksOfReport(tx: Tx, reportId: string): Promise<Clock[]> {
  const rows = await tx.reportClock.findMany({ where: { reportId, stoppedAt: null } });
  return rows.map(toClock).sort(soonestFirst);
}

/** What a statement of its own reads of a clock, as {@link StoredClock}. */
export const CLOCK_FIELDS = `report_id AS "reportId", regime, kind, applies, near_at AS "nearAt", due_at AS "dueAt", met_at AS "metAt",
  met_by_stages AS "metByStages"`;

type Row = Pick<ReportClock, 'reportId' | 'regime' | 'kind' | 'applies' | 'nearAt' | 'dueAt' | 'metAt' | 'metByStages'>;
/** The same with times as they are written in JSON. */
export type StoredClock = { [Field in keyof Row]: Row[Field] extends Date | null ? Row[Field] | string : Row[Field] };

export const toClock = (row: StoredClock): Clock => ({
  regime: row.regime,
  kind: row.kind,
  dueAt: written(new Date(row.dueAt).getTime()),
  metBy: row.metAt === null ? null : row.reportId,
  applies: row.applies as Applies,
  nearAt: written(new Date(row.nearAt).getTime()),
  metByStages: row.metByStages as Clock['metByStages'],
  metAt: row.metAt === null ? null : new Date(row.metAt).toISOString(),
});
