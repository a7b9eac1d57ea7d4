import { aDecision, aReview, at, digest, NOW, UNCONFIRMED } from '../../test/builders.js';
import type { Review } from '../reviews/review.js';
import { standingOf } from './standing.js';

const query = { incidentId: 'i1', scopeDigest: digest('1') };
const ask = (review: Review | undefined, now = NOW) => standingOf(review, query, now);

describe('an approval stands', () => {
  it.each(['APPROVED', 'APPROVED_WITH_CONDITIONS'] as const)('when it is %s, confirmed and not expired', (outcome) => {
    expect(ask(aReview({ decisions: [aDecision({ outcome })] }))).toMatchObject({
      ...{ stands: true, outcome, expiresAt: at(600), decisionId: 'd1', reviewId: 'r1' },
    });
  });

  it('until just before it expires', () => {
    const review = aReview({ decisions: [aDecision()] });
    expect(ask(review, Date.parse(at(600)) - 1).stands).toBe(true);
    expect(ask(review, Date.parse(at(600))).stands).toBe(false);
  });

  it.each([
    ['there is no review', undefined],
    ['nothing is decided', aReview()],
    ['nobody confirmed it', aReview({ decisions: [aDecision(UNCONFIRMED)] })],
    ['the review is superseded', aReview({ decisions: [aDecision()], supersededAt: at(-1) })],
    ['it is RETURNED', aReview({ decisions: [aDecision({ outcome: 'RETURNED' })] })],
    ['it is REJECTED', aReview({ decisions: [aDecision({ outcome: 'REJECTED' })] })],
    ['it is DEFERRED', aReview({ decisions: [aDecision({ outcome: 'DEFERRED' })] })],
  ])('not where %s', (_, review) => expect(ask(review)).toMatchObject({ stands: false, ...query }));
});
