import { Injectable } from '@nestjs/common';
import type { DecisionStanding, StandingQuery } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { Clock, Work } from '@sekisho/service';
import type { Tx } from '../database.js';
import { ReviewStore } from '../reviews/review.store.js';
import { standingOf } from './standing.js';

@Injectable()
export class StandingService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly reviews: ReviewStore,
    private readonly clock: Clock,
  ) {}

  ask(principal: Principal, query: StandingQuery): Promise<DecisionStanding> {
    return this.work.read(principal, async (tx) => {
      const [review] = await this.reviews.find(tx, query);
      return standingOf(review, query, this.clock.now().getTime());
    });
  }
}
