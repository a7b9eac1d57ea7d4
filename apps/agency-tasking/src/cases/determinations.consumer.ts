import { Injectable } from '@nestjs/common';
import { handlersOf, type Subscription } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { StopService } from '../orders/stop.service.js';
import { SuspensionService } from '../orders/suspension.service.js';
import { CaseStore } from './case.store.js';

const TOPIC = 'classification.determinations.v1';

/** Takes over what classification confirmed; stops what rests on a confirmation that lapsed, suspends what rests on a contested fact. */
@Injectable()
export class DeterminationsConsumer implements Subscription {
  readonly topic = TOPIC;
  readonly handlers = handlersOf<typeof TOPIC, Tx>(TOPIC, {
    'determination-made.v1': {
      keys: ({ data }) => [data.incidentId],
      handle: (tx, { data }, context) => this.cases.addLaterFacts(tx, data, context),
    },
    'determination-confirmed.v1': {
      keys: ({ data }) => [data.incidentId],
      handle: async (tx, { data }, context) => {
        await this.cases.addConfirmed(tx, data, context);
        if (data.scopeDigest === null) return;
        for (const scopeDigest of await this.cases.earlierScopes(tx, data.incidentId, data.scopeDigest)) {
          await this.stops.stopAll(tx, context, scopeDigest, 'another scope was confirmed');
        }
      },
    },
    'confirmation-lapsed.v1': {
      keys: ({ data }) => [data.incidentId],
      handle: async (tx, { data }, context) => {
        const { incidentId, scopeDigest, reason, lapsedAt } = data;
        if (scopeDigest === null) return;
        await this.cases.addLapse(tx, { scopeDigest, source: 'CLASSIFICATION', incidentId, reason, lapsedAt }, context);
        await this.stops.stopAll(tx, context, scopeDigest, `the confirmation lapsed: ${reason}`);
      },
    },
    'fact-contested.v1': {
      keys: ({ data }) => [data.incidentId],
      handle: async (tx, { data }, context) => {
        await this.cases.addContest(tx, data, context);
        await this.suspensions.suspendAll(tx, context, data.incidentId, `${data.fact} is contested`);
      },
    },
    'contest-settled.v1': {
      keys: ({ data }) => [data.incidentId],
      handle: async (tx, { data }, context) => {
        await this.cases.settle(tx, data, context);
        // What is changed lapses, and is stopped for that.
        if (!data.upheld || (await this.cases.contested(tx, data.incidentId)).length > 0) return;
        await this.suspensions.resumeAll(tx, context, data.incidentId, `${data.fact} was upheld`);
      },
    },
  });

  constructor(
    private readonly cases: CaseStore,
    private readonly stops: StopService,
    private readonly suspensions: SuspensionService,
  ) {}
}
