import type { Platform } from './case.js';

/** Figures of a periodic report by their paths: `orders.issued`, `nsc.byOutcome.REJECTED`. */
export type Counts = Readonly<Record<string, number>>;

/** This month in Japan, as the reports name it: `2026-11`. */
export const thisMonth = (now: number = Date.now()): string => new Date(now + 9 * 3_600_000).toISOString().slice(0, 7);

export const reportUrl = ({ at }: Platform): string => `${at.oversight}/v1/periodic-reports/${thisMonth()}`;

/** The month's figures as the commission sees them now. Times of stages are left out: they are measured, not counted. */
export async function counts(platform: Platform): Promise<Counts> {
  const { figures } = await platform.call.get<{ figures: Record<string, unknown> }>(
    'commission-1',
    reportUrl(platform),
  );
  const { stages: _stages, ...counted } = figures;
  return flat(counted);
}

function flat(value: unknown, path: readonly string[] = []): Counts {
  if (typeof value === 'number') return { [path.join('.')]: value };
  if (value === null || typeof value !== 'object') return {};
  return Object.assign({}, ...Object.entries(value).map(([name, part]) => flat(part, [...path, name]))) as Counts;
}

/** By how much each figure moved; what did not move is left out. */
export function moved(before: Counts, after: Counts): Counts {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differences = names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)] as const);
  return Object.fromEntries(differences.filter(([, difference]) => difference !== 0));
}

/** The movements of several cases together. */
export function together(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {};
  for (const one of all) for (const [name, count] of Object.entries(one)) sum[name] = (sum[name] ?? 0) + count;
  return Object.fromEntries(Object.entries(sum).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Waits until the report has moved by exactly this since `before`; says where it differs if it never does. */
export async function reportMoves(platform: Platform, before: Counts, expected: Counts): Promise<Counts> {
  let now = before;
  const differs = (): [string, number, number][] => {
    const real = moved(before, now);
    const names = new Set([...Object.keys(real), ...Object.keys(expected)]);
    return [...names].flatMap((name) =>
      real[name] === expected[name] ? [] : [[name, expected[name] ?? 0, real[name] ?? 0] as [string, number, number]],
    );
  };
  await platform.call
    .until('the report to show it', async () => {
      now = await counts(platform);
      return differs().length === 0 || undefined;
    })
    .catch(() => {
      const rows = differs().map(([name, wanted, real]) => `${name}: ${wanted} happened, the report says ${real}`);
      throw new Error(`the report is not what happened:\n  ${rows.join('\n  ')}`);
    });
  return now;
}
