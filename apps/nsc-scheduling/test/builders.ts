import type { DecisionView, DeterminationBody, ScopeBody, WithdrawalView } from '@sekisho/contracts';
import type { Meeting } from '../src/meetings/meeting.js';
import type { Review } from '../src/reviews/review.js';

export const NOW = Date.parse('2026-11-20T01:00:00.000Z');
export const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();
export const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

export const actor = (person: string) => ({
  issuer: 'https://issuer.test',
  subject: person,
  person,
  organisation: 'nss',
});

export const aReview = (over: Partial<Review> = {}): Review => ({
  reviewId: 'r1',
  incidentId: 'i1',
  scopeDigest: digest('1'),
  required: 'YES',
  determination: {
    digest: digest('d'),
    nscReview: { required: 'YES', bases: [], possibleBases: [] },
  } as unknown as DeterminationBody,
  scope: { determination: digest('d') } as ScopeBody,
  openedAt: at(-60),
  supersededAt: null,
  meetings: [],
  decisions: [],
  withdrawals: [],
  ...over,
});

/** Recorded at the meeting m1 and confirmed, unless it is said otherwise. */
export const aDecision = (over: Partial<DecisionView> = {}): DecisionView => ({
  decisionId: 'd1',
  reviewId: 'r1',
  incidentId: 'i1',
  scopeDigest: digest('1'),
  meetingId: 'm1',
  form: 'MEETING',
  urgent: true,
  outcome: 'APPROVED',
  conditions: [],
  expiresAt: at(600),
  dissent: null,
  recordedBy: actor('first'),
  recordedAt: at(-10),
  confirmedBy: actor('second'),
  confirmedAt: at(-5),
  ...over,
});

/** Of the decision d1, confirmed, unless it is said otherwise. */
export const aWithdrawal = (over: Partial<WithdrawalView> = {}): WithdrawalView => ({
  withdrawalId: 'w1',
  decisionId: 'd1',
  reviewId: 'r1',
  incidentId: 'i1',
  scopeDigest: digest('1'),
  outcome: 'WITHDRAWN',
  reason: 'The server has changed hands.',
  recordedBy: actor('first'),
  recordedAt: at(-4),
  confirmedBy: actor('second'),
  confirmedAt: at(-3),
  ...over,
});

export const UNCONFIRMED = { confirmedBy: null, confirmedAt: null };

/** It began ten minutes ago, and both members came. */
export const aMeeting = (over: Partial<Meeting> = {}): Meeting => ({
  meetingId: 'm1',
  version: 1,
  form: 'MEETING',
  urgent: true,
  startsAt: at(-10),
  endsAt: at(20),
  closedAt: null,
  composition: 'two-ministers',
  quorum: 2,
  reviews: ['r1'],
  members: ['A', 'B'].map((role) => ({ role, title: { en: role, ja: role }, holder: `holder of ${role}` })),
  attendance: {
    meetingId: 'm1',
    version: 1,
    meetingVersion: 1,
    eventId: 'e1',
    members: [
      { role: 'A', attendance: 'PRESENT', reason: null },
      { role: 'B', attendance: 'SUBSTITUTE', reason: 'On a flight.' },
    ],
    recordedBy: actor('first'),
    recordedAt: at(-9),
  },
  scheduledBy: actor('first'),
  scheduledAt: at(-30),
  ...over,
});

/** The meeting as a review's agenda has it. */
export const entry = (meeting: Meeting = aMeeting()) => ({
  meetingId: meeting.meetingId,
  startsAt: meeting.startsAt,
  endsAt: meeting.endsAt,
  closed: meeting.closedAt !== null,
});
