import { Injectable } from '@nestjs/common';
import type { Actor } from '@sekisho/contracts';
import { toActor } from '@sekisho/identity';
import { type Answer, Clock, notFound, Work, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import type { Provenance } from '../provenance.js';
import { MEETINGS_LOCK } from '../refusal.js';
import type { Review } from './review.js';
import { ReviewStore } from './review.store.js';

/** Who changes a review, when, and as a part of what. */
export interface ByPerson extends Provenance {
  readonly by: Actor;
}

/** The one way in which a person changes a review: with the incident and the meetings locked before anything is loaded. */
@Injectable()
export class ReviewWork {
  constructor(
    private readonly work: Work<Tx>,
    private readonly reviews: ReviewStore,
    private readonly clock: Clock,
  ) {}

  async change<Body>(
    request: WorkRequest,
    reviewId: string,
    decide: (tx: Tx, review: Review, provenance: ByPerson) => Promise<Answer<Body>>,
  ): Promise<Answer<Body>> {
    const incidents = await this.work.read(request.principal, (tx) => this.reviews.incidentsOf(tx, [reviewId]));
    return this.work.run(request, [...incidents, MEETINGS_LOCK], async (tx, context) => {
      const review = await this.reviews.load(tx, reviewId);
      if (review === undefined) throw notFound();
      return decide(tx, review, { ...context, by: toActor(request.principal), at: this.clock.now() });
    });
  }
}
