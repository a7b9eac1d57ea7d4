import type { CorrectionBody } from '@sekisho/contracts';
import { aDecision, aMeeting, aReview, at, aWithdrawal, digest, entry, NOW, UNCONFIRMED } from '../../test/builders.js';
import { endingDecision, isSettledAt, roundOf, stateOf } from '../reviews/review.js';
import { standingOf } from '../standing/standing.js';
import { decisionRefusal } from './decide.js';
import { approvalToWithdraw, withdrawalToConfirm } from './withdraw.js';

const body: CorrectionBody = {
  scopeDigest: digest('1'),
  outcome: 'WITHDRAWN',
  reason: 'The server has changed hands.',
};
const again = { outcome: 'WITHDRAWN' } as const;
const approved = aReview({ decisions: [aDecision()], meetings: [entry()] });
const recorded = { ...approved, withdrawals: [aWithdrawal(UNCONFIRMED)] };
const withdrawn = { ...approved, withdrawals: [aWithdrawal()] };

describe('recording a withdrawal', () => {
  it.each([
    ['an approval', aDecision()],
    ['an approval with conditions', aDecision({ outcome: 'APPROVED_WITH_CONDITIONS', conditions: ['Tell.'] })],
    ['one that has expired: an order may still run', aDecision({ expiresAt: at(-1) })],
  ])('takes back %s', (_, decision) => {
    expect(approvalToWithdraw(aReview({ decisions: [decision] }), body)).toEqual({ decision });
  });

  it.each([
    ['nothing is decided', aReview(), body, 'illegal-transition', 'nothing has been decided'],
    ['nobody confirmed it', aReview({ decisions: [aDecision(UNCONFIRMED)] }), body, 'illegal-transition', 'waits for'],
    ...(['RETURNED', 'REJECTED', 'DEFERRED'] as const).map(
      (outcome) =>
        [
          `it is ${outcome}`,
          aReview({ decisions: [aDecision({ outcome })] }),
          body,
          'illegal-transition',
          `is ${outcome}`,
        ] as const,
    ),
    ['it is withdrawn', withdrawn, body, 'illegal-transition', `was withdrawn at ${at(-3)}`],
    ['the review is superseded', { ...approved, supersededAt: at(-1) }, body, 'stale-scope', 'superseded'],
    ['another scope is named', approved, { ...body, scopeDigest: digest('2') }, 'stale-scope', 'is not the scope'],
    ['exactly this is recorded', recorded, body, 'conflict', 'Exactly this'],
  ] as const)('is refused where %s', (_, review, entered, code, detail) => {
    expect(approvalToWithdraw(review, entered)).toMatchObject({
      refusal: { code, detail: expect.stringContaining(detail) },
    });
  });

  it('replaces what nobody has confirmed yet with another reason', () => {
    expect(approvalToWithdraw(recorded, { ...body, reason: 'It was the wrong server.' })).toHaveProperty('decision');
  });
});

describe('confirming a withdrawal', () => {
  it('asks for the outcome alone, and takes the latest that was entered', () => {
    const [latest] = [aWithdrawal({ withdrawalId: 'w2', ...UNCONFIRMED })];
    const twice = { ...approved, withdrawals: [aWithdrawal(UNCONFIRMED), latest] };
    expect(withdrawalToConfirm(twice, again)).toEqual({ withdrawal: latest });
    expect(withdrawalToConfirm(twice, { ...again, withdrawalId: 'w2' })).toEqual({ withdrawal: latest });
    expect(withdrawalToConfirm(twice, { ...again, withdrawalId: 'w1' })).toMatchObject({
      refusal: { code: 'conflict' },
    });
  });

  it.each([
    ['nothing is decided', aReview(), 'illegal-transition'],
    ['none is recorded', approved, 'illegal-transition'],
    ['it is confirmed', withdrawn, 'illegal-transition'],
    ['the review is superseded', { ...recorded, supersededAt: at(-1) }, 'stale-scope'],
  ] as const)('is refused where %s', (_, review, code) => {
    expect(withdrawalToConfirm(review, again)).toMatchObject({ refusal: { code } });
  });
});

describe('a review whose approval', () => {
  const ask = (review: typeof approved) => standingOf(review, { incidentId: 'i1', scopeDigest: digest('1') }, NOW);

  it('is to be withdrawn is decided as before, and the approval stands, until another person confirms', () => {
    expect([stateOf(recorded), ask(recorded).stands]).toEqual(['DECIDED', true]);
  });

  it('was withdrawn is open again, in another round, and the approval stands no more', () => {
    expect([stateOf(withdrawn), roundOf(withdrawn), endingDecision(withdrawn)]).toEqual(['OPEN', 2, null]);
    expect(ask(withdrawn)).toMatchObject({
      stands: false,
      decisionId: 'd1',
      detail: expect.stringMatching(/withdrawn/),
    });
  });

  it('was withdrawn is done at the meeting that approved, and is decided at another', () => {
    expect([isSettledAt(withdrawn, 'm1'), isSettledAt(withdrawn, 'm2')]).toEqual([true, false]);
    const wanted = { scopeDigest: digest('1'), meetingId: 'm1', outcome: 'APPROVED', expiresAt: at(600) } as const;
    expect(decisionRefusal(withdrawn, aMeeting(), { ...wanted, conditions: [] }, NOW)).toMatchObject({
      code: 'illegal-transition',
      detail: expect.stringContaining('withdrawn'),
    });
    const next = { ...wanted, meetingId: 'm2', conditions: [] };
    expect(decisionRefusal(withdrawn, aMeeting({ meetingId: 'm2' }), next, NOW)).toBeNull();
  });

  it('was given anew stands again', () => {
    const second = aDecision({ decisionId: 'd2', meetingId: 'm2', confirmedAt: at(-1) });
    const anew = { ...withdrawn, decisions: [aDecision(), second] };
    expect([stateOf(anew), ask(anew)]).toMatchObject(['DECIDED', { stands: true, decisionId: 'd2' }]);
    expect(approvalToWithdraw(anew, body)).toEqual({ decision: second });
  });
});
