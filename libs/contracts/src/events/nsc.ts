import { z } from 'zod';
import { basis } from '../facts.js';
import { digest, id, instant } from '../primitives.js';
import { actor } from '../roles.js';

export const reviewState = z.enum(['OPEN', 'SCHEDULED', 'DECIDED', 'SUPERSEDED']);
export const decisionOutcome = z.enum(['APPROVED', 'APPROVED_WITH_CONDITIONS', 'RETURNED', 'REJECTED', 'DEFERRED']);
export const attendanceKind = z.enum(['PRESENT', 'SUBSTITUTE', 'ABSENT', 'RECUSED']);
export const meetingForm = z.enum(['MEETING', 'CIRCULATION']);

export const decision = z.object({
  decisionId: id,
  reviewId: id,
  incidentId: id,
  scopeDigest: digest,
  meetingId: id,
  form: meetingForm,
  urgent: z.boolean(),
  outcome: decisionOutcome,
  conditions: z.array(z.string()),
  expiresAt: instant,
  dissent: z.string().nullable(),
  recordedBy: actor,
  recordedAt: instant,
});

/** An approval that is taken back: which, and why. */
export const withdrawal = z.object({
  withdrawalId: id,
  decisionId: id,
  reviewId: id,
  incidentId: id,
  scopeDigest: digest,
  reason: z.string(),
  recordedBy: actor,
  recordedAt: instant,
});

export const nscEvents = {
  'review-opened.v1': z.object({
    reviewId: id,
    incidentId: id,
    scopeDigest: digest,
    required: z.enum(['YES', 'PROVISIONAL']),
    bases: z.array(basis),
    openedAt: instant,
  }),
  'review-superseded.v1': z.object({ reviewId: id, incidentId: id, scopeDigest: digest, supersededAt: instant }),
  'meeting-scheduled.v1': z.object({
    meetingId: id,
    version: z.int(),
    reviews: z.array(z.object({ reviewId: id, incidentId: id })),
    form: meetingForm,
    urgent: z.boolean(),
    startsAt: instant,
    endsAt: instant,
    members: z.array(z.object({ role: z.string(), holder: z.string() })),
    scheduledBy: actor,
  }),
  'attendance-recorded.v1': z.object({
    meetingId: id,
    members: z.array(z.object({ role: z.string(), attendance: attendanceKind, reason: z.string().nullable() })),
    recordedBy: actor,
    recordedAt: instant,
  }),
  /** Entered by one person; carries nothing before another has entered the same. */
  'decision-recorded.v1': decision,
  'decision-confirmed.v1': decision.extend({ confirmedBy: actor, confirmedAt: instant }),
  /** Entered by one person; the approval stands until another has confirmed that it is withdrawn. */
  'withdrawal-recorded.v1': withdrawal,
  /** Two people stand for it: the approval carries nothing from `confirmedAt` on. */
  'decision-withdrawn.v1': withdrawal.extend({ confirmedBy: actor, confirmedAt: instant }),
};
