import type { Finding } from '@sekisho/contracts';
import { ProblemError, refused } from '@sekisho/service';

/** What is refused of a report's later life; one place, since clients go by it. */

export const withdrawn = (withdrawnAt: string): ProblemError =>
  new ProblemError('illegal-transition', { code: 'report-withdrawn', values: { withdrawnAt } });

/** A final report has closed the duty: what comes after it corrects, and says why. */
export const closed = (): ProblemError =>
  refused('illegal-transition', [{ pointer: '/reason', code: 'reason-after-final' }]);

/** What a revision may not change, each by its name. */
export const fixed = (findings: readonly Finding[]): ProblemError => refused('conflict', findings);

export const preconditionRequired = (): ProblemError =>
  new ProblemError('precondition-required', { code: 'tag-required' });

export const revisedSince = (revision: number): ProblemError =>
  new ProblemError('precondition-failed', { code: 'revised-since', values: { revision } }, { revision });
