import type { EventType } from '@sekisho/contracts';
import type { NewEvent } from '@sekisho/messaging';
import { assertedBy } from './fold-facts.js';
import type {
  Claim,
  Confirmation,
  Contest,
  Incident,
  Lapse,
  MadeDetermination,
  Mark,
  ProposedScope,
  Settled,
} from './incident.js';

const TOPIC = 'classification.determinations.v1';
type Event<Type extends EventType<typeof TOPIC>> = NewEvent<typeof TOPIC, Type>;

// Key and subject of everything said about an incident are its id.
const about = (incidentId: string) => ({ topic: TOPIC, key: incidentId, subject: incidentId }) as const;

export const incidentOpened = (incident: Incident, reportId: string): Event<'incident-opened.v1'> => ({
  ...about(incident.id),
  type: 'incident-opened.v1',
  data: {
    incidentId: incident.id,
    reportId,
    openedAt: incident.openedAt,
    servers: [...incident.servers],
    targets: [...incident.targets],
  },
});

export const claimRecordedEvent = (incidentId: string, claim: Claim): Event<'claim-recorded.v1'> => ({
  ...about(incidentId),
  type: 'claim-recorded.v1',
  data: { incidentId, claim },
});

export const determinationMade = (incidentId: string, made: MadeDetermination): Event<'determination-made.v1'> => ({
  ...about(incidentId),
  type: 'determination-made.v1',
  data: { incidentId, ...made },
});

export const scopeProposedEvent = (
  incidentId: string,
  { lapsed: _lapsed, ...proposed }: ProposedScope,
): Event<'scope-proposed.v1'> => ({
  ...about(incidentId),
  type: 'scope-proposed.v1',
  data: { incidentId, ...proposed },
});

/** Carries all that was judged: who takes it in needs to ask nobody. */
export function confirmedEvent(incident: Incident, confirmed: Confirmation): Event<'determination-confirmed.v1'> {
  const { version, facts, determination } = incident.determination;
  const scope = confirmed.scopeDigest === null ? null : incident.scope;
  return {
    ...about(incident.id),
    type: 'determination-confirmed.v1',
    data: {
      incidentId: incident.id,
      version,
      facts,
      claims: [...incident.claims],
      determination,
      scope: scope?.scope ?? null,
      scopeVersion: scope?.version ?? null,
      scopeDigest: scope?.scopeDigest ?? null,
      proposedBy: scope?.proposedBy ?? null,
      assertedBy: assertedBy(incident),
      confirmedBy: confirmed.confirmedBy,
      confirmedAt: confirmed.confirmedAt,
    },
  };
}

export const contestedEvents = (incidentId: string, contests: readonly Contest[]): Event<'fact-contested.v1'>[] =>
  contests.map(({ settledBy: _none, ...contest }) => ({
    ...about(incidentId),
    type: 'fact-contested.v1',
    data: { incidentId, ...contest },
  }));

export const settledEvents = (incidentId: string, settled: readonly Settled[]): Event<'contest-settled.v1'>[] =>
  settled.map((one) => ({ ...about(incidentId), type: 'contest-settled.v1', data: { incidentId, ...one } }));

export const markedEvent = (incidentId: string, mark: Mark): Event<'incident-marked.v1'> => ({
  ...about(incidentId),
  type: 'incident-marked.v1',
  data: { incidentId, ...mark },
});

export const revisionHeldEvent = (
  incidentId: string,
  data: Omit<Event<'revision-held.v1'>['data'], 'incidentId'>,
): Event<'revision-held.v1'> => ({ ...about(incidentId), type: 'revision-held.v1', data: { incidentId, ...data } });

export const revisionTakenEvent = (
  incidentId: string,
  data: Omit<Event<'revision-taken.v1'>['data'], 'incidentId'>,
): Event<'revision-taken.v1'> => ({ ...about(incidentId), type: 'revision-taken.v1', data: { incidentId, ...data } });

/** One event where a confirmation lapses, none where it does not. */
export const lapsedEvents = (incidentId: string, lapse: Lapse | null): Event<'confirmation-lapsed.v1'>[] =>
  lapse === null
    ? []
    : [
        {
          ...about(incidentId),
          type: 'confirmation-lapsed.v1',
          data: {
            incidentId,
            digest: lapse.confirmation.digest,
            scopeDigest: lapse.confirmation.scopeDigest,
            reason: lapse.reason,
            lapsedAt: lapse.at,
          },
        },
      ];
