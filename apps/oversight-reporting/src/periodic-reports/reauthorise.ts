import {
  type Adoption,
  authorise,
  type Authorised,
  type CommissionApproval,
  type Evidence,
  type JudgedScope,
  type NscApproval,
  type OrderDraft,
} from '@sekisho/guideline';
import type { RecordedEvent } from '../ledger/event.store.js';

export interface Reauthorised {
  readonly orderId: string;
  readonly incidentId: string;
  readonly stands: boolean;
  readonly reasons: string[];
}

/**
 * Puts an issued order to the guideline's door again, from what the owners published about the case and from nothing that the order
 * itself claims: facts, determination and scope from the confirmation, evidence from decisions, rulings and offices' records, the version
 * in force from what was adopted.
 */
export function reauthorise(
  order: RecordedEvent,
  caseEvents: readonly RecordedEvent[],
  adoptions: readonly Adoption[],
): Reauthorised {
  const { orderId, incidentId, scopeDigest, executor, issuedAt, draftedBy, issuedBy } = order.data;
  const answer = (reasons: string[]): Reauthorised => ({ orderId, incidentId, stands: reasons.length === 0, reasons });
  const confirmed = caseEvents.find(
    ({ type, data }) => type === 'determination-confirmed.v1' && data.scopeDigest === scopeDigest,
  );
  // As instants: the contracts allow any offset.
  const byThen = (time: string): boolean => Date.parse(time) <= Date.parse(issuedAt);
  if (!confirmed || !byThen(confirmed.data.confirmedAt)) return answer(['CONFIRMATION_NOT_RECORDED']);
  const lapsed = caseEvents.some(
    ({ type, data }) => type === 'confirmation-lapsed.v1' && data.scopeDigest === scopeDigest && byThen(data.lapsedAt),
  );
  if (lapsed) return answer(['CONFIRMATION_LAPSED']);
  const { digest } = confirmed.data.determination;
  const later = caseEvents
    .filter(
      ({ type, data, time }) =>
        type === 'determination-made.v1' && data.determination.digest === digest && byThen(time),
    )
    .at(-1);
  const { facts, determination } = later && later.data.version > confirmed.data.version ? later.data : confirmed.data;
  const scope: JudgedScope = { ...confirmed.data.scope, scopeDigest };
  const draft: OrderDraft = {
    scopeDigest,
    executor,
    draftedBy: draftedBy.person,
    issuedBy: issuedBy.person,
    plannedActionAt: facts.plannedActionAt,
  };
  // A paper bears the date of its signature: one that came onto the record after the order cannot have carried it.
  const evidence = caseEvents
    .filter(({ type, data }) => type !== 'evidence-confirmed.v1' || byThen(data.confirmedAt))
    .flatMap(evidenceOf);
  const verdict = authorise(determination, facts, scope, evidence, draft, issuedAt, adoptions);
  if (verdict.verdict === 'AUTHORISED') return answer(differences(order, verdict));
  return answer(verdict.reasons.map(({ code, detail }) => [code, detail].filter(Boolean).join(' ')));
}

interface Given {
  readonly servers: readonly { readonly ref: string; readonly address: string }[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly conditions: readonly string[];
}

/** Where what the agencies were given goes beyond what the door allows: other servers or addresses, a longer time, fewer conditions. */
function differences(order: RecordedEvent, allowed: Authorised): string[] {
  const addresses = new Map(allowed.servers.map(({ ref, address }) => [ref, address]));
  return (order.data.orders as { order: Given }[]).flatMap(({ order: given }) => {
    const others = given.servers.filter(({ ref, address }) => addresses.get(ref) !== address);
    const early = Date.parse(given.notBefore) < Date.parse(allowed.notBefore);
    const late = Date.parse(given.notAfter) > Date.parse(allowed.notAfter);
    const without = allowed.conditions.some((condition) => !given.conditions.includes(condition));
    return [
      ...others.map(({ ref }) => `SERVER_DIFFERS ${ref}`),
      ...(early || late ? ['WINDOW_DIFFERS'] : []),
      ...(without ? ['CONDITIONS_DIFFER'] : []),
    ];
  });
}

function evidenceOf({ type, data }: RecordedEvent): Evidence[] {
  const persons = { recordedBy: data.recordedBy?.person, confirmedBy: data.confirmedBy?.person ?? null };
  const { scopeDigest } = data;
  if (type === 'decision-confirmed.v1') {
    const { decisionId: id, outcome, conditions, confirmedAt: decidedAt, expiresAt } = data;
    return [
      {
        id,
        safeguard: 'NSC_APPROVAL',
        scopeDigest,
        ...persons,
        outcome,
        conditions,
        decidedAt,
        expiresAt,
      } satisfies NscApproval,
    ];
  }
  if (type === 'decision-withdrawn.v1') {
    const { withdrawalId: id, confirmedAt } = data;
    // Dated as it was confirmed: an order that was issued before does not see it.
    const dated = { decidedAt: confirmedAt, expiresAt: confirmedAt };
    const withdrawn = { id, scopeDigest, ...persons, outcome: 'WITHDRAWN', ...dated } as const;
    return [{ safeguard: 'NSC_APPROVAL', ...withdrawn, conditions: [] } satisfies NscApproval];
  }
  if (type === 'ruling-confirmed.v1') {
    const { rulingId: id, timing, outcome, confirmedAt: ruledAt, validUntil } = data;
    const ruling = { id, scopeDigest, ...persons, timing, outcome, ruledAt, validUntil, urgent: null };
    return [{ safeguard: 'COMMISSION_APPROVAL', ...ruling } satisfies CommissionApproval];
  }
  if (type === 'commission-requested.v1' && data.timing === 'POST_NOTIFICATION') {
    const urgent = { whyNoTime: data.whyNoTime, declaredAt: data.requestedAt, by: data.requestedBy.person };
    const pending = { outcome: 'PENDING', ruledAt: null, validUntil: null } as const;
    const asked = {
      id: data.requestId,
      scopeDigest,
      recordedBy: urgent.by,
      confirmedBy: null,
      timing: data.timing,
      urgent,
      ...pending,
    };
    return [{ safeguard: 'COMMISSION_APPROVAL', ...asked } satisfies CommissionApproval];
  }
  if (type === 'evidence-confirmed.v1') {
    const { evidenceId: id, safeguard, servers, signedAt, validUntil } = data;
    return [
      { id, safeguard, scopeDigest, ...persons, ...(servers ? { servers } : {}), signedAt, validUntil } as Evidence,
    ];
  }
  return [];
}
