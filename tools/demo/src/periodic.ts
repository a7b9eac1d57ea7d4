import type { Journey } from './case.js';
import { look } from './telling.js';

/** The figures that the journey moves, by their place in the periodic report. */
export interface Figures {
  readonly reports: number;
  readonly ordersIssued: number;
  readonly ordersCompleted: number;
  readonly ordersRefused: number;
  readonly approvals: number;
  readonly decisions: number;
}

/** This month in Japan, as the reports name it: `2026-11`. */
export const thisMonth = (now: number): string => new Date(now + 9 * 3_600_000).toISOString().slice(0, 7);

/** The month's figures as the commission sees them now. */
export async function figures({ at, call, startedAt }: Journey): Promise<Figures> {
  const url = `${at.oversight}/v1/periodic-reports/${thisMonth(startedAt)}`;
  return readFigures(await call.get<Record<string, never>>('commission-1', url));
}

function readFigures(report: Record<string, never>): Figures {
  const at = (...path: string[]): number => {
    const value = path.reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], report);
    return typeof value === 'number' ? value : 0;
  };
  return {
    reports: at('figures', 'reports', 'received'),
    ordersIssued: at('figures', 'orders', 'issued'),
    ordersCompleted: at('figures', 'orders', 'completed'),
    ordersRefused: at('figures', 'orders', 'refused'),
    approvals: at('figures', 'commission', 'approved'),
    decisions: at('figures', 'nsc', 'approved'),
  };
}

/** The commission fetches the month's report; its figures must have moved by exactly what the journey did. */
export async function report(journey: Journey, before: Figures, reported: number): Promise<void> {
  const { at, call, story, startedAt } = journey;
  const expected: Figures = {
    reports: before.reports + reported,
    ordersIssued: before.ordersIssued + 1,
    ordersCompleted: before.ordersCompleted + 1,
    ordersRefused: before.ordersRefused + 1,
    approvals: before.approvals + 1,
    decisions: before.decisions + 1,
  };
  let last = before;
  await call
    .until('the report to show it', async () => {
      last = await figures(journey);
      return JSON.stringify(last) === JSON.stringify(expected) ? last : undefined;
    })
    .catch(() => {
      throw new Error(`the report says ${JSON.stringify(last)} where ${JSON.stringify(expected)} happened`);
    });
  story.tell({
    what: `the periodic report of ${thisMonth(startedAt)} shows it: its figures match what was done, counted from recorded events`,
    who: 'commission-1',
    provision: 'Act 42 of 2025, art. 61-2: report to the Diet',
    detail: [
      `reports ${last.reports} · NSC approvals ${last.decisions} · commission approvals ${last.approvals}`,
      `orders refused ${last.ordersRefused} · issued ${last.ordersIssued} · completed ${last.ordersCompleted}`,
    ],
    look: look(`${at.oversight}/v1/periodic-reports/${thisMonth(startedAt)}`, 'commission-1'),
  });
}
