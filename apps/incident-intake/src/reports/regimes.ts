import type { ReportForm } from '@sekisho/contracts';

/** One rule that sets partners a time, with where it stands and from when it holds. `days` are JST calendar days after recognition. */
export interface Regime {
  readonly regime: string;
  readonly source: string;
  readonly basis: ReportForm['basis'];
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly clocks: readonly {
    readonly kind: string;
    readonly days: number;
    readonly metByStages: readonly ReportForm['stage'][];
  }[];
}

export const REGIMES: readonly Regime[] = [
  {
    regime: 'designated-operator-report',
    // The statute says "promptly" and, in any case, within 30 days; the days for "promptly" are a setting of ours.
    source:
      'Cyber Response Capability Strengthening Act (2025), reporting by designated operators; read in secondary sources',
    basis: 'MANDATORY',
    validFrom: '2025-10-01T00:00:00+09:00',
    validUntil: null,
    clocks: [
      { kind: 'PROMPT_REPORT', days: 3, metByStages: ['INITIAL', 'FOLLOW_UP', 'FINAL'] },
      { kind: 'FINAL_REPORT', days: 30, metByStages: ['FINAL'] },
    ],
  },
];
