import type { ReportForm } from '@sekisho/contracts';
import { digestOf } from '@sekisho/signing';
import fc from 'fast-check';
import { hospital, type IntakeRig, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake();
});
afterAll(() => rig?.stop());

type Stage = ReportForm['stage'];

/** What must be so, told apart from the service. */
interface Life {
  readonly sent: ReportForm[];
  readonly events: string[];
  readonly statements: boolean[];
  basis: ReportForm['basis'];
  consent: boolean;
  /** The latest that has gone out; 0 is none. */
  gone: number;
  closed: boolean;
  withdrawn: boolean;
}

/** The report over HTTP. */
interface Real {
  readonly id: string;
  call(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, tag?: string): Promise<[number, Answer]>;
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer, as a test expects it
type Answer = any;

const goesOut = ({ basis, consent }: Life): boolean => basis === 'MANDATORY' || consent;
let count = 0;

class Revise implements fc.AsyncCommand<Life, Real> {
  constructor(
    private readonly stage: Stage,
    private readonly duty: boolean,
    private readonly reason: string | undefined,
    private readonly behind: number,
  ) {}

  check = () => true;

  async run(life: Life, real: Real): Promise<void> {
    const basis = this.duty ? 'MANDATORY' : life.basis;
    const report = sampleReport({
      stage: this.stage,
      basis,
      title: `revision ${(count += 1)}`,
      consent: { forward: life.consent },
    });
    const tag = `"${life.sent.length - this.behind}"`;
    const body = { ...report, ...(this.reason === undefined ? {} : { reason: this.reason }) };
    const [status, answer] = await real.call('POST', '/revisions', body, tag);
    const corrects = this.stage === 'INITIAL' || life.closed;
    const expected =
      this.behind > 0
        ? 412
        : life.withdrawn
          ? 409
          : this.reason !== undefined || !corrects
            ? 201
            : life.closed
              ? 409
              : 400;
    expect([this.toString(), status]).toEqual([this.toString(), expected]);
    if (status !== 201) return;
    expect([answer.previousDigest, answer.digest]).toEqual([digestOf(life.sent.at(-1)), digestOf(report)]);
    life.sent.push(report);
    life.basis = basis;
    life.closed ||= this.stage === 'FINAL';
    if (goesOut(life)) {
      life.events.push(life.gone === 0 ? 'report-submitted.v1' : 'report-revised.v1');
      life.gone = life.sent.length;
    } else life.events.push('report-withheld.v1');
    expect(answer.revision).toBe(life.sent.length);
  }

  toString = () => `revise(${this.stage}${this.duty ? ', duty' : ''}, ${this.reason ?? 'no reason'}, -${this.behind})`;
}

class Withdraw implements fc.AsyncCommand<Life, Real> {
  check = () => true;

  async run(life: Life, real: Real): Promise<void> {
    const [status] = await real.call('POST', '/withdrawal', { reason: 'It was a drill.' });
    expect(status).toBe(life.withdrawn ? 409 : 201);
    if (!life.withdrawn) life.events.push('report-withdrawn.v1');
    life.withdrawn = true;
  }

  toString = () => 'withdraw()';
}

class Consent implements fc.AsyncCommand<Life, Real> {
  constructor(private readonly forward: boolean) {}

  check = () => true;

  async run(life: Life, real: Real): Promise<void> {
    const [status, answer] = await real.call('PUT', '/consent', { forward: this.forward });
    if (life.withdrawn && this.forward) return expect(status).toBe(409);
    expect(status).toBe(200);
    const changes = life.consent !== this.forward;
    if (changes) life.statements.push(this.forward);
    life.consent = this.forward;
    if (life.basis === 'MANDATORY') expect(answer.effect).toBe('NO_EFFECT');
    else if (!changes) expect(answer.effect).toBe('UNCHANGED');
    else if (!this.forward) life.events.push(...(life.gone > 0 ? ['consent-withdrawn.v1'] : []));
    else {
      const wasGone = life.gone;
      if (wasGone > 0) life.events.push('consent-given.v1');
      if (wasGone < life.sent.length) life.events.push(wasGone > 0 ? 'report-revised.v1' : 'report-submitted.v1');
      life.gone = life.sent.length;
    }
    expect(answer.forwardedRevision).toBe(life.gone || null);
  }

  toString = () => `consent(${this.forward})`;
}

/** What happens most. */
const REST = ([true, false, true, false] as const).map((forward) => new Consent(forward));

const commands = fc.commands(
  [
    fc
      .record({
        stage: fc.constantFrom<Stage>('FOLLOW_UP', 'FOLLOW_UP', 'FINAL', 'INITIAL'),
        duty: fc.constantFrom(true, ...Array<boolean>(9).fill(false)),
        reason: fc.option(fc.constant('It was wrong.'), { nil: undefined }),
        behind: fc.constantFrom(0, 0, 0, 1),
      })
      .map(({ stage, duty, reason, behind }) => new Revise(stage, duty, reason, behind)),
    fc.boolean().map((forward) => new Consent(forward)),
    // Seldom, as nothing comes after it.
    fc.constantFrom(...REST, new Withdraw()),
  ],
  { maxCommands: 14, size: 'max' },
);

/** A new report, and what must be so of it. */
async function born(forward: boolean, basis: ReportForm['basis']): Promise<{ model: Life; real: Real }> {
  const report = sampleReport({ basis, title: `revision ${(count += 1)}`, consent: { forward } });
  const { reportId: id } = (await rig.submit(report)).body;
  const out = basis === 'MANDATORY' || forward;
  return {
    model: {
      sent: [report],
      events: [out ? 'report-submitted.v1' : 'report-withheld.v1'],
      statements: [],
      basis,
      consent: forward,
      gone: out ? 1 : 0,
      closed: false,
      withdrawn: false,
    },
    real: {
      id,
      call: async (method, path, body, tag) => {
        const headers = tag === undefined ? {} : { 'if-match': tag };
        const answer = await rig.client.call(hospital, method, `/v1/reports/${id}${path}`, body, headers);
        return [answer.status, answer.body];
      },
    },
  };
}

/** All that is on record of a report, against all that was sent. */
async function compare({ sent, events, statements, gone, withdrawn }: Life, { id, call }: Real): Promise<void> {
  const rows = await rig.database.query<{ revision: number; digest: string; previous_digest: string | null }>(
    'superuser',
    'SELECT revision, digest, previous_digest FROM report_revision WHERE report_id = $1 ORDER BY revision',
    [id],
  );
  expect(rows).toEqual(
    sent.map((report, index) => ({
      revision: index + 1,
      digest: digestOf(report),
      previous_digest: index === 0 ? null : digestOf(sent[index - 1]),
    })),
  );
  const outbox = await rig.database.query<{ type: string; revision: number | null }>(
    'superuser',
    `SELECT type, (data::jsonb ->> 'revision')::int AS revision FROM outbox WHERE key = $1 ORDER BY position`,
    [id],
  );
  expect(outbox.map(({ type }) => type)).toEqual(events);
  expect(outbox.filter(({ type }) => type === 'report-submitted.v1').length).toBeLessThanOrEqual(1);
  const out = outbox.filter(({ type }) => /^report-(submitted|revised)/.test(type)).map((row) => row.revision ?? 1);
  expect(out).toEqual([...new Set(out)].sort((a, b) => a - b));
  expect(out.at(-1) ?? 0).toBe(gone);
  const said = await rig.database.query<{ forward: boolean }>(
    'superuser',
    'SELECT forward FROM report_consent WHERE report_id = $1 ORDER BY version',
    [id],
  );
  expect(said.map(({ forward }) => forward)).toEqual(statements);
  const [, now] = await call('GET', '');
  expect([now.revision, now.forwarded, now.withdrawal !== undefined]).toEqual([sent.length, gone > 0, withdrawn]);
  for (const [index, report] of sent.entries()) {
    expect((await call('GET', `?revision=${index + 1}`))[1].report).toEqual(report);
  }
}

const EVENTS = [
  'report-submitted.v1',
  'report-withheld.v1',
  'report-revised.v1',
  'report-withdrawn.v1',
  'consent-withdrawn.v1',
  'consent-given.v1',
];

describe('a report’s life', () => {
  it('loses nothing of what was sent, numbers it without gaps, and lets out what may go and no more, whatever is asked of it', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        commands,
        fc.boolean(),
        fc.constantFrom<ReportForm['basis']>('VOLUNTARY', 'VOLUNTARY', 'MANDATORY'),
        async (asked, forward, basis) => {
          const { model, real } = await born(forward, basis);
          await fc.asyncModelRun(() => ({ model, real }), asked);
          await compare(model, real);
          for (const event of model.events) seen.set(event, (seen.get(event) ?? 0) + 1);
        },
      ),
      { numRuns: 40 },
    );
    // It is no life if some of it never happens.
    for (const event of EVENTS) expect([event, (seen.get(event) ?? 0) > 1]).toEqual([event, true]);
  }, 180_000);
});
