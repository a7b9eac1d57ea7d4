import { Clock } from '@sekisho/service';
import { ClockSweep } from '../src/deadlines/clock-sweep.js';
import { analyst, defence, hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

const clock = Object.assign(new Clock(), { at: new Date('2027-01-04T10:00:00+09:00'), now: () => clock.at });

let rig: IntakeRig;
let overdue: string;

const list = async (principal: typeof hospital, query = '', language = 'en') =>
  (await rig.client.call(principal, 'GET', `/v1/worklist${query}`, undefined, { 'accept-language': language })).body;

async function submitted(
  recognisedAt: string,
  over: Parameters<typeof sampleReport>[0],
  principal = hospital,
): Promise<string> {
  const { status, body } = await rig.submit(sampleReport({ recognisedAt, ...over }), principal);
  expect(status).toBe(202);
  return body.reportId;
}
const NONE = { impact: { services: 'HALTED', personalData: 'FALSE' } } as const;

beforeAll(async () => {
  rig = await startIntake({ overrides: [{ provide: Clock, useValue: clock }] });
  overdue = await submitted('2026-12-01T09:00:00+09:00', { basis: 'MANDATORY', ...NONE });
  await submitted('2027-01-04T09:00:00+09:00', { basis: 'MANDATORY', title: 'Later', ...NONE });
  // What it may owe beside its final report, which it is, is for nobody to ask after.
  await submitted('2026-10-01T09:00:00+09:00', { basis: 'MANDATORY', stage: 'FINAL' }, power);
  await submitted('2027-01-01T09:00:00+09:00', { basis: 'VOLUNTARY', consent: { forward: false }, title: 'Between' });
  await submitted('2027-01-01T09:00:00+09:00', { basis: 'MANDATORY', stage: 'FINAL', ...NONE });
  await submitted(
    '2026-11-01T09:00:00+09:00',
    { basis: 'VOLUNTARY', impact: { services: 'NONE', personalData: 'TRUE' } },
    defence,
  );
});
afterAll(() => rig?.stop());

it('shows a partner what it owes, what ends first before the rest, in its language', async () => {
  const { items, next } = await list(hospital);
  expect(next).toBeNull();
  expect(
    items.map(({ dueOn, what }: { dueOn: string; what: Record<string, string> }) => [
      dueOn,
      what['clock'],
      what['state'],
    ]),
  ).toEqual([
    ['Thursday 31 December 2026', 'FINAL_REPORT', 'MISSED'],
    ['Wednesday 6 January 2027', 'PRELIMINARY_REPORT', 'NEAR'],
    ['Wednesday 3 February 2027', 'FINAL_REPORT', 'RUNNING'],
    ['Tuesday 2 March 2027', 'FINAL_REPORT', 'RUNNING'],
  ]);
  expect(items[0]).toEqual({
    kind: 'DEADLINE',
    subject: overdue,
    what: {
      text: 'Final report within 30 days: was due on Thursday 31 December 2026; send it at once',
      report: '電子カルテシステムの停止',
      regime: 'designated-operator-report',
      clock: 'FINAL_REPORT',
      state: 'MISSED',
      applies: 'APPLIES',
    },
    dueAt: '2026-12-31T23:59:59+09:00',
    dueOn: 'Thursday 31 December 2026',
    why: expect.stringContaining('the law demands'),
    who: ['partner'],
    link: `/v1/reports/${overdue}`,
  });
  const { items: japanese } = await list(hospital, '', 'ja');
  expect(japanese[2].what.text).toBe('確報（30日以内）：令和9年2月3日(水)までに提出してください');
  expect(items[1].what.text).toBe(
    'Preliminary report on personal data (3 to 5 days) (if it turns out to apply): send it by Wednesday 6 January 2027',
  );
  expect(japanese[1]).toMatchObject({ what: { applies: 'IF_CONFIRMED' }, dueOn: '令和9年1月6日(水)' });
});

it('pages through all of it, each once', async () => {
  const whole = (await list(hospital)).items;
  const paged: unknown[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { items, next }: { items: unknown[]; next: string | null } = await list(
      hospital,
      `?limit=1${cursor && `&cursor=${cursor}`}`,
    );
    expect(items).toHaveLength(1);
    paged.push(...items);
    cursor = next;
  }
  expect(paged).toEqual(whole);
  const foreign = Buffer.from('2026-01-01').toString('base64url');
  expect((await rig.client.call(hospital, 'GET', `/v1/worklist?cursor=${foreign}`)).status).toBe(400);
});

it('shows no organisation another’s', async () => {
  expect((await list(power)).items.map(({ what }: { what: { clock: string } }) => what.clock)).toEqual([
    'PRELIMINARY_REPORT',
    'FINAL_REPORT',
  ]);
  expect((await list(defence)).items.map(({ what }: { what: { clock: string } }) => what.clock)).toEqual([
    'FINAL_REPORT',
  ]);
});

it('shows analysts what mandatory reports missed once that was told, and nothing else', async () => {
  expect((await list(analyst)).items).toEqual([]);
  await rig.service.app.get(ClockSweep).sweep();
  const { items, next } = await list(analyst);
  expect([items.length, next]).toEqual([1, null]);
  expect(items[0]).toMatchObject({
    subject: overdue,
    what: {
      organisation: 'org-hospital',
      state: 'MISSED',
      text: expect.stringContaining('nothing came from org-hospital'),
    },
    who: ['analyst'],
    link: `/v1/incidents?reportId=${overdue}`,
  });
  expect(JSON.stringify(items)).not.toContain('電子カルテ');
  expect((await list(analyst, '?limit=1')).next).toBeNull();
});

describe('beside deadlines', () => {
  const ask = async (reportId: string, answerBy?: string) => {
    const body = { text: 'Which product?', ...(answerBy && { answerBy }) };
    const { status, body: asked } = await rig.client.call(analyst, 'POST', `/v1/reports/${reportId}/questions`, body);
    expect(status).toBe(201);
    return asked.questionId as string;
  };
  const answer = (reportId: string, question: string) =>
    rig.client.call(defence, 'POST', `/v1/reports/${reportId}/answers`, { question, text: 'That one.' });
  const kinds = (items: { kind: string; dueAt: string | null; subject: string }[]) =>
    items.map(({ kind, dueAt, subject }) => [kind, dueAt && new Date(dueAt).toISOString(), subject]);
  const questionsOf = (items: { kind: string; what: { questionId: string; state?: string } }[]) =>
    items.filter(({ kind }) => kind === 'QUESTION').map(({ what }) => [what.questionId, what.state]);

  it('partners see open questions by their ends and drafts last, in one stable list', async () => {
    const id = await submitted('2027-01-04T09:00:00+09:00', { stage: 'FINAL', ...NONE }, defence);
    const [open, soon, answered] = [await ask(id), await ask(id, '2027-01-05T00:00:00Z'), await ask(id)];
    await answer(id, answered);
    const draft = async (body: object) =>
      (await rig.client.call(defence, 'POST', '/v1/report-drafts', body)).body.draftId as string;
    const [begun, whole] = [await draft({ title: '途中' }), await draft(sampleReport())];
    const { items } = await list(defence);
    const rest = items.filter(({ kind }: { kind: string }) => kind !== 'DEADLINE');
    expect(kinds(rest)).toEqual([
      ['QUESTION', '2027-01-05T00:00:00.000Z', id],
      ['QUESTION', null, id],
      ['DRAFT', null, whole],
      ['DRAFT', null, begun],
    ]);
    // By their ends, whatever they are: before the question is a clock that was missed.
    const ends = items.flatMap(({ dueAt }: { dueAt: string | null }) => (dueAt === null ? [] : [Date.parse(dueAt)]));
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    const at = items.findIndex(({ kind }: { kind: string }) => kind === 'QUESTION');
    expect(items[at - 1].what.state).toBe('MISSED');
    expect(questionsOf(items).map(([question]) => question)).toEqual([soon, open]);
    expect(rest[3].what).toMatchObject({
      text: expect.stringMatching(/“途中” is not complete: \d+ to put right/),
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/form' })]),
    });
    expect(rest[2].what).toMatchObject({ errors: [], text: expect.stringContaining('can be submitted') });
    const paged: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: unknown[]; next: string | null } = await list(
        defence,
        `?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      paged.push(...page.items);
      cursor = page.next;
    }
    expect(paged).toEqual(items);
    expect(kinds((await list(hospital)).items).map(([kind]) => kind)).not.toContain('QUESTION');
    const japanese = (await list(defence, '', 'ja')).items;
    expect(japanese[at].what.text).toBe('令和9年1月5日(火) 09:00までに質問に回答してください');
  });

  it('analysts see questions not answered in time, and answers until one of them has read them', async () => {
    const id = await submitted('2027-01-04T09:00:00+09:00', { stage: 'FINAL', ...NONE }, defence);
    const [late, soon] = [await ask(id, '2027-01-04T02:00:00Z'), await ask(id, '2027-01-06T00:00:00Z')];
    const mine = async () =>
      questionsOf((await list(analyst)).items.filter(({ subject }: { subject: string }) => subject === id));
    expect(await mine()).toEqual([]);
    clock.at = new Date('2027-01-04T12:00:00+09:00');
    expect(await mine()).toEqual([[late, 'OVERDUE']]);
    await answer(id, late);
    await answer(id, soon);
    expect((await mine()).sort()).toEqual(
      [
        [late, 'ANSWERED'],
        [soon, 'ANSWERED'],
      ].sort(),
    );
    expect(JSON.stringify((await list(analyst)).items)).not.toMatch(/Which product|That one/);
    await rig.client.call(analyst, 'GET', `/v1/reports/${id}/questions`);
    expect(await mine()).toEqual([]);
    // Another answer waits again, also where the report has been read within this hour.
    await answer(id, soon);
    expect(await mine()).toEqual([[soon, 'ANSWERED']]);
  });

  it('what was withdrawn asks nobody for anything', async () => {
    const id = await submitted('2027-01-04T09:00:00+09:00', { stage: 'FINAL', ...NONE }, defence);
    await ask(id, '2027-01-04T05:00:00Z');
    await rig.client.call(defence, 'POST', `/v1/reports/${id}/withdrawal`, { reason: 'r' });
    clock.at = new Date('2027-01-05T12:00:00+09:00');
    for (const who of [defence, analyst]) {
      const items: { kind: string; subject: string }[] = (await list(who)).items;
      expect(items.filter(({ subject }) => subject === id)).toEqual([]);
    }
  });
});
