import { setTimeout as pause } from 'node:timers/promises';
import { Course, type Judged, type Stage } from '@sekisho/demo';

/** A domestic case: the police alone, without the NSC, so that the commission's approval is the one safeguard. */
const LIKE = 'jp-2016-jaxa-tick';
const CLAIMS = {
  measureContemplated: 'TRUE',
  graveHarmUrgent: 'TRUE',
  nationalSecurityImpact: 'FALSE',
  communicationProtection: 'FALSE',
} as const;
const EXECUTOR = 'NPA_SOLE';
/** Asked so often whether it is there: what is measured should not be how seldom one looks. */
const EVERY_MS = 4;
const PATIENCE_MS = 30_000;

export interface Prepared {
  readonly course: Course;
  readonly judged: Judged;
  readonly orderId: string;
}

async function until(what: string, there: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await there());) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await pause(EVERY_MS);
  }
}

/** A case with a confirmed scope and a drafted order, for which only the safeguard is missing. */
export async function prepare(stage: Stage, run: string): Promise<Prepared> {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  const course = await Course.open(stage, run, LIKE, { ...CLAIMS, plannedActionAt: inAnHour });
  const judged = await course.confirmScope({ executor: EXECUTOR });
  return { course, judged, orderId: await course.draft(judged, EXECUTOR) };
}

/** Milliseconds from the answer to the last safeguard, and from the request to issue, to the order in the agency's consumer. */
export async function timeToOrder(
  { at, call }: Stage,
  { course, judged, orderId }: Prepared,
  arrived: ReadonlyMap<string, number>,
): Promise<{ whole: number; issued: number }> {
  const { incidentId } = judged;
  await course.equip(judged);
  const given = performance.now();
  await until('tasking to know the last safeguard', async () => {
    const url = `${at.tasking}/v1/incidents/${incidentId}/safeguards`;
    const { outstanding } = await call.get<{ outstanding: unknown[] }>('officer-2', url);
    return outstanding.length === 0;
  });
  const asked = performance.now();
  await call.write('officer-2', 'POST', `${at.tasking}/v1/orders/${orderId}/issuance`, {});
  await until('the order at the agency', () => arrived.has(incidentId));
  const there = arrived.get(incidentId)!;
  return { whole: there - given, issued: there - asked };
}

/** Milliseconds from the answer to a report to its incident in classification's list. */
export async function timeToVisible({ at, call }: Stage, report: string): Promise<number> {
  const { reportId } = await call.write<{ reportId: string }>(
    'partner-power',
    'POST',
    `${at.intake}/v1/reports`,
    JSON.parse(report),
  );
  const accepted = performance.now();
  await until('the incident', async () => {
    const url = `${at.classification}/v1/incidents?reportId=${reportId}`;
    return (await call.get<{ items: unknown[] }>('analyst-1', url)).items.length > 0;
  });
  return performance.now() - accepted;
}
