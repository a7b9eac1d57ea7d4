import { Injectable } from '@nestjs/common';
import {
  type DeterminationBody,
  type DeterminationVersion,
  id,
  type IncidentSummary,
  type IncidentView,
  instant,
  type Language,
  type WithQuery,
} from '@sekisho/contracts';
import { knownAt as knownAdoptions, summaryLine } from '@sekisho/guideline';
import type { Principal } from '@sekisho/identity';
import { Answer, Clock, notFound, type Page, pageOf, pageQuery, positionOf, Work } from '@sekisho/service';
import type { z } from 'zod';
import type { Tx } from '../database.js';
import { Prisma } from '../generated/prisma/client.js';
import { adopted } from '../guidelines/adoption.store.js';
import { withMore } from '../guidelines/with-more.js';
import { type Reader, ReadingRecorder } from '../readings/reading-recorder.js';
import { IncidentStore, toDetermination } from './incident.store.js';
import { etagOf, viewOf } from './incident-view.js';
import { underTheLawAt } from './judge.js';

export const incidentsQuery = pageQuery.extend({ reportId: id.optional() });
export type IncidentsQuery = z.infer<typeof incidentsQuery>;

export const historyQuery = pageQuery.extend({
  /** Under the guideline in force then, by what was adopted. */
  validAt: instant.optional(),
  /** As it was on record then; what was adopted later is not seen. */
  knownAt: instant.optional(),
});
export type HistoryQuery = z.infer<typeof historyQuery>;

interface SummaryRow {
  readonly id: string;
  readonly version: number;
  readonly opened_at: Date;
  readonly title: string;
  readonly report_ids: string[];
  readonly determination: DeterminationBody;
  readonly planned_action_at: string;
  readonly scope_digest: string | null;
  readonly confirmed: boolean;
  readonly marks: IncidentSummary['marks'] | null;
}

/** Reads incidents, and writes down by whom they are read. */
@Injectable()
export class IncidentsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: IncidentStore,
    private readonly readings: ReadingRecorder,
    private readonly clock: Clock,
  ) {}

  show(reader: Reader, incidentId: string, query: WithQuery): Promise<Answer<IncidentView>> {
    return this.work.read(reader.principal, async (tx) => {
      const incident = await this.store.load(tx, incidentId);
      if (incident === undefined) throw notFound();
      await this.readings.record(tx, reader, incidentId, 'INCIDENT');
      const view = viewOf(incident);
      const determination = withMore(view.determination, view.facts, query, await adopted(tx));
      return new Answer(200, { ...view, determination }, { etag: etagOf(incident.version) });
    });
  }

  list(
    principal: Principal,
    { limit, cursor, reportId }: IncidentsQuery,
    language: Language,
  ): Promise<Page<IncidentSummary>> {
    const before = positionOf(cursor);
    const now = this.clock.now().getTime();
    return this.work.read(principal, async (tx) => {
      const rows = await tx.$queryRaw<SummaryRow[]>(Prisma.sql`
        SELECT i.id, i.version, i.opened_at, r.title, r.report_ids, d.determination, d.planned_action_at, s.scope_digest,
               coalesce(c.standing, false) AS confirmed, m.marks
          FROM incident i
          CROSS JOIN LATERAL (
            SELECT (array_agg(title ORDER BY number))[1] AS title, array_agg(report_id::text ORDER BY number) AS report_ids
              FROM incident_report WHERE incident_id = i.id) r
          CROSS JOIN LATERAL (
            SELECT determination, facts ->> 'plannedActionAt' AS planned_action_at
              FROM determination WHERE incident_id = i.id ORDER BY version DESC LIMIT 1) d
          LEFT JOIN LATERAL (
            SELECT scope_digest FROM scope WHERE incident_id = i.id ORDER BY version DESC LIMIT 1) s ON true
          LEFT JOIN LATERAL (
            SELECT NOT EXISTS (SELECT 1 FROM confirmation_lapse l
                                WHERE l.incident_id = i.id AND l.version = confirmation.version) AS standing
              FROM confirmation WHERE incident_id = i.id ORDER BY version DESC LIMIT 1) c ON true
          CROSS JOIN LATERAL (
            SELECT array_agg(mark ORDER BY mark) AS marks FROM (
              SELECT DISTINCT mark FROM incident_mark WHERE incident_id = i.id
              UNION ALL
              SELECT 'REVISION_HELD' WHERE EXISTS (
                SELECT 1 FROM revised_report latest
                 WHERE latest.incident_id = i.id
                   AND NOT EXISTS (SELECT 1 FROM taken_revision t WHERE t.report_id = latest.report_id AND t.revision = latest.revision)
                   AND NOT EXISTS (SELECT 1 FROM revised_report r WHERE r.report_id = latest.report_id AND r.revision > latest.revision))
              UNION ALL
              SELECT 'REGISTER_DIFFERS' WHERE EXISTS (
                SELECT 1 FROM incident_report told
                  LEFT JOIN LATERAL (SELECT register_differences FROM revised_report WHERE report_id = told.report_id
                                      ORDER BY revision DESC LIMIT 1) latest ON true
                 WHERE told.incident_id = i.id AND coalesce(latest.register_differences, told.register_differences) <> '[]')
            ) AS marked) m
         WHERE (${before ?? null}::uuid IS NULL OR i.id < ${before ?? null}::uuid)
           AND (${reportId ?? null}::uuid IS NULL
                OR i.id IN (SELECT incident_id FROM incident_report WHERE report_id = ${reportId ?? null}::uuid))
         ORDER BY i.id DESC LIMIT ${limit + 1}`);
      return pageOf(
        rows,
        limit,
        (row) => row.id,
        (row) => ({ ...toSummary(row), summary: row.confirmed ? null : lineOf(row, now, language) }),
      );
    });
  }

  /** Every answer so far, or with a time the one answer of then: nothing where there was none yet. */
  history(reader: Reader, incidentId: string, query: HistoryQuery): Promise<Page<DeterminationVersion>> {
    const { validAt, knownAt, ...page } = query;
    const before = positionOf(page.cursor, /^\d{1,9}$/);
    return this.work.read(reader.principal, async (tx) => {
      if ((await tx.incident.count({ where: { id: incidentId } })) === 0) throw notFound();
      await this.readings.record(tx, reader, incidentId, 'DETERMINATIONS');
      if (validAt !== undefined || knownAt !== undefined) {
        const made = knownAt === undefined ? {} : { madeAt: { lte: new Date(knownAt) } };
        const row = await tx.determination.findFirst({
          where: { incidentId, ...made },
          orderBy: { version: 'desc' },
        });
        if (row === null) return { items: [], next: null };
        const law = await adopted(tx);
        const known = knownAt === undefined ? law : knownAdoptions(law, knownAt);
        return { items: [underTheLawAt(toDetermination(row), validAt, known)], next: null };
      }
      const rows = await tx.determination.findMany({
        where: { incidentId, ...(before === undefined ? {} : { version: { lt: Number(before) } }) },
        orderBy: { version: 'desc' },
        take: page.limit + 1,
      });
      return pageOf(rows, page.limit, (row) => String(row.version), toDetermination);
    });
  }
}

/** Until the planned time, where that is still to come: one that is over ends nothing. */
function lineOf(
  { title, determination, planned_action_at: until }: SummaryRow,
  now: number,
  language: Language,
): string {
  const ahead = Date.parse(until) > now;
  return summaryLine({ name: title, determination, outstanding: null, until: ahead ? until : null }, language);
}

const toSummary = ({ determination, ...row }: SummaryRow): Omit<IncidentSummary, 'summary'> => ({
  incidentId: row.id,
  reportIds: row.report_ids,
  title: row.title,
  openedAt: row.opened_at.toISOString(),
  version: row.version,
  guideline: determination.guideline,
  outcome: determination.outcome,
  nscReview: { required: determination.nscReview.required, bases: determination.nscReview.bases },
  missingFacts: determination.missingFacts,
  digest: determination.digest,
  scopeDigest: row.scope_digest,
  confirmed: row.confirmed,
  marks: row.marks ?? [],
});
