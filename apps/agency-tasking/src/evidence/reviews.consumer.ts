import { Injectable } from '@nestjs/common';
import { handlersOf, type Subscription } from '@sekisho/messaging';
import { CaseStore } from '../cases/case.store.js';
import type { Tx } from '../database.js';
import { StopService } from '../orders/stop.service.js';
import { EvidenceStore } from './evidence.store.js';

const TOPIC = 'nsc.reviews.v1';

/** The NSC's confirmed decisions and withdrawals are evidence; a superseded review takes what it gave away. */
@Injectable()
export class ReviewsConsumer implements Subscription {
  readonly topic = TOPIC;
  readonly handlers = handlersOf<typeof TOPIC, Tx>(TOPIC, {
    'decision-confirmed.v1': {
      keys: ({ data }) => [data.incidentId],
      handle: async (tx, { data }, context) => {
        const { decisionId, incidentId, scopeDigest, outcome, conditions, expiresAt, confirmedAt } = data;
        const content = { outcome, conditions, decidedAt: confirmedAt, expiresAt };
        await this.evidence.add(
          tx,
          {
            id: decisionId,
            incidentId,
            safeguard: 'NSC_APPROVAL',
            scopeDigest,
            content,
            by: data.recordedBy,
            at: data.recordedAt,
          },
          context,
        );
        await this.evidence.confirm(tx, decisionId, data.confirmedBy, confirmedAt, context);
        if (outcome.startsWith('APPROVED')) return;
        await this.stops.stopAll(tx, context, scopeDigest, `the NSC decided ${outcome}`);
      },
    },
    'decision-withdrawn.v1': {
      keys: ({ data }) => [data.incidentId],
      handle: async (tx, { data }, context) => {
        const { withdrawalId: id, incidentId, scopeDigest, reason, recordedBy: by, recordedAt: at, confirmedAt } = data;
        // It carries nothing, so it expires at once: as the latest decision it takes the place of the approval.
        const content = { outcome: 'WITHDRAWN', conditions: [], decidedAt: confirmedAt, expiresAt: confirmedAt };
        const safeguard = 'NSC_APPROVAL';
        await this.evidence.add(tx, { id, incidentId, safeguard, scopeDigest, content, by, at }, context);
        await this.evidence.confirm(tx, id, data.confirmedBy, confirmedAt, context);
        await this.stops.stopAll(tx, context, scopeDigest, `the NSC withdrew its approval: ${reason}`);
      },
    },
    'review-superseded.v1': {
      keys: ({ data }) => [data.incidentId],
      handle: async (tx, { data }, context) => {
        const { incidentId, scopeDigest, supersededAt: lapsedAt } = data;
        const reason = 'REVIEW_SUPERSEDED';
        await this.cases.addLapse(tx, { scopeDigest, source: 'SCHEDULING', incidentId, reason, lapsedAt }, context);
        await this.stops.stopAll(tx, context, scopeDigest, 'its review was superseded');
      },
    },
  });

  constructor(
    private readonly cases: CaseStore,
    private readonly evidence: EvidenceStore,
    private readonly stops: StopService,
  ) {}
}
