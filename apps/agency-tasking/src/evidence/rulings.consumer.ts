import { Injectable } from '@nestjs/common';
import { handlersOf, type Subscription } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { StopService } from '../orders/stop.service.js';
import { EvidenceStore } from './evidence.store.js';

const TOPIC = 'oversight.rulings.v1';

/** The commission's confirmed rulings are evidence; one that says no stops what still runs. */
@Injectable()
export class RulingsConsumer implements Subscription {
  readonly topic = TOPIC;
  readonly handlers = handlersOf<typeof TOPIC, Tx>(TOPIC, {
    'ruling-confirmed.v1': {
      keys: ({ data }) => [data.incidentId],
      handle: async (tx, { data }, context) => {
        const { rulingId, incidentId, scopeDigest, timing, outcome, validUntil, confirmedAt } = data;
        const asked = await tx.commissionRequest.findUnique({ where: { id: data.requestId } });
        const urgent =
          timing === 'PRIOR' || !asked
            ? null
            : {
                whyNoTime: asked.whyNoTime ?? '',
                declaredAt: asked.recordedAt.toISOString(),
                by: (asked.requestedActor as { person: string }).person,
              };
        const content = { timing, outcome, ruledAt: confirmedAt, validUntil, urgent };
        await this.evidence.add(
          tx,
          {
            id: rulingId,
            incidentId,
            safeguard: 'COMMISSION_APPROVAL',
            scopeDigest,
            content,
            by: data.recordedBy,
            at: data.recordedAt,
          },
          context,
        );
        await this.evidence.confirm(tx, rulingId, data.confirmedBy, confirmedAt, context);
        if (outcome === 'APPROVED' || outcome === 'JUSTIFIED') return;
        await this.stops.stopAll(tx, context, scopeDigest, `the commission ruled ${outcome}`);
      },
    },
  });

  constructor(
    private readonly evidence: EvidenceStore,
    private readonly stops: StopService,
  ) {}
}
