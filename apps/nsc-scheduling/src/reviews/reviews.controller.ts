import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, reviewPage, reviewView } from '@sekisho/contracts';
import { CurrentPrincipal, Permit, type Principal } from '@sekisho/identity';
import { reviewsQuery, type ReviewsQuery, ReviewsService } from './reviews.service.js';

/** What the council is to judge. Confirmations open reviews; nobody opens one by hand. */
@ApiTags('reviews')
@Controller('v1/reviews')
export class ReviewsController {
  constructor(private readonly reviews: ReviewsService) {}

  @Get()
  @Permit('review:read')
  @ApiResponse({ status: 200, description: 'Newest first.', standardSchema: reviewPage })
  list(@CurrentPrincipal() principal: Principal, @Query({ schema: reviewsQuery }) query: ReviewsQuery) {
    return this.reviews.list(principal, query);
  }

  @Get(':id')
  @Permit('review:read')
  @ApiResponse({ status: 200, description: 'With exactly what is to be judged.', standardSchema: reviewView })
  show(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) reviewId: string) {
    return this.reviews.show(principal, reviewId);
  }
}
