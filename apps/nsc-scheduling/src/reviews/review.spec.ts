import { aDecision, aMeeting, aReview, at, digest, entry, UNCONFIRMED } from '../../test/builders.js';
import { confirmedDecision, isSettledAt, stateOf } from './review.js';
import { summaryOf } from './review-view.js';
import { type Confirmed, type Lapsed, onConfirmed, onLapsed } from './take-in.js';

describe('the state of a review', () => {
  const meetings = [entry()];
  it.each([
    ['OPEN', aReview()],
    ['SCHEDULED', aReview({ meetings })],
    ['SCHEDULED', aReview({ meetings, decisions: [aDecision(UNCONFIRMED)] })],
    ['DECIDED', aReview({ meetings, decisions: [aDecision()] })],
    ['DECIDED', aReview({ meetings, decisions: [aDecision({ outcome: 'REJECTED' })] })],
    ['OPEN', aReview({ meetings, decisions: [aDecision({ outcome: 'RETURNED' })] })],
    ['OPEN', aReview({ meetings, decisions: [aDecision({ outcome: 'DEFERRED' })] })],
    [
      'SCHEDULED',
      aReview({
        meetings: [entry(), entry(aMeeting({ meetingId: 'm2' }))],
        decisions: [aDecision({ outcome: 'DEFERRED' })],
      }),
    ],
    ['OPEN', aReview({ meetings: [entry(aMeeting({ closedAt: at(0) }))] })],
    ['SUPERSEDED', aReview({ meetings, decisions: [aDecision()], supersededAt: at(0) })],
  ] as const)('is %s', (state, review) => expect(stateOf(review)).toBe(state));

  it('is settled at the meeting that deferred it, and not at the next', () => {
    const deferred = aReview({ decisions: [aDecision({ outcome: 'DEFERRED' })] });
    expect([isSettledAt(deferred, 'm1'), isSettledAt(deferred, 'm2')]).toEqual([true, false]);
    expect(isSettledAt(aReview({ decisions: [aDecision()] }), 'm2')).toBe(true);
  });

  it('rests on the latest decision that two people stand for', () => {
    const decisions = [aDecision({ outcome: 'DEFERRED' }), aDecision({ decisionId: 'd2' }), aDecision(UNCONFIRMED)];
    expect(confirmedDecision(aReview({ decisions }))?.decisionId).toBe('d2');
    expect(confirmedDecision(aReview({ decisions: decisions.slice(2) }))).toBeNull();
  });

  it('shows nothing of a decision that waits for a second person but that it does', () => {
    const review = aReview({ decisions: [aDecision({ ...UNCONFIRMED, dissent: 'No.', conditions: ['Tell.'] })] });
    expect(summaryOf(review).decision).toMatchObject({
      ...{ decisionId: 'd1', outcome: null, expiresAt: null, conditions: null, dissent: null },
    });
  });
});

describe('what classification says', () => {
  const { scope, determination } = aReview();
  const confirmed = (over: Partial<Confirmed> = {}): Confirmed =>
    ({ incidentId: 'i1', scopeDigest: digest('2'), scope, determination, ...over }) as Confirmed;
  const taken = (event: Confirmed, ...reviews: ReturnType<typeof aReview>[]) => {
    const { open, supersede } = onConfirmed(reviews, event, 'r9', at(0));
    return { open: open?.scopeDigest ?? null, supersede: supersede.map(({ scopeDigest }) => scopeDigest) };
  };

  it('opens a review of a new scope and supersedes that of the old one, once', () => {
    expect(taken(confirmed())).toEqual({ open: digest('2'), supersede: [] });
    expect(taken(confirmed(), aReview())).toEqual({ open: digest('2'), supersede: [digest('1')] });
    expect(taken(confirmed(), aReview({ supersededAt: at(-1) }))).toEqual({ open: digest('2'), supersede: [] });
    expect(taken(confirmed({ scopeDigest: digest('1') }), aReview())).toEqual({ open: null, supersede: [] });
  });

  it('never reopens what is superseded', () => {
    const old = aReview({ supersededAt: at(-1) });
    expect(taken(confirmed({ scopeDigest: digest('1') }), old)).toEqual({ open: null, supersede: [] });
  });

  it('supersedes without opening where no review is needed any more', () => {
    const unneeded = { ...determination, nscReview: { required: 'NO' as const, bases: [], possibleBases: [] } };
    expect(taken(confirmed({ determination: unneeded }), aReview())).toEqual({ open: null, supersede: [digest('1')] });
  });

  it('without a scope leaves the reviews of the same determination alone', () => {
    const bare = { scope: null, scopeDigest: null };
    expect(taken(confirmed(bare), aReview())).toEqual({ open: null, supersede: [] });
    const other = { ...determination, digest: digest('e') };
    expect(taken(confirmed({ ...bare, determination: other }), aReview())).toEqual({
      open: null,
      supersede: [digest('1')],
    });
  });

  it('takes a lapsed scope’s review with it, and all of a determination’s where no scope is named', () => {
    const lapsed = (scopeDigest: string | null, of = digest('d')) =>
      onLapsed([aReview(), aReview({ supersededAt: at(-1) })], { scopeDigest, digest: of } as Lapsed).length;
    expect([lapsed(digest('1')), lapsed(digest('2')), lapsed(null), lapsed(null, digest('e'))]).toEqual([1, 0, 1, 0]);
  });
});
