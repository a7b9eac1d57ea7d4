import { type Adoption, knownAt } from './adoption.js';
import type { JudgedDetermination } from './determination.js';
import { determine } from './determine.js';
import { checkScope } from './check-scope.js';
import type { Evidence } from './evidence.js';
import { isNsc } from './evidence.js';
import type { Facts } from './facts.js';
import { factsFault } from './facts.js';
import { findGuideline, guidelineInForce } from './guidelines.js';
import { instant, within } from './instant.js';
import type { Authorised, OrderDraft, Refusal, Refused } from './order.js';
import { reviewSafeguards } from './outstanding.js';
import { agrees } from './agrees.js';
import type { JudgedScope } from './scope.js';

/**
 * The only door to an order. `facts` are those of the determination, which is worked out again from them: a determination
 * that its own facts do not bear out carries nothing. `at` (RFC 3339 with offset) is the instant of issuing; evidence and
 * adoptions dated later are not seen, so the same question asked later of the same records has the same answer.
 *
 * Safeguards are asked for this order's executor and servers, and must hold at `at` and at `plannedActionAt`.
 * Source: [A] and [S] through the provisions; the binding to digests, the window and the two persons are our own [P].
 */
export function authorise(
  determination: JudgedDetermination,
  facts: Facts,
  scope: JudgedScope,
  evidence: readonly Evidence[],
  order: OrderDraft,
  at: string,
  adoptions: readonly Adoption[],
): Authorised | Refused {
  const servers = scope.servers.filter(({ executor }) => executor === order.executor);
  const moment = { at, until: order.plannedActionAt };
  const { outstanding, carriedBy } = reviewSafeguards(determination, scope, evidence, [order.executor], moment);
  const reasons = [
    ...determinationRefusals(determination, facts, order, knownAt(adoptions, at)),
    ...scopeRefusals(determination, facts, scope, order, at),
    ...outstanding.map(({ kind, reason, provision }): Refusal => {
      return { code: 'SAFEGUARD_OUTSTANDING', detail: `${kind} ${reason}`, provision };
    }),
    ...personRefusals(order),
  ];
  if (reasons.length > 0) return { verdict: 'REFUSED', reasons, outstanding };

  const { notBefore, notAfter } = scope.measure;
  const ends = carriedBy.map((each) => (isNsc(each) ? each.expiresAt : each.validUntil));
  return {
    verdict: 'AUTHORISED',
    servers,
    notBefore,
    notAfter: ends.reduce<string>((one, two) => (two !== null && instant(two) < instant(one) ? two : one), notAfter),
    conditions: carriedBy.filter(isNsc).flatMap(({ conditions }) => conditions),
    evidence: carriedBy.map(({ id }) => id),
  };
}

function determinationRefusals(
  determination: JudgedDetermination,
  facts: Facts,
  order: OrderDraft,
  adoptions: readonly Adoption[],
): Refusal[] {
  const { guideline: id, outcome } = determination;
  const reasons: Refusal[] = [];
  if (outcome !== 'DETERMINED') reasons.push({ code: 'NOT_DETERMINED', detail: outcome });
  if (guidelineInForce(order.plannedActionAt, adoptions)?.id !== id)
    reasons.push({ code: 'GUIDELINE_NOT_IN_FORCE', detail: id });
  if (!bearsOut(determination, facts)) reasons.push({ code: 'DETERMINATION_DIFFERS', detail: id });
  return reasons;
}

/** Do the facts lead to this determination? Only what an order rests on is compared. */
function bearsOut(determination: JudgedDetermination, facts: Facts): boolean {
  const guideline = findGuideline(determination.guideline);
  if (!guideline || factsFault(facts) !== null) return false;
  const { outcome, nscReview, execution, safeguards, missingFacts } = determine(guideline, facts);
  return agrees({ outcome, nscReview, execution, safeguards, missingFacts }, determination);
}

function scopeRefusals(
  determination: JudgedDetermination,
  facts: Facts,
  scope: JudgedScope,
  order: OrderDraft,
  at: string,
): Refusal[] {
  const { notBefore, notAfter } = scope.measure;
  const reasons: Refusal[] = checkScope(determination, facts, scope).map(({ code, path }) => {
    return { code: 'SCOPE_FAULTY', detail: `${code} ${path}` };
  });
  if (scope.determination !== determination.digest) reasons.push({ code: 'DETERMINATION_STALE' });
  if (order.scopeDigest !== scope.scopeDigest) reasons.push({ code: 'SCOPE_STALE' });
  if (!scope.servers.some(({ executor }) => executor === order.executor)) {
    reasons.push({ code: 'EXECUTOR_UNUSED', detail: order.executor });
  }
  if (!within(notBefore, notAfter, order.plannedActionAt)) {
    reasons.push({ code: 'OUTSIDE_WINDOW', detail: order.plannedActionAt });
  }
  if (!(instant(at) < instant(notAfter))) reasons.push({ code: 'WINDOW_OVER', detail: notAfter });
  return reasons;
}

function personRefusals({ draftedBy, issuedBy }: OrderDraft): Refusal[] {
  if (!draftedBy.trim()) return [{ code: 'PERSON_MISSING', detail: 'draftedBy' }];
  if (!issuedBy.trim()) return [{ code: 'PERSON_MISSING', detail: 'issuedBy' }];
  return draftedBy === issuedBy ? [{ code: 'SAME_PERSON', detail: draftedBy }] : [];
}
