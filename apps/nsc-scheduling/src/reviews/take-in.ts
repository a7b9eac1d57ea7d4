import type { EventData } from '@sekisho/contracts';
import type { Review } from './review.js';

type Topic = 'classification.determinations.v1';
export type Confirmed = EventData<Topic, 'determination-confirmed.v1'>;
export type Lapsed = EventData<Topic, 'confirmation-lapsed.v1'>;

export interface TakenIn {
  readonly open: Review | null;
  readonly supersede: Review[];
}

/**
 * What a confirmation means for an incident's reviews. One that names a scope whose review is required, or may be, opens a review, and
 * nothing else does. Reviews of another scope, or of another determination, are superseded.
 */
export function onConfirmed(reviews: readonly Review[], event: Confirmed, reviewId: string, at: string): TakenIn {
  const { incidentId, scopeDigest, scope, determination } = event;
  const standing = reviews.filter(({ supersededAt }) => supersededAt === null);
  const supersede = standing.filter((review) =>
    scopeDigest === null ? review.determination.digest !== determination.digest : review.scopeDigest !== scopeDigest,
  );
  const { required } = determination.nscReview;
  const known = reviews.some((review) => review.scopeDigest === scopeDigest);
  if (scopeDigest === null || scope === null || required === 'NO' || known) return { open: null, supersede };
  return {
    open: {
      reviewId,
      incidentId,
      scopeDigest,
      required,
      determination,
      scope,
      openedAt: at,
      supersededAt: null,
      meetings: [],
      decisions: [],
      withdrawals: [],
    },
    supersede,
  };
}

/** A confirmation that lapsed takes the review of its scope with it; one without a scope those of its determination. */
export const onLapsed = (reviews: readonly Review[], { scopeDigest, digest }: Lapsed): Review[] =>
  reviews.filter(
    (review) =>
      review.supersededAt === null &&
      (scopeDigest === null ? review.determination.digest === digest : review.scopeDigest === scopeDigest),
  );
