import { randomUUID } from 'node:crypto';
import type { EventData } from '@sekisho/contracts';
import { determine, FACTS_SCHEMA_VERSION, type Facts, findGuideline } from '@sekisho/guideline';
import { digestOf } from '@sekisho/signing';

/** A confirmation with a scope, as classification publishes it. */
export type ConfirmedCase = EventData<'classification.determinations.v1', 'determination-confirmed.v1'> & {
  scopeDigest: string;
};
/** A person as events name one. */
export const actor = (name: string) => ({ issuer: 'i', subject: name, person: name, organisation: 'org' });
/** RFC 3339, UTC. */
export const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
const text = 'Made up for a test.';

/** A case with an overseas server, for the police alone, confirmed with its scope: every kind of safeguard but two is needed. */
export function confirmedCase(): ConfirmedCase {
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
  const scope: ConfirmedCase['scope'] = {
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
