import type { Actor, OrderPayload, RefusalReason } from '@sekisho/contracts';
import {
  type Adoption,
  authorise,
  type Authorised,
  type Evidence,
  type Executor,
  type Outstanding,
} from '@sekisho/guideline';
import { type JudgedCase, judgedScope } from '../cases/judged-case.js';
import { agenciesOf } from './order.js';
import { ACKNOWLEDGE_WITHIN_MS, earlier, later } from './settings.js';

export interface Draft {
  readonly orderId: string;
  readonly executor: Executor;
  readonly scopeDigest: string;
  readonly draftedBy: Actor;
}

/** Why no order is given: the guideline's reasons, and facts that are contested. */
export interface NotNow {
  readonly verdict: 'REFUSED';
  readonly reasons: RefusalReason[];
  readonly outstanding: Outstanding[];
}

/** Puts a draft to the guideline's one door. What was given for a scope that lapsed carries nothing; a contested fact holds it shut. */
export function mayIssue(
  known: JudgedCase,
  evidence: readonly Evidence[],
  draft: Draft,
  issuedBy: Actor,
  at: string,
  adoptions: readonly Adoption[],
): Authorised | NotNow {
  const carrying = known.lapsed === null ? evidence : [];
  const { plannedActionAt } = known.facts;
  const { scopeDigest, executor } = draft;
  const order = {
    scopeDigest,
    executor,
    draftedBy: draft.draftedBy.person,
    issuedBy: issuedBy.person,
    plannedActionAt,
  };
  const verdict = authorise(known.determination, known.facts, judgedScope(known), carrying, order, at, adoptions);
  if (known.contested.length === 0) return verdict;
  const contested = known.contested.map((detail) => ({ code: 'FACT_CONTESTED', detail }));
  const others = verdict.verdict === 'REFUSED' ? verdict : { reasons: [], outstanding: [] };
  return { verdict: 'REFUSED', reasons: [...others.reasons, ...contested], outstanding: others.outstanding };
}

/** The order as each agency is to have it, and the times that are fixed with it. */
export function orderPayloads(known: JudgedCase, draft: Draft, granted: Authorised, at: string): OrderPayload[] {
  const { notBefore, notAfter, conditions } = granted;
  const acknowledgeBy = earlier(later(at, ACKNOWLEDGE_WITHIN_MS), notAfter);
  return agenciesOf(draft.executor).map((agency) => ({
    orderId: draft.orderId,
    version: 1,
    incidentId: known.incidentId,
    scopeDigest: known.scopeDigest,
    executor: draft.executor,
    agency,
    // In a joint order the police lead.
    servers: granted.servers.map((server) => ({ ...server, lead: agenciesOf(draft.executor)[0]! })),
    measure: known.scope.measure,
    notBefore,
    notAfter,
    conditions,
    acknowledgeBy,
  }));
}
