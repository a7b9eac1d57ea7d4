import type { DecisionBody } from '@sekisho/contracts';
import { aDecision, aMeeting, aReview, at, digest, entry, NOW, UNCONFIRMED } from '../../test/builders.js';
import { decisionFaults, decisionRefusal, decisionToConfirm } from './decide.js';

const body: DecisionBody = {
  scopeDigest: digest('1'),
  meetingId: 'm1',
  outcome: 'APPROVED',
  conditions: [],
  expiresAt: at(600),
};
const meeting = aMeeting();
const review = aReview({ meetings: [entry()] });

describe('recording a decision', () => {
  it('is possible once the meeting has begun and its attendance is recorded', () => {
    expect(decisionRefusal(review, meeting, body, NOW)).toBeNull();
    expect(decisionFaults(body, NOW)).toEqual([]);
  });

  it.each([
    ['superseded', aReview({ supersededAt: at(-1) }), meeting, body, 'stale-scope', 'superseded'],
    ['of another scope', review, meeting, { ...body, scopeDigest: digest('2') }, 'stale-scope', 'is not the scope'],
    ['decided', aReview({ decisions: [aDecision()] }), meeting, body, 'illegal-transition', 'is decided'],
    ['at no meeting', review, undefined, body, 'illegal-transition', 'not on the agenda'],
    ['not on its agenda', review, aMeeting({ reviews: ['r2'] }), body, 'illegal-transition', 'not on the agenda'],
    ['too early', review, aMeeting({ startsAt: at(1) }), body, 'illegal-transition', 'has not begun'],
    ['without attendance', review, aMeeting({ attendance: null }), body, 'illegal-transition', 'attendance'],
    ['without a quorum', review, aMeeting({ quorum: 3 }), body, 'illegal-transition', 'quorum is 3'],
    [
      'returned at this meeting',
      aReview({ decisions: [aDecision({ outcome: 'RETURNED' })] }),
      meeting,
      body,
      'illegal-transition',
      'returned or deferred',
    ],
    ['recorded just so', aReview({ decisions: [aDecision(UNCONFIRMED)] }), meeting, body, 'conflict', 'Exactly this'],
  ] as const)('is refused for a review %s', (_, given, at_, wanted, code, detail) => {
    expect(decisionRefusal(given, at_, { ...wanted, conditions: [] }, NOW)).toMatchObject({
      code,
      detail: expect.stringContaining(detail),
    });
  });

  it('begins with the first moment of the meeting', () => {
    expect(decisionRefusal(review, aMeeting({ startsAt: at(0) }), body, NOW)).toBeNull();
  });

  it('replaces what nobody has confirmed yet, whatever is different', () => {
    const waiting = aReview({ decisions: [aDecision(UNCONFIRMED)] });
    const conditional = { outcome: 'APPROVED_WITH_CONDITIONS', conditions: ['Tell.'] } as const;
    for (const over of [{ outcome: 'REJECTED' }, { expiresAt: at(601) }, { dissent: 'No.' }, conditional] as const) {
      const other = { ...body, ...over, conditions: 'conditions' in over ? [...over.conditions] : [] };
      expect(decisionRefusal(waiting, meeting, other, NOW)).toBeNull();
    }
  });

  it('comes back to another meeting after it was deferred', () => {
    const deferred = aReview({ decisions: [aDecision({ outcome: 'DEFERRED' })] });
    const second = aMeeting({ meetingId: 'm2' });
    expect(decisionRefusal(deferred, second, { ...body, meetingId: 'm2' }, NOW)).toBeNull();
  });

  it('expires after it is recorded', () => {
    expect(decisionFaults({ ...body, expiresAt: at(0) }, NOW)).toMatchObject([{ pointer: '/expiresAt' }]);
  });
});

describe('confirming a decision', () => {
  const again = { outcome: 'APPROVED', expiresAt: at(600) } as const;
  const waiting = aReview({ decisions: [aDecision(UNCONFIRMED)] });

  it('takes the same outcome and the same instant, however it is written', () => {
    const inJapan = { ...again, expiresAt: '2026-11-20T20:00:00+09:00' };
    for (const body_ of [again, inJapan, { ...again, decisionId: 'd1' }]) {
      expect(decisionToConfirm(waiting, body_, NOW)).toEqual({ decision: waiting.decisions[0] });
    }
  });

  it.each([
    ['nothing is recorded', aReview(), again, 'illegal-transition'],
    ['it is confirmed', aReview({ decisions: [aDecision()] }), again, 'illegal-transition'],
    ['the review is superseded', { ...waiting, supersededAt: at(-1) }, again, 'stale-scope'],
    ['the outcome differs', waiting, { ...again, outcome: 'REJECTED' }, 'conflict'],
    ['the expiry differs', waiting, { ...again, expiresAt: at(601) }, 'conflict'],
    ['another one was recorded', waiting, { ...again, decisionId: 'd0' }, 'conflict'],
  ] as const)('is refused where %s', (_, given, entered, code) => {
    expect(decisionToConfirm(given, entered, NOW)).toMatchObject({ refusal: { code } });
  });

  it('is refused once the decision has expired', () => {
    expect(decisionToConfirm(waiting, again, Date.parse(at(600)))).toMatchObject({
      refusal: { code: 'illegal-transition' },
    });
  });

  it('never says what was recorded', () => {
    const { refusal } = decisionToConfirm(waiting, { ...again, outcome: 'REJECTED' }, NOW) as { refusal: object };
    expect(JSON.stringify(refusal)).not.toMatch(/APPROVED|2026-11-20T11/);
  });
});
