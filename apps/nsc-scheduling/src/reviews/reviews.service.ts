import { Injectable } from '@nestjs/common';
import { id, type ReviewSummary, type ReviewView } from '@sekisho/contracts';
import type { Principal } from '@sekisho/identity';
import { notFound, type Page, pageOf, pageQuery, positionOf, Work } from '@sekisho/service';
import type { z } from 'zod';
import type { Tx } from '../database.js';
import { ReviewStore } from './review.store.js';
import { summaryOf, viewOf } from './review-view.js';

export const reviewsQuery = pageQuery.extend({ incidentId: id.optional() });
export type ReviewsQuery = z.infer<typeof reviewsQuery>;

/** Reads reviews; changes nothing. */
@Injectable()
export class ReviewsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: ReviewStore,
  ) {}

  list(principal: Principal, { limit, cursor, incidentId }: ReviewsQuery): Promise<Page<ReviewSummary>> {
    const before = positionOf(cursor);
    return this.work.read(principal, async (tx) =>
      pageOf(await this.store.page(tx, incidentId, before, limit + 1), limit, (review) => review.reviewId, summaryOf),
    );
  }

  show(principal: Principal, reviewId: string): Promise<ReviewView> {
    return this.work.read(principal, async (tx) => {
      const review = await this.store.load(tx, reviewId);
      if (review === undefined) throw notFound();
      return viewOf(review);
    });
  }
}
