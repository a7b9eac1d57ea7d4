import { randomUUID } from 'node:crypto';
import { readTopic } from '@sekisho/testing';
import { analyst, hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake();
});
afterAll(() => rig?.stop());

const report = async (over: Parameters<typeof sampleReport>[0] = {}, by = hospital): Promise<string> =>
  (await rig.submit(sampleReport(over), by)).body.reportId;
const ask = (id: string, body: object = { text: 'Which VPN product was it?' }, by = analyst, headers = {}) =>
  rig.client.call(by, 'POST', `/v1/reports/${id}/questions`, body, headers);
const answer = (id: string, question: string, text: string, by = hospital, headers = {}) =>
  rig.client.call(by, 'POST', `/v1/reports/${id}/answers`, { question, text }, headers);
const questions = (id: string, by = hospital, query = '') =>
  rig.client.call(by, 'GET', `/v1/reports/${id}/questions${query}`);
const consent = (id: string, forward: boolean) =>
  rig.client.call(hospital, 'PUT', `/v1/reports/${id}/consent`, { forward });
const told = (id: string) =>
  rig.database.query<{ type: string; data: Record<string, unknown> }>(
    'superuser',
    `SELECT type, data::jsonb FROM outbox WHERE key = $1 AND type NOT LIKE 'report-%' ORDER BY position`,
    [id],
  );
const inAWeek = () => new Date(Date.now() + 7 * 86_400_000).toISOString();

describe('a question', () => {
  it('is asked by an analyst, answered by whose report it is, and read by analysts, each told of once', async () => {
    const id = await report();
    const answerBy = inAWeek();
    const asked = await ask(id, { text: 'Which VPN product was it?', answerBy });
    expect([asked.status, asked.body]).toEqual([
      201,
      { questionId: expect.any(String), reportId: id, askedAt: expect.any(String), answerBy },
    ]);
    const { questionId } = asked.body;
    const [open] = (await questions(id)).body.items;
    expect(open).toEqual({
      questionId,
      reportId: id,
      organisation: 'org-nco',
      text: 'Which VPN product was it?',
      answerBy,
      askedAt: asked.body.askedAt,
      answers: [],
    });
    const first = await answer(id, questionId, 'We do not know yet.');
    expect([first.status, first.body]).toEqual([
      201,
      expect.objectContaining({ questionId, passedOn: true, detail: 'Those who asked have the answer.' }),
    ]);
    await answer(id, questionId, 'FortiGate 60F.');
    const seen = (await questions(id, analyst)).body.items[0].answers;
    expect(seen.map(({ text, passedOn }: { text: string; passedOn: boolean }) => [text, passedOn])).toEqual([
      ['We do not know yet.', true],
      ['FortiGate 60F.', true],
    ]);
    expect(await told(id)).toEqual([
      {
        type: 'question-asked.v1',
        data: {
          questionId,
          reportId: id,
          organisation: 'org-hospital',
          text: 'Which VPN product was it?',
          answerBy,
          askedBy: expect.objectContaining({ subject: 'a1', person: 'a1', organisation: 'org-nco' }),
          askedAt: asked.body.askedAt,
        },
      },
      { type: 'question-answered.v1', data: expect.objectContaining({ questionId, text: 'We do not know yet.' }) },
      { type: 'question-answered.v1', data: expect.objectContaining({ questionId, text: 'FortiGate 60F.' }) },
      {
        type: 'record-viewed.v1',
        data: expect.objectContaining({ record: 'QUESTIONS', reportId: id, organisation: 'org-hospital' }),
      },
    ]);
    // The partner is told of the organisation, not of the person.
    expect(JSON.stringify((await questions(id)).body)).not.toMatch(/a1"/);
    await readTopic(
      'oversight-reporting',
      'intake.reports.v1',
      ({ key, headers }) => key === id && headers['ce_type']!.startsWith('question-'),
      (messages) => messages.length === 3,
    );
  });

  it('is nothing to another organisation: neither to see nor to answer', async () => {
    const id = await report();
    const { questionId } = (await ask(id)).body;
    expect((await questions(id, power)).status).toBe(404);
    expect((await answer(id, questionId, 'x', power)).status).toBe(404);
    const own = await report({}, power);
    const { status, body } = await answer(own, questionId, 'x', power);
    expect([status, body.errors[0]]).toEqual([
      400,
      expect.objectContaining({ pointer: '/question', code: 'no-such-question' }),
    ]);
  });

  it('is asked by analysts alone, and answered by partners alone', async () => {
    const id = await report();
    const { questionId } = (await ask(id)).body;
    expect((await ask(id, { text: 'x' }, hospital)).status).toBe(403);
    expect((await answer(id, questionId, 'x', analyst)).status).toBe(403);
  });

  it('under one Idempotency-Key is asked once, and answered once', async () => {
    const id = await report();
    const key = { 'idempotency-key': randomUUID() };
    const asked = await Promise.all([1, 2, 3].map(() => ask(id, { text: 'once' }, analyst, key)));
    expect(new Set(asked.map(({ body }) => body.questionId)).size).toBe(1);
    expect((await ask(id, { text: 'twice' }, analyst, key)).status).toBe(422);
    const { questionId } = asked[0]!.body;
    const answers = await Promise.all([1, 2, 3].map(() => answer(id, questionId, 'once', hospital, key)));
    expect(new Set(answers.map(({ body }) => body.answerId)).size).toBe(1);
    expect((await questions(id)).body.items).toHaveLength(1);
    expect((await questions(id)).body.items[0].answers).toHaveLength(1);
  });

  it('takes an end between now and a year from now', async () => {
    const id = await report();
    for (const answerBy of ['2020-01-01T00:00:00Z', '9999-01-01T00:00:00Z', '0000-01-01T00:00:00Z']) {
      const { status, body } = await ask(id, { text: 'x', answerBy });
      expect([answerBy, status, body.errors[0].pointer]).toEqual([answerBy, 400, '/answerBy']);
    }
  });

  it('takes twenty answers', async () => {
    const id = await report();
    const { questionId } = (await ask(id)).body;
    for (let count = 0; count < 20; count += 1) expect((await answer(id, questionId, 'x')).status).toBe(201);
    const { status, body } = await answer(id, questionId, 'x');
    expect([status, body.detail]).toEqual([409, expect.stringContaining('follow-up')]);
  });

  it('pages, the latest first', async () => {
    const id = await report();
    for (const text of ['one', 'two', 'three']) await ask(id, { text });
    const texts: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await questions(id, hospital, `?limit=2${cursor && `&cursor=${cursor}`}`);
      texts.push(...body.items.map(({ text }: { text: string }) => text));
      cursor = body.next;
    }
    expect(texts).toEqual(['three', 'two', 'one']);
  });
});

describe('a report that stays with intake', () => {
  it('is not there for analysts until it has gone out, and then it is', async () => {
    const id = await report({ consent: { forward: false } });
    expect((await ask(id)).status).toBe(404);
    expect((await questions(id, analyst)).status).toBe(404);
    await consent(id, true);
    expect((await ask(id)).status).toBe(201);
    expect((await questions(id, analyst)).body.items).toHaveLength(1);
  });

  it('takes no question in the database either', async () => {
    const id = await report({ consent: { forward: false } });
    const insert = `INSERT INTO report_question (id, report_id, organisation_id, text, asked_by, asked_at, recorded_by, correlation_id)
      VALUES (gen_random_uuid(), '${id}', 'org-hospital', 'x', '{}', now(), 'x', 'x')`;
    const asApp = `SELECT set_config('app.organisation', 'org-hospital', false)`;
    await expect(rig.database.query('app', `${asApp}; ${insert}`)).rejects.toThrow(/report_question_of_what_went_out/);
  });

  it('since its consent was taken back keeps what is answered, and says so', async () => {
    const id = await report();
    const { questionId } = (await ask(id)).body;
    await answer(id, questionId, 'gone');
    await consent(id, false);
    const { status, body } = await answer(id, questionId, 'held back');
    expect([status, body.passedOn, body.detail]).toEqual([201, false, expect.stringContaining('stays with intake')]);
    const texts = async (by: typeof hospital) =>
      (await questions(id, by)).body.items[0].answers.map(({ text }: { text: string | null }) => text);
    expect(await texts(hospital)).toEqual(['gone', 'held back']);
    expect(await texts(analyst)).toEqual(['gone', null]);
    const answered = (await told(id)).filter(({ type }) => type === 'question-answered.v1');
    expect(answered.map(({ data }) => data['text'])).toEqual(['gone', null]);
    expect(JSON.stringify(await told(id))).not.toContain('held back');
    await consent(id, true);
    expect((await answer(id, questionId, 'again')).body.passedOn).toBe(true);
    expect(await texts(analyst)).toEqual(['gone', null, 'again']);
  });
});

it('a report that was withdrawn takes neither questions nor answers', async () => {
  const id = await report();
  const { questionId } = (await ask(id)).body;
  await rig.client.call(hospital, 'POST', `/v1/reports/${id}/withdrawal`, { reason: 'r' });
  for (const { status, body } of [await ask(id), await answer(id, questionId, 'x')]) {
    expect([status, body.type]).toEqual([409, 'urn:sekisho:problem:illegal-transition']);
  }
  expect((await questions(id)).body.items).toHaveLength(1);
});

it('what can be looked across shows no word of questions and answers', async () => {
  for (const sql of [
    'SELECT text FROM report_question',
    'SELECT asked_by FROM report_question',
    'SELECT text FROM report_answer',
    'SELECT reader FROM report_reading',
    'SELECT sealed FROM report_draft',
    'SELECT reason FROM report_withdrawal',
  ]) {
    await expect(rig.database.query('staff', sql)).rejects.toThrow(/permission denied/);
  }
});
