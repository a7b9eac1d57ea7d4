import { z } from 'zod';
import { attendanceKind, decision, decisionOutcome, meetingForm, reviewState, withdrawal } from '../events/nsc.js';
import { basis, determination, scope } from '../facts.js';
import { digest, id, instant, text } from '../primitives.js';
import { actor } from '../roles.js';

const PLANNABLE = { from: Date.UTC(2000, 0), until: Date.UTC(2100, 0) } as const;
const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

// What is not an instant at all is told once, by `instant`: comparisons with NaN are false.
const outside = (value: string): boolean => Date.parse(value) < PLANNABLE.from || Date.parse(value) >= PLANNABLE.until;

/** An instant that a calendar may name. */
const plannable = instant.refine((value) => !outside(value), { message: 'is not between the years 2000 and 2099' });

/** A member of the council by office: `FOREIGN_MINISTER`. Which there are is data. */
export const memberRole = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/);
const words = z.object({ en: z.string(), ja: z.string() });

/** From `from` on, until just before `to`. */
export const busyTime = z
  .strictObject({ from: plannable, to: plannable })
  .refine(({ from, to }) => !(Date.parse(from) >= Date.parse(to)), { path: ['to'], message: 'is not after from' });
export type BusyTime = z.infer<typeof busyTime>;

/** Body of `PUT /v1/members/{role}/calendar`: all the times at which the member cannot come; what was there is replaced. */
export const calendarBody = z.strictObject({ busy: z.array(busyTime).max(2000) });
export type CalendarBody = z.infer<typeof calendarBody>;

export const calendarView = z.object({ role: memberRole, version: z.int(), busy: z.array(busyTime) });
export type CalendarView = z.infer<typeof calendarView>;

/** Body of `PUT /v1/members/{role}/holders`: who holds the office from a day on (in Japan); earlier holders stay on record. */
export const holderBody = z.strictObject({
  name: text(200),
  from: z.iso
    .date({ abort: true })
    .refine((day) => day >= '2000' && day < '2100', { message: 'is not between the years 2000 and 2099' }),
});
export type HolderBody = z.infer<typeof holderBody>;

export const holderView = z.object({ name: z.string(), from: z.iso.date(), invented: z.boolean() });
export type HolderView = z.infer<typeof holderView>;

export const memberView = z.object({
  role: memberRole,
  title: words,
  /** Today's; null while the office is vacant. */
  holder: holderView.nullable(),
  holders: z.array(holderView),
  calendar: z.object({ version: z.int(), busy: z.array(busyTime) }),
});
export type MemberView = z.infer<typeof memberView>;

/** `GET /v1/members`: the council as data, with the settings that planning follows, each with its owner and source. */
export const memberPage = z.object({
  items: z.array(memberView),
  next: z.null(),
  rosterVersion: z.int(),
  compositions: z.array(
    z.object({
      id: z.string(),
      title: words,
      members: z.array(memberRole),
      source: z.string(),
      validFrom: z.iso.date(),
    }),
  ),
  settings: z.looseObject({}),
});
export type MemberPage = z.infer<typeof memberPage>;

/** Body of `POST /v1/meetings` and `PUT /v1/meetings/{id}`: what is to be discussed, and in what haste. */
export const meetingBody = z.strictObject({
  reviews: z.array(id).min(1).max(50).refine(distinct, { message: 'ids must be distinct' }),
  urgent: z.boolean(),
});
export type MeetingBody = z.infer<typeof meetingBody>;

const attendanceLine = z
  .strictObject({ role: memberRole, attendance: attendanceKind, reason: text(2000).optional() })
  .refine(({ attendance, reason }) => attendance === 'PRESENT' || reason !== undefined, {
    path: ['reason'],
    message: 'is needed where the member is not present in person',
  });

/** Body of `POST` and `PUT /v1/meetings/{id}/attendance`: every member once. */
export const attendanceBody = z.strictObject({
  members: z
    .array(attendanceLine)
    .min(1)
    .max(100)
    .refine((lines) => distinct(lines.map(({ role }) => role)), { message: 'roles must be distinct' }),
});
export type AttendanceBody = z.infer<typeof attendanceBody>;

export const attendanceView = z.object({
  meetingId: id,
  version: z.int(),
  members: z.array(z.object({ role: memberRole, attendance: attendanceKind, reason: z.string().nullable() })),
  recordedBy: actor,
  recordedAt: instant,
});
export type AttendanceView = z.infer<typeof attendanceView>;

export const meetingView = z.object({
  meetingId: id,
  /** Counts the times it was planned; the `ETag` of the answer and the `SEQUENCE` of its calendar entry. */
  version: z.int(),
  form: meetingForm,
  urgent: z.boolean(),
  startsAt: instant,
  endsAt: instant,
  /** When nothing was left to discuss: the members are free from then on. Before `startsAt`: it never took place. */
  closedAt: instant.nullable(),
  composition: z.string(),
  /** How many members must be there, or be represented, for a decision. */
  quorum: z.int(),
  reviews: z.array(z.object({ reviewId: id, incidentId: id, scopeDigest: digest, state: reviewState })),
  members: z.array(z.object({ role: memberRole, title: words, holder: z.string() })),
  attendance: attendanceView.nullable(),
  scheduledBy: actor,
  scheduledAt: instant,
});
export type MeetingView = z.infer<typeof meetingView>;

/** Body of `POST /v1/reviews/{id}/decision`. */
export const decisionBody = z
  .strictObject({
    scopeDigest: digest,
    meetingId: id,
    outcome: decisionOutcome,
    conditions: z.array(text(2000)).max(50).default([]),
    expiresAt: plannable,
    dissent: text(4000).optional(),
  })
  .refine(({ outcome, conditions }) => outcome !== 'APPROVED_WITH_CONDITIONS' || conditions.length > 0, {
    path: ['conditions'],
    message: 'are missing: the approval is said to have some',
  })
  .refine(({ outcome, conditions }) => outcome !== 'APPROVED' || conditions.length === 0, {
    path: ['conditions'],
    message: 'make the outcome APPROVED_WITH_CONDITIONS',
  });
export type DecisionBody = z.infer<typeof decisionBody>;

/** Body of `POST /v1/reviews/{id}/decision/corrections`: the approval that stands is taken back. */
export const correctionBody = z.strictObject({
  scopeDigest: digest,
  outcome: z.literal('WITHDRAWN'),
  reason: text(4000),
});
export type CorrectionBody = z.infer<typeof correctionBody>;

const decisionAgain = z.strictObject({
  outcome: decisionOutcome,
  expiresAt: plannable,
  /** Refused where another decision has been recorded meanwhile. */
  decisionId: id.optional(),
});
const withdrawalAgain = z.strictObject({
  outcome: z.literal('WITHDRAWN'),
  /** Refused where another withdrawal has been recorded meanwhile. */
  withdrawalId: id.optional(),
});
export type DecisionAgain = z.infer<typeof decisionAgain>;
export type WithdrawalAgain = z.infer<typeof withdrawalAgain>;

/** Body of `POST /v1/reviews/{id}/decision/confirmation`: entered again by a second person, a decision unseen. */
export const decisionConfirmationBody = z.discriminatedUnion('outcome', [decisionAgain, withdrawalAgain]);
export type DecisionConfirmationBody = z.infer<typeof decisionConfirmationBody>;

/** A decision as whoever recorded or confirmed it is answered. */
export const decisionView = decision.extend({ confirmedBy: actor.nullable(), confirmedAt: instant.nullable() });
export type DecisionView = z.infer<typeof decisionView>;

/** A withdrawal, recorded or confirmed too. */
export const withdrawalView = withdrawal.extend({
  outcome: z.literal('WITHDRAWN'),
  confirmedBy: actor.nullable(),
  confirmedAt: instant.nullable(),
});
export type WithdrawalView = z.infer<typeof withdrawalView>;

/** Answer of `POST /v1/reviews/{id}/decision/confirmation`: what two people stand for now. */
export const confirmedView = z.union([decisionView, withdrawalView]);

/** A decision as it is read: what was decided shows only once it is confirmed, since the confirmer enters it unseen. */
export const shownDecision = decisionView.extend({
  outcome: decisionOutcome.nullable(),
  conditions: z.array(z.string()).nullable(),
  expiresAt: instant.nullable(),
  /** Of this decision, as entered, oldest first. A confirmed one is the last. */
  withdrawals: z.array(withdrawalView),
});
export type ShownDecision = z.infer<typeof shownDecision>;

export const reviewSummary = z.object({
  reviewId: id,
  incidentId: id,
  scopeDigest: digest,
  state: reviewState,
  required: z.enum(['YES', 'PROVISIONAL']),
  bases: z.array(basis),
  openedAt: instant,
  supersededAt: instant.nullable(),
  /** The latest meeting that has it on its agenda. */
  meeting: z.object({ meetingId: id, startsAt: instant, endsAt: instant }).nullable(),
  /** The latest that was recorded. */
  decision: shownDecision.nullable(),
});
export type ReviewSummary = z.infer<typeof reviewSummary>;

/** `GET /v1/reviews/{id}`: with exactly what is to be judged, and everything that was decided on it, oldest first. */
export const reviewView = reviewSummary.extend({ determination, scope, decisions: z.array(shownDecision) });
export type ReviewView = z.infer<typeof reviewView>;
export const reviewPage = z.object({ items: z.array(reviewSummary), next: z.string().nullable() });
