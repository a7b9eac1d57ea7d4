import { z } from 'zod';
import { id, instant, text } from '../primitives.js';

/** Body of `POST /v1/reports/{id}/questions`. */
export const questionBody = z.strictObject({
  text: text(2000),
  /** Until when an answer is asked for: later than now, and within a year. */
  answerBy: instant.optional(),
});
export type QuestionBody = z.infer<typeof questionBody>;

export const questionAsked = z.object({
  questionId: id,
  reportId: id,
  askedAt: instant,
  answerBy: instant.nullable(),
});
export type QuestionAsked = z.infer<typeof questionAsked>;

/** Body of `POST /v1/reports/{id}/answers`. */
export const answerBody = z.strictObject({
  /** Id of the question. */
  question: id,
  text: text(10_000),
});
export type AnswerBody = z.infer<typeof answerBody>;

export const answerGiven = z.object({
  answerId: id,
  questionId: id,
  reportId: id,
  answeredAt: instant,
  /** Whether it went to those who asked: without consent to pass the report on it stays with intake. */
  passedOn: z.boolean(),
  detail: z.string(),
});
export type AnswerGiven = z.infer<typeof answerGiven>;

/** A question with its answers, the first before the others. */
export const questionView = z.object({
  questionId: id,
  reportId: id,
  /** Whose question it is. */
  organisation: z.string(),
  text: z.string(),
  answerBy: instant.nullable(),
  askedAt: instant,
  answers: z.array(
    z.object({
      answerId: id,
      /** Null for analysts where it was not passed on. */
      text: z.string().nullable(),
      answeredAt: instant,
      passedOn: z.boolean(),
    }),
  ),
});
export type QuestionView = z.infer<typeof questionView>;

export const questionPage = z.object({ items: z.array(questionView), next: z.string().nullable() });

/** Somebody who has read of a report: for its own organisation, and so without the official's name. */
export const readingView = z.object({
  readAt: instant,
  /** The reader's. */
  organisation: z.string(),
  roles: z.array(z.string()),
});
export type ReadingView = z.infer<typeof readingView>;

export const readingPage = z.object({ items: z.array(readingView), next: z.string().nullable() });

export const reportStatusState = z.enum([
  'RECEIVED',
  'HELD_BACK',
  'PASSED_ON',
  'READ_BY_ANALYSTS',
  'QUESTION_OPEN',
  'ANSWERED',
  'CLOSED',
  'WITHDRAWN',
]);
export type ReportStatusState = z.infer<typeof reportStatusState>;

/** What became of a report, in plain words and in the reader's language. */
export const reportStatus = z.object({
  reportId: id,
  state: reportStatusState,
  text: z.string(),
  since: instant,
  /** What happened, the first before the others. */
  history: z.array(z.object({ state: reportStatusState, at: instant, text: z.string() })),
  /** What the organisation can do now. */
  next: z.string().optional(),
});
export type ReportStatus = z.infer<typeof reportStatus>;
