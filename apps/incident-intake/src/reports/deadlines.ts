import type { EventData, ReportForm } from '@sekisho/contracts';
import { REGIMES } from './regimes.js';

export type Deadline = EventData<'intake.reports.v1', 'report-submitted.v1'>['deadlines'][number];

const DAY_MS = 86_400_000;
const JAPAN_MS = 9 * 3_600_000;

/** End of the JST calendar day that lies `days` after the day of `from`; the day of `from` itself is not counted. */
export function endOfDayAfter(from: string, days: number): string {
  const midnight = Math.floor((Date.parse(from) + JAPAN_MS) / DAY_MS) * DAY_MS - JAPAN_MS;
  const end = new Date(midnight + (days + 1) * DAY_MS - 1000 + JAPAN_MS);
  return `${end.toISOString().slice(0, 19)}+09:00`;
}

/** The clocks that a report starts under the rules in force at its receipt; `metBy` is the report where it is what was asked for. */
export function deadlinesOf(
  report: Pick<ReportForm, 'basis' | 'stage' | 'recognisedAt'>,
  { reportId, receivedAt }: { reportId: string; receivedAt: string },
): Deadline[] {
  const at = Date.parse(receivedAt);
  return REGIMES.filter(
    ({ basis, validFrom, validUntil }) =>
      basis === report.basis && at >= Date.parse(validFrom) && (validUntil === null || at < Date.parse(validUntil)),
  ).flatMap(({ regime, clocks }) =>
    clocks.map(({ kind, days, metByStages }) => ({
      regime,
      kind,
      dueAt: endOfDayAfter(report.recognisedAt, days),
      metBy: metByStages.includes(report.stage) ? reportId : null,
    })),
  );
}
