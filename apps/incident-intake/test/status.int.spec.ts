import { analyst, hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake();
});
afterAll(() => rig?.stop());

const call = (by: typeof hospital, method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, headers = {}) =>
  rig.client.call(by, method, `/v1/reports/${path}`, body, headers);

it('a report’s status follows it from its receipt to its withdrawal, as it happened', async () => {
  const { reportId: id, receivedAt } = (await rig.submit(sampleReport({ consent: { forward: false } }))).body;
  const status = async (language = 'en') =>
    (await call(hospital, 'GET', `${id}/status`, undefined, { 'accept-language': language })).body;
  expect(await status()).toEqual({
    reportId: id,
    state: 'HELD_BACK',
    since: receivedAt,
    text: expect.stringContaining('stays with intake'),
    history: [
      { state: 'RECEIVED', at: receivedAt, text: 'The report was received.' },
      { state: 'HELD_BACK', at: receivedAt, text: expect.any(String) },
    ],
    next: expect.stringContaining('consent'),
  });
  await call(hospital, 'PUT', `${id}/consent`, { forward: true });
  expect((await status()).state).toBe('PASSED_ON');
  const { questionId } = (await call(analyst, 'POST', `${id}/questions`, { text: 'x' })).body;
  expect(await status('ja')).toMatchObject({ state: 'QUESTION_OPEN', text: '分析官から質問が届いています。' });
  await call(hospital, 'POST', `${id}/answers`, { question: questionId, text: 'y' });
  expect((await status()).state).toBe('ANSWERED');
  await call(analyst, 'GET', `${id}/questions`);
  expect((await status()).state).toBe('READ_BY_ANALYSTS');
  const final = sampleReport({ stage: 'FINAL', consent: { forward: true } });
  expect((await call(hospital, 'POST', `${id}/revisions`, final, { 'if-match': '"1"' })).status).toBe(201);
  expect((await status()).state).toBe('CLOSED');
  await call(hospital, 'POST', `${id}/withdrawal`, { reason: 'r' });
  const { state, history } = await status();
  expect([state, history.map((each: { state: string }) => each.state)]).toEqual([
    'WITHDRAWN',
    ['RECEIVED', 'HELD_BACK', 'PASSED_ON', 'QUESTION_OPEN', 'ANSWERED', 'READ_BY_ANALYSTS', 'CLOSED', 'WITHDRAWN'],
  ]);
  expect(await status('en')).toEqual(await status('en'));
});

it('is for the organisation whose report it is alone', async () => {
  const { reportId: id } = (await rig.submit(sampleReport())).body;
  expect((await call(power, 'GET', `${id}/status`)).status).toBe(404);
  expect((await call(analyst, 'GET', `${id}/status`)).status).toBe(403);
});
