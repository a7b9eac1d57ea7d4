import type { CommissionRequestView } from '@sekisho/contracts';
import type { RecordedEvent } from '../ledger/event.store.js';

/** The scope of a case that stands, by the events of the case: confirmed last and not lapsed. */
export function currentScope(caseEvents: readonly RecordedEvent[]): string | null {
  let current: string | null = null;
  for (const { type, data } of caseEvents) {
    if (type === 'determination-confirmed.v1' && data.scopeDigest !== null) current = data.scopeDigest as string;
    if (type === 'confirmation-lapsed.v1' && data.scopeDigest === current) current = null;
  }
  return current;
}

/** Requests among the events of one case, each with what became of it. */
export function requestsOf(caseEvents: readonly RecordedEvent[]): CommissionRequestView[] {
  const current = currentScope(caseEvents);
  const ruled = new Map<string, string>(
    caseEvents
      .filter(({ type }) => type === 'ruling-confirmed.v1')
      .map(({ data }) => [data.requestId as string, data.rulingId as string]),
  );
  return caseEvents
    .filter(({ type }) => type === 'commission-requested.v1')
    .map(({ data }) => {
      const rulingId = ruled.get(data.requestId) ?? null;
      const state = rulingId ? 'RULED' : data.scopeDigest === current ? 'PENDING' : 'STALE';
      return { ...(data as Omit<CommissionRequestView, 'state' | 'rulingId'>), state, rulingId };
    });
}
