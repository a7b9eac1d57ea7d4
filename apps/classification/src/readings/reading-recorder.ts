import { Injectable } from '@nestjs/common';
import { named, toActor } from '@sekisho/identity';
import { Outbox } from '@sekisho/messaging';
import { lockKeys } from '@sekisho/persistence';
import { Clock, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';

export type Reader = Pick<WorkRequest, 'principal' | 'correlationId' | 'traceparent'>;

/** Writes down who reads what reports say. It is part of the reading: where it cannot be written down, nothing is shown. */
@Injectable()
export class ReadingRecorder {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * In the transaction that reads: a reading of each report of the case, and the event that tells of it, unless this person has read the
   * report within this hour of the clock. `record` says what was opened.
   */
  async record(tx: Tx, { principal, ...context }: Reader, incidentId: string, record: string): Promise<void> {
    const viewedAt = this.clock.now().toISOString();
    const { person, roles } = principal;
    const hour = `${viewedAt.slice(0, 13)}:00:00Z`;
    // Most have read it before: they neither write nor wait for whoever changes the case.
    const unread = await tx.$queryRaw<{ reportId: string; organisation: string }[]>`
      SELECT report_id AS "reportId", organisation ->> 'id' AS organisation FROM incident_report AS report
       WHERE incident_id = ${incidentId}::uuid
         AND NOT EXISTS (SELECT 1 FROM report_reading AS reading
                          WHERE reading.report_id = report.report_id AND person = ${person} AND hour = ${hour}::timestamptz)
       ORDER BY number`;
    if (unread.length === 0) return;
    await lockKeys(tx, [incidentId]);
    const viewedBy = toActor(principal);
    for (const { reportId, organisation } of unread) {
      const added = await tx.$executeRaw`
        INSERT INTO report_reading (report_id, person, incident_id, record, reader, roles, read_at, recorded_by, correlation_id)
        VALUES (${reportId}::uuid, ${person}, ${incidentId}::uuid, ${record}, ${JSON.stringify(viewedBy)}::jsonb, ${[...roles]}::text[],
                ${viewedAt}::timestamptz, ${named(principal)}, ${context.correlationId})
        ON CONFLICT DO NOTHING`;
      if (added === 0) continue;
      await this.outbox.append(tx, context, {
        topic: 'classification.readings.v1',
        type: 'record-viewed.v1',
        key: incidentId,
        subject: reportId,
        data: { record, reportId, incidentId, organisation, viewedBy, roles: [...roles], viewedAt },
      });
    }
  }
}
