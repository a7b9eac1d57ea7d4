import type { ReturnPayload } from '@sekisho/contracts';
import { type Evidence, type Executor, type Obligation, obligations, type OrderRecord } from '@sekisho/guideline';
import type { OrderRow } from './order.js';
import { ANSWER_STOP_WITHIN_MS, later } from './settings.js';

/** What is on record about an order besides its own row. */
export interface AboutOrder {
  readonly returns: readonly { readonly agency: string; readonly kind: string; readonly recordedAt: Date }[];
  readonly evidence: readonly Evidence[];
  /** When the commission was told of the urgency: the request reaches it by event. */
  readonly notifiedAt: Date | null;
}

/** What is owed after an order, and until when, as the guideline says; nothing before it was issued. */
export function obligationsOf(
  order: OrderRow,
  { returns, evidence, notifiedAt }: AboutOrder,
  at: string,
): Obligation[] {
  const { issuedAt, acknowledgeBy, notAfter } = order;
  if (issuedAt === null || acknowledgeBy === null || notAfter === null) return [];
  const became = (states: readonly string[]): Date[] =>
    order.changes.filter(({ toState }) => states.includes(toState)).map(({ recordedAt }) => recordedAt);
  const record: OrderRecord = {
    scopeDigest: order.scopeDigest,
    executor: order.executor as Executor,
    issuedAt: issuedAt.toISOString(),
    acknowledgeBy: acknowledgeBy.toISOString(),
    notAfter: notAfter.toISOString(),
    returns: returns.map(({ agency, kind, recordedAt }) => ({
      agency: `agency-${agency as 'npa' | 'sdf'}`,
      kind: kind as ReturnPayload['kind'],
      at: recordedAt.toISOString(),
    })),
    stops: became(['STOP_REQUESTED']).map((requestedAt) => ({
      requestedAt: requestedAt.toISOString(),
      answerBy: later(requestedAt.toISOString(), ANSWER_STOP_WITHIN_MS),
    })),
    notifiedAt: notifiedAt?.toISOString() ?? null,
    rulingAnsweredAt: null,
    fellAt: became(['DECLINED', 'REVOKED'])[0]?.toISOString() ?? null,
  };
  return obligations(record, evidence, at);
}
