import { ProblemError } from '@sekisho/service';
import type { JudgedCase } from './judged-case.js';

/** The case, if the digest names its current scope and that still stands. Throws a problem that names the current one. */
export function requireCurrent(known: JudgedCase | null, scopeDigest: string): JudgedCase {
  if (!known) {
    throw new ProblemError(
      'stale-scope',
      'No scope has been confirmed for this incident, as far as tasking knows yet.',
      {
        currentScopeDigest: null,
      },
    );
  }
  if (known.scopeDigest !== scopeDigest) {
    throw new ProblemError('stale-scope', `The confirmed scope is ${known.scopeDigest}; name that one.`, {
      currentScopeDigest: known.scopeDigest,
    });
  }
  if (known.lapsed !== null) {
    throw new ProblemError('stale-scope', `The scope no longer stands: ${known.lapsed}. It must be confirmed anew.`, {
      currentScopeDigest: null,
    });
  }
  return known;
}
