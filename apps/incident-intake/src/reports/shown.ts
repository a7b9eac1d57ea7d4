import { type Finding, type Language, type ReportAccepted, tell } from '@sekisho/contracts';
import type { Clock } from '../deadlines/clock.js';
import { showDeadlines } from '../deadlines/deadline-view.js';

/** A report's clocks and warnings as they are kept. */
export interface Kept {
  readonly deadlines: readonly Clock[];
  readonly warnings: readonly Finding[];
}

/** The same as whoever looks at them at a time sees them, in their language. */
export const shown = (
  { deadlines, warnings }: Kept,
  at: Date,
  language: Language,
): Pick<ReportAccepted, 'deadlines' | 'warnings'> => ({
  deadlines: showDeadlines(deadlines, at, language),
  warnings: warnings.map((warning) => tell(warning, language)),
});
