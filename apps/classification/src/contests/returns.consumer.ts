import { Injectable } from '@nestjs/common';
import { handlersOf, Outbox, Rejected, type Subscription } from '@sekisho/messaging';
import { Clock, Ids } from '@sekisho/service';
import type { Tx } from '../database.js';
import { contestedEvents } from '../incidents/incident-events.js';
import { IncidentStore } from '../incidents/incident.store.js';
import { contestsOf } from './contest.js';

const TOPIC = 'tasking.decisions.v1';

/** What agencies found out while they carried an order out: where it contradicts the case, the fact is contested. */
@Injectable()
export class ReturnsConsumer implements Subscription {
  readonly topic = TOPIC;
  readonly handlers = handlersOf<typeof TOPIC, Tx>(TOPIC, {
    'return-recorded.v1': {
      keys: ({ data, key }) => [data.incidentId ?? key],
      handle: async (tx, { data, source: recordedBy }, context) => {
        const { accepted, agency, incidentId, payload } = data;
        const remarks = accepted && Array.isArray(payload?.newFacts) ? payload.newFacts : [];
        const found = remarks.filter((remark) => typeof remark !== 'string');
        if (incidentId === null || found.length === 0) return;
        const incident = await this.store.load(tx, incidentId);
        if (incident === undefined) throw new Rejected(`there is no incident ${incidentId}`);
        const at = this.clock.now().toISOString();
        const nextId = () => this.ids.next();
        const contests = contestsOf(incident, found, { source: `/agency-${agency}`, at, nextId });
        if (contests.length === 0) return;
        await this.store.addContests(tx, incidentId, contests, { ...context, recordedBy });
        await this.store.touch(tx, incidentId);
        await this.outbox.append(tx, context, ...contestedEvents(incidentId, contests));
      },
    },
  });

  constructor(
    private readonly store: IncidentStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}
}
