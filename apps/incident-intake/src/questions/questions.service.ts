import { Injectable } from '@nestjs/common';
import {
  type AnswerBody,
  type AnswerGiven,
  type QuestionAsked,
  type QuestionBody,
  type QuestionView,
  say,
} from '@sekisho/contracts';
import { named, toActor } from '@sekisho/identity';
import { Outbox } from '@sekisho/messaging';
import {
  Answer,
  Clock,
  Ids,
  invalid,
  notFound,
  type Page,
  pageOf,
  type PageQuery,
  positionOf,
  ProblemError,
  Work,
  type WorkRequest,
} from '@sekisho/service';
import type { Tx } from '../database.js';
import { actingFor } from '../organisations/acting-for.js';
import { GoneOutStore } from '../readings/gone-out.store.js';
import { ReadingRecorder } from '../readings/reading-recorder.js';
import { withdrawn } from '../revisions/refusals.js';
import { about } from '../revisions/revise.js';
import { type Asked, QuestionStore, type StoredQuestion } from './question.store.js';

const YEAR_MS = 366 * 24 * 60 * 60 * 1_000;
const MOST_ANSWERS = 20;

/** Analysts ask what a report leaves open; its organisation answers, as often as there is more to say. */
@Injectable()
export class QuestionsService {
  constructor(
    private readonly work: Work<Tx>,
    private readonly store: QuestionStore,
    private readonly goneOut: GoneOutStore,
    private readonly readings: ReadingRecorder,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async ask(request: WorkRequest, reportId: string, body: QuestionBody): Promise<Answer<QuestionAsked>> {
    const organisation = await this.goneOut.ownerOf(reportId);
    if (organisation === undefined) throw notFound();
    return this.work.run(request, [reportId], (tx, context) =>
      actingFor(tx, organisation, async () => {
        const at = this.clock.now();
        const { answerBy = null, text } = body;
        if (answerBy !== null && !within(answerBy, at)) {
          throw invalid([{ pointer: '/answerBy', code: 'answer-by-range' }]);
        }
        refuseWithdrawn(await this.store.asked(tx, reportId));
        const [id, askedAt, askedBy] = [this.ids.next(), at.toISOString(), toActor(request.principal)];
        const by = { ...context, organisationId: organisation, recordedBy: named(request.principal) };
        await this.store.add(tx, { id, reportId, text, answerBy, askedBy, askedAt }, by);
        const told = { questionId: id, reportId, organisation, text, answerBy, askedBy, askedAt };
        await this.outbox.append(tx, context, { ...about(reportId), type: 'question-asked.v1', data: told });
        return new Answer(201, { questionId: id, reportId, askedAt, answerBy });
      }),
    );
  }

  answer(request: WorkRequest, reportId: string, { question, text }: AnswerBody): Promise<Answer<AnswerGiven>> {
    const { principal, language } = request;
    const { organisation } = principal;
    return this.work.run(request, [reportId], async (tx, context) => {
      const { goesOut: passedOn } = refuseWithdrawn(await this.store.asked(tx, reportId));
      const earlier = await this.store.answersOf(tx, reportId, question);
      if (earlier === null) throw invalid([{ pointer: '/question', code: 'no-such-question' }]);
      if (earlier >= MOST_ANSWERS) {
        throw new ProblemError('conflict', { code: 'enough-answers', values: { most: MOST_ANSWERS } });
      }
      const answer = { questionId: question, reportId, answeredAt: this.clock.now().toISOString() };
      const answerId = this.ids.next();
      const by = { ...context, organisationId: organisation, recordedBy: named(principal) };
      await this.store.addAnswer(tx, { ...answer, id: answerId, text, passedOn }, by);
      const told = { ...answer, answerId, organisation, text: passedOn ? text : null };
      await this.outbox.append(tx, context, { ...about(reportId), type: 'question-answered.v1', data: told });
      const detail = say({ code: passedOn ? 'answer-passed-on' : 'answer-stays' }, language);
      return new Answer(201, { ...answer, answerId, passedOn, detail }, { 'content-language': language });
    });
  }

  /** Whoever asks sees its own report's; analysts those of any report that went further, and that they do is on record. */
  async list(request: WorkRequest, reportId: string, page: PageQuery): Promise<Page<QuestionView>> {
    const { principal } = request;
    const before = positionOf(page.cursor);
    if (!principal.roles.includes('analyst')) {
      return this.work.read(principal, async (tx) => {
        if ((await this.store.asked(tx, reportId)) === null) throw notFound();
        return paged(await this.store.page(tx, reportId, before, page.limit + 1), page, ({ text }) => text);
      });
    }
    const organisation = await this.goneOut.ownerOf(reportId);
    if (organisation === undefined) throw notFound();
    return this.work.read(principal, (tx) =>
      actingFor(tx, organisation, async () => {
        const rows = await this.store.page(tx, reportId, before, page.limit + 1);
        await this.see(tx, request, rows.slice(0, page.limit), { reportId, organisation });
        return paged(rows, page, ({ text, passedOn }) => (passedOn ? text : null));
      }),
    );
  }

  /** Questions are the analysts' own words; answers are the report's organisation's. */
  private async see(
    tx: Tx,
    request: WorkRequest,
    rows: readonly StoredQuestion[],
    shown: { reportId: string; organisation: string },
  ): Promise<void> {
    const answers = rows.flatMap((row) => row.answers.map(({ id }) => id));
    if (answers.length === 0) return;
    await this.readings.record(tx, request, 'QUESTIONS', [shown]);
    const { correlationId, principal } = request;
    const by = { correlationId, organisationId: shown.organisation, recordedBy: named(principal) };
    await this.store.see(tx, answers, this.clock.now().toISOString(), by);
  }
}

const within = (answerBy: string, at: Date): boolean =>
  Date.parse(answerBy) > at.getTime() && Date.parse(answerBy) <= at.getTime() + YEAR_MS;

function refuseWithdrawn(asked: Asked | null): Asked {
  if (asked === null) throw notFound();
  if (asked.withdrawnAt !== null) throw withdrawn(asked.withdrawnAt.toISOString());
  return asked;
}

/** `text` says what the reader is shown of an answer. */
const paged = (
  rows: readonly StoredQuestion[],
  { limit }: PageQuery,
  text: (answer: StoredQuestion['answers'][number]) => string | null,
): Page<QuestionView> =>
  pageOf(
    rows,
    limit,
    ({ id }) => id,
    (row) => ({
      questionId: row.id,
      reportId: row.reportId,
      organisation: (row.askedBy as { organisation: string }).organisation,
      text: row.text,
      answerBy: row.answerBy?.toISOString() ?? null,
      askedAt: row.askedAt.toISOString(),
      answers: row.answers.map((answer) => ({
        answerId: answer.id,
        text: text(answer),
        answeredAt: answer.answeredAt.toISOString(),
        passedOn: answer.passedOn,
      })),
    }),
  );
