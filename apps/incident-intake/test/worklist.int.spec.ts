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
