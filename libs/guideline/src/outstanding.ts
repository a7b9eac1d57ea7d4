import type { CommissionTiming, Determination, Executor, Safeguard, SafeguardKind } from './determination.js';
import type { Evidence } from './evidence.js';
import { findGuideline } from './guidelines.js';
import { isSafeguard } from './provision.js';
import { instant } from './instant.js';
import type { JudgedScope } from './scope.js';
import type { Fault, Moment } from './paper.js';
import { standing } from './standing.js';

/** Who supplies each safeguard: a role of the platform. */
export const SUPPLIERS = {
  NSC_APPROVAL: 'nsc-secretariat',
  COMMISSION_APPROVAL: 'commission',
  FOREIGN_MINISTER_CONSULTATION: 'mofa',
  PRIME_MINISTER_ORDER: 'cabinet-secretariat',
  NPSC_CONSENT: 'npsc-secretariat',
} as const satisfies Record<SafeguardKind, string>;
export type Supplier = (typeof SUPPLIERS)[SafeguardKind];

/** A safeguard that is still missing, why, by which provision, and who can supply it. `servers` are those not covered. */
export interface Outstanding {
  kind: SafeguardKind;
  reason: Fault;
  suppliedBy: Supplier;
  provision: string;
  timing?: CommissionTiming;
  servers?: string[];
  onlyFor?: Executor;
}

/** What was looked at: the safeguards needed, those missing, and the evidence that carries the others. */
export interface Review {
  outstanding: Outstanding[];
  carriedBy: Evidence[];
}

/**
 * What is still missing before orders may be given on this scope, in the order of the determination's safeguards; empty
 * where nothing is. Evidence that names another scope digest carries nothing. A safeguard for one executor alone, and the
 * consultation for a server, are asked for only where the scope uses that executor or server.
 *
 * `at` is the instant of the question: what is dated later is not seen. `until`, where given, is a later instant at which
 * everything must still be valid (the planned time). Both are RFC 3339 with offset.
 * Source: safeguards are those of the determination; that evidence binds to the scope and needs two persons is our own [P].
 */
export function outstanding(
  determination: Determination,
  scope: JudgedScope,
  evidence: readonly Evidence[],
  at: string,
  until: string = at,
): Outstanding[] {
  const executors = [...new Set(scope.servers.map(({ executor }) => executor))];
  return reviewSafeguards(determination, scope, evidence, executors, { at, until }).outstanding;
}

/** As `outstanding`, for orders to these executors alone. A planned time that is over, or unreadable, asks nothing more. */
export function reviewSafeguards(
  determination: Determination,
  scope: JudgedScope,
  evidence: readonly Evidence[],
  executors: readonly Executor[],
  moment: Moment,
): Review {
  const touched = new Set(
    scope.servers.filter(({ executor }) => executors.includes(executor)).map((server) => server.ref),
  );
  const { at, until } = moment;
  const span = { at, until: instant(until) > instant(at) ? until : at };
  const review: Review = { outstanding: [], carriedBy: [] };
  for (const safeguard of determination.safeguards.flatMap((each) => narrow(each, executors, touched))) {
    const result = standing(safeguard, scope.scopeDigest, evidence, span);
    review.carriedBy.push(...result.carriedBy);
    if (result.fault === null) continue;
    const { kind } = safeguard;
    const entry: Outstanding = {
      kind,
      reason: result.fault,
      suppliedBy: SUPPLIERS[kind],
      provision: provisionOf(determination.guideline, kind),
    };
    if ('timing' in safeguard) entry.timing = safeguard.timing;
    if ('servers' in safeguard) entry.servers = result.uncovered;
    if ('onlyFor' in safeguard) entry.onlyFor = safeguard.onlyFor;
    review.outstanding.push(entry);
  }
  return review;
}

/** The part of a safeguard that concerns these executors and servers; nothing where it does not concern them. */
function narrow(safeguard: Safeguard, executors: readonly Executor[], touched: ReadonlySet<string>): Safeguard[] {
  if ('onlyFor' in safeguard) return executors.includes(safeguard.onlyFor) ? [safeguard] : [];
  if (safeguard.kind !== 'FOREIGN_MINISTER_CONSULTATION') return [safeguard];
  const servers = safeguard.servers.filter((ref) => touched.has(ref));
  return servers.length > 0 ? [{ kind: safeguard.kind, servers }] : [];
}

function provisionOf(guideline: string, kind: SafeguardKind): string {
  const provisions = findGuideline(guideline)?.provisions.filter(isSafeguard) ?? [];
  return provisions.find(({ then }) => then.safeguards.includes(kind))?.id ?? kind;
}
