import type { DeterminationBody, FactsBody, ScopeBody } from '@sekisho/contracts';
import type { Evidence, JudgedScope, Outstanding } from '@sekisho/guideline';
import { outstanding } from '@sekisho/guideline';

/** A case as it was confirmed, with the facts as they stand now under the same digest. */
export interface JudgedCase {
  readonly incidentId: string;
  readonly scopeDigest: string;
  /** Event of the confirmation: what rests on the case comes after it. */
  readonly confirmedByEvent: string;
  readonly facts: FactsBody;
  readonly determination: DeterminationBody;
  readonly scope: ScopeBody;
  /** Why what was given for it carries nothing any more, or null. */
  readonly lapsed: string | null;
  /** Facts that are contested and not settled yet: orders wait. */
  readonly contested: readonly string[];
}

export const judgedScope = ({ scope, scopeDigest }: JudgedCase): JudgedScope => ({ ...scope, scopeDigest });

/** What is missing before an order; with a lapsed scope, everything is. */
export function missing(known: JudgedCase, evidence: readonly Evidence[], at: string): Outstanding[] {
  const carrying = known.lapsed === null ? evidence : [];
  return outstanding(known.determination, judgedScope(known), carrying, at);
}
