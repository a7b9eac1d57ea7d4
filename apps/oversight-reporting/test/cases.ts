import { randomUUID } from 'node:crypto';
import type { EventData } from '@sekisho/contracts';
import { determine, FACTS_SCHEMA_VERSION, type Facts, findGuideline } from '@sekisho/guideline';
import { digestOf } from '@sekisho/signing';

export type Confirmed = EventData<'classification.determinations.v1', 'determination-confirmed.v1'> & {
  scopeDigest: string;
};
export type Asked = EventData<'tasking.decisions.v1', 'commission-requested.v1'>;

export const actor = (name: string) => ({ issuer: 'i', subject: name, person: name, organisation: 'org' });
export const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
const text = 'Made up for a test.';

/** A case with an overseas server, confirmed with its scope, as classification publishes it. */
export function confirmedCase(): Confirmed {
  const facts: Facts = {
    plannedActionAt: inHours(1),
    measureContemplated: 'TRUE',
    graveHarmUrgent: 'TRUE',
    nationalSecurityImpact: 'TRUE',
    communicationProtection: 'FALSE',
    noTimeForPriorApproval: 'FALSE',
    servers: [{ ref: 's1', location: 'OVERSEAS' }],
    targets: [{ ref: 't1', kind: 'CRITICAL_INFRASTRUCTURE' }],
  };
  const guideline = findGuideline('acd-2026-10')!;
  const digest = digestOf({ guideline: guideline.id, factsSchema: FACTS_SCHEMA_VERSION, facts });
  const incidentId = randomUUID();
  const scope: Confirmed['scope'] = {
    determination: digest,
    measure: {
      kind: 'ADMINISTRATOR_ORDER',
      purpose: text,
      expectedEffect: text,
      thirdPartyRisk: text,
      alternatives: text,
      notBefore: inHours(-1),
      notAfter: inHours(48),
    },
    servers: [{ ref: 's1', address: '198.51.100.37', attacks: ['t1'], executor: 'NPA_SOLE' }],
  };
  return {
    incidentId,
    version: 1,
    facts,
    claims: [],
    determination: { ...determine(guideline, facts), digest },
    scope,
    scopeVersion: 1,
    scopeDigest: digestOf({ incidentId, version: 1, scope }),
    proposedBy: actor('analyst-1'),
    assertedBy: [actor('analyst-1')],
    confirmedBy: actor('analyst-2'),
    confirmedAt: new Date().toISOString(),
  };
}

/** What tasking asks the commission about a case. */
export const asked = (known: Confirmed, timing: Asked['timing'] = 'PRIOR'): Asked => ({
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
