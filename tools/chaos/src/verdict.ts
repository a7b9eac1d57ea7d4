import { type ChaosOptions, commandOf } from './options.js';
import type { Outcome } from './run.js';

const SHOWN = 12;

/** Line by line what was proven, and how to tell the run again. */
export function verdict(options: ChaosOptions, { kills, tally, failures, gaveUp, findings }: Outcome): string[] {
  const failed = findings.filter(({ faults }) => faults.length > 0);
  const sum = (of: 'ended' | 'failed' | 'open'): number => [...tally.values()].reduce((all, one) => all + one[of], 0);
  return [
    '',
    `${kills} processes killed; cases: ${sum('ended')} ended, ${sum('failed')} gave up, ${sum('open')} still under way`,
    ...[...tally]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, { ended, failed: lost, open }]) => {
        const more = [lost > 0 ? `${lost} gave up` : '', open > 0 ? `${open} under way` : ''].filter(Boolean);
        return `  ${kind.padEnd(26)} ${ended} ended${more.length > 0 ? `, ${more.join(', ')}` : ''}`;
      }),
    ...failures.slice(0, SHOWN).map((failure) => `  gave up: ${failure}`),
    ...gaveUp.map(({ name, lastWords }) => `  ${name} ended by itself and was started again, ${lastWords}`),
    '',
    ...findings.flatMap(({ name, counted, faults }) => [
      `${faults.length === 0 ? '✓' : '✗'} ${name} — ${counted}`,
      ...faults.slice(0, SHOWN).map((fault) => `    ${fault}`),
      ...(faults.length > SHOWN ? [`    … and ${faults.length - SHOWN} more`] : []),
    ]),
    '',
    `${failed.length === 0 ? '✓ all' : `✗ ${failed.length} of`} ${findings.length} checks${failed.length === 0 ? ' hold' : ' fail'}, seed ${options.seed}. Again: ${commandOf(options)}`,
  ];
}
