import { Injectable } from '@nestjs/common';
import { type EventContext, handlersOf, Outbox, type ReceivedEvent, type Subscription } from '@sekisho/messaging';
import { Clock, Ids } from '@sekisho/service';
import type { Tx } from '../database.js';
import { MeetingClosing } from '../meetings/meeting-closing.js';
import { ITSELF, type Provenance } from '../provenance.js';
import { MEETINGS_LOCK } from '../refusal.js';
import type { Review } from './review.js';
import { ReviewStore } from './review.store.js';
import { type Confirmed, type Lapsed, onConfirmed, onLapsed } from './take-in.js';

const TOPIC = 'classification.determinations.v1';

/** Confirmations open and supersede reviews; what lapses supersedes them. */
@Injectable()
export class DeterminationsConsumer implements Subscription {
  readonly topic = TOPIC;
  readonly handlers = handlersOf<typeof TOPIC, Tx>(TOPIC, {
    'determination-confirmed.v1': {
      keys: ({ data }) => [data.incidentId, MEETINGS_LOCK],
      handle: (tx, event, context) => this.confirmed(tx, event, context),
    },
    'confirmation-lapsed.v1': {
      keys: ({ data }) => [data.incidentId, MEETINGS_LOCK],
      handle: (tx, event, context) => this.lapsed(tx, event, context),
    },
  });

  constructor(
    private readonly store: ReviewStore,
    private readonly closing: MeetingClosing,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  private async confirmed(tx: Tx, event: ReceivedEvent<Confirmed>, context: EventContext): Promise<void> {
    const { data } = event;
    const by = this.provenance(event, context);
    const reviews = await this.store.find(tx, { incidentId: data.incidentId });
    const { open, supersede } = onConfirmed(reviews, data, this.ids.next(), by.at.toISOString());
    await this.supersede(tx, supersede, 'REPLACED', event, by);
    if (open === null) return;
    await this.store.open(tx, open, by);
    const { reviewId, incidentId, scopeDigest, required, openedAt } = open;
    const { bases } = open.determination.nscReview;
    await this.outbox.append(tx, context, {
      topic: 'nsc.reviews.v1',
      type: 'review-opened.v1',
      key: incidentId,
      subject: incidentId,
      dependsOn: `${TOPIC}/${event.id}`,
      data: { reviewId, incidentId, scopeDigest, required, bases, openedAt },
    });
  }

  private async lapsed(tx: Tx, event: ReceivedEvent<Lapsed>, context: EventContext): Promise<void> {
    const reviews = await this.store.find(tx, { incidentId: event.data.incidentId });
    await this.supersede(tx, onLapsed(reviews, event.data), 'LAPSED', event, this.provenance(event, context));
  }

  private async supersede(
    tx: Tx,
    reviews: readonly Review[],
    reason: 'LAPSED' | 'REPLACED',
    event: ReceivedEvent,
    by: Provenance,
  ): Promise<void> {
    for (const { reviewId, incidentId, scopeDigest } of reviews) {
      await this.store.supersede(tx, reviewId, reason, by);
      await this.closing.closeSettled(tx, reviewId, by);
      await this.outbox.append(tx, by, {
        topic: 'nsc.reviews.v1',
        type: 'review-superseded.v1',
        key: incidentId,
        subject: incidentId,
        dependsOn: `${TOPIC}/${event.id}`,
        data: { reviewId, incidentId, scopeDigest, supersededAt: by.at.toISOString() },
      });
    }
  }

  private provenance(event: ReceivedEvent, context: EventContext): Provenance {
    return { ...context, causationId: event.id, by: ITSELF, at: this.clock.now() };
  }
}
