import { randomUUID } from 'node:crypto';
import type { EventData } from '@sekisho/contracts';
import { actor, type ConfirmedCase, inHours } from '@sekisho/testing';

export type Asked = EventData<'tasking.decisions.v1', 'commission-requested.v1'>;

const text = 'Made up for a test.';

/** What tasking asks the commission about a case. */
export const asked = (known: ConfirmedCase, timing: Asked['timing'] = 'PRIOR'): Asked => ({
  requestId: randomUUID(),
  incidentId: known.incidentId,
  scopeDigest: known.scopeDigest,
  timing,
  whyNoTime: timing === 'PRIOR' ? null : text,
  facts: known.facts,
  determination: known.determination,
  scope: known.scope!,
  requestedBy: actor('officer-1'),
  requestedAt: new Date().toISOString(),
});

export const approval = ({ requestId, scopeDigest }: Asked) => ({
  requestId,
  scopeDigest,
  outcome: 'APPROVED',
  reason: text,
  validUntil: inHours(24),
});
