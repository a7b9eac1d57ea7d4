import { randomUUID } from 'node:crypto';
import type { ReportForm } from '@sekisho/contracts';
import { digestOf, type JSONWebKeySet, verify } from '@sekisho/signing';
import { readTopic, type TestPrincipal } from '@sekisho/testing';
import { hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

let rig: IntakeRig;
beforeAll(async () => {
  rig = await startIntake();
});
afterAll(() => rig?.stop());

const mandatory = (over: Partial<ReportForm> = {}): ReportForm => sampleReport({ basis: 'MANDATORY', ...over });
const submitted = async (report = mandatory(), by = power): Promise<string> =>
  (await rig.submit(report, by)).body.reportId;
const revise = (id: string, revision: unknown, ifMatch: string | null, by: TestPrincipal = power, headers = {}) =>
  rig.client.call(by, 'POST', `/v1/reports/${id}/revisions`, revision, {
    ...(ifMatch === null ? {} : { 'if-match': ifMatch }),
    ...headers,
  });
const get = (path: string, by: TestPrincipal = power) => rig.client.call(by, 'GET', `/v1/reports/${path}`);
const eventsOf = (id: string) =>
  rig.database.query<{ type: string; data: Record<string, unknown> }>(
    'superuser',
    'SELECT type, data::jsonb FROM outbox WHERE key = $1 ORDER BY position',
    [id],
  );
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer, as a test expects it
type Body = any;
/** The clocks of the duty to report, and what met each. */
const dutiesOf = ({ deadlines }: Body): [string, string | null][] =>
  deadlines
    .filter(({ regime }: Body) => regime === 'designated-operator-report')
    .map(({ kind, metBy }: Body) => [kind, metBy]);
const pointers = (body: { errors?: { pointer: string }[] }) => body.errors?.map(({ pointer }) => pointer);

describe('a revision', () => {
  it('stands beside those before it, each with a receipt that holds on to the one before', async () => {
    const id = await submitted();
    const first = await get(id);
    expect(first.headers.get('etag')).toBe('"1"');
    const followUp = mandatory({ stage: 'FOLLOW_UP', summary: 'The way in was the VPN.' });
    const second = await revise(id, followUp, first.headers.get('etag'));
    expect([second.status, second.headers.get('etag'), second.headers.get('location')]).toEqual([
      201,
      '"2"',
      `/v1/reports/${id}?revision=2`,
    ]);
    const third = await revise(id, mandatory({ stage: 'FINAL' }), '"2"');
    expect(third.status).toBe(201);
    expect(dutiesOf(third.body)).toEqual([
      ['PROMPT_REPORT', id],
      ['FINAL_REPORT', id],
    ]);

    const keys = (await (await fetch(`${rig.service.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
    const receipts = await Promise.all(
      [first, second, third].map(async ({ body }) => verify(body.receipt, keys, 'sekisho-receipt+jws')),
    );
    const chain = receipts as { number: number; revision?: number; digest: string; previousDigest?: string }[];
    expect(chain.map(({ revision }) => revision)).toEqual([undefined, 2, 3]);
    expect(chain.map(({ previousDigest }) => previousDigest)).toEqual([undefined, chain[0]!.digest, chain[1]!.digest]);
    expect(new Set(chain.map(({ number }) => number)).size).toBe(1);
    expect(chain[1]!.digest).toBe(digestOf(followUp));
    expect(chain[1]).toMatchObject({ receivedAt: second.body.receivedAt, organisation: 'org-power' });

    const then = await get(`${id}?revision=2`);
    expect([then.headers.get('etag'), then.body.report, then.body.revision]).toEqual(['"2"', followUp, 2]);
    // Clocks are the report's, and go on.
    const { deadlines: _now, ...once } = (await get(`${id}?revision=1`)).body;
    const { deadlines: _then, ...before } = first.body;
    expect(once).toEqual(before);
    const now = await get(id);
    expect(now.body).toMatchObject({
      revision: 3,
      receivedAt: first.body.receivedAt,
      revisedAt: third.body.receivedAt,
    });
    expect((await get(`${id}?revision=4`)).status).toBe(404);
  });

  it('is told on the topic whole, with its digest and the one before, and without the person to contact', async () => {
    const id = await submitted();
    const report = mandatory({ stage: 'FOLLOW_UP', contact: { name: '佐藤 次郎', email: 'j.sato@power.example' } });
    const { body } = await revise(id, { ...report, reason: 'more is known' }, '"1"');
    const seen = await readTopic(
      'classification',
      'intake.reports.v1',
      ({ key }) => key === id,
      (messages) => messages.length === 2,
    );
    expect(seen.map(({ headers }) => headers['ce_type'])).toEqual(['report-submitted.v1', 'report-revised.v1']);
    expect(seen[1]!.value).toMatchObject({
      reportId: id,
      revision: 2,
      digest: body.digest,
      previousDigest: body.previousDigest,
      reason: 'more is known',
      report: { stage: 'FOLLOW_UP' },
    });
    expect(JSON.stringify(seen)).not.toMatch(/sato|佐藤|yamada|山田/);
  });

  it('is of the one that was read: 428 without, 412 with another, and nothing is kept of either', async () => {
    const id = await submitted();
    const report = mandatory({ stage: 'FOLLOW_UP' });
    expect((await revise(id, report, null)).body).toMatchObject({
      status: 428,
      type: 'urn:sekisho:problem:precondition-required',
    });
    expect((await revise(id, report, '*')).status).toBe(428);
    for (const tag of ['"0"', '"2"', 'W/"1"', '1', 'nonsense']) {
      expect([tag, (await revise(id, report, tag)).status]).toEqual([tag, 412]);
    }
    expect(await rig.count('report_revision', 'report_id = $1', [id])).toBe(1);
    expect((await revise(id, report, '"7", "1"')).status).toBe(201);
  });

  it('of two at once with one tag is one: the other is told that it comes too late', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const id = await submitted();
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) => revise(id, mandatory({ stage: 'FOLLOW_UP', title: `n ${n}` }), '"1"')),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(412)]);
      expect(await rig.count('report_revision', 'report_id = $1', [id])).toBe(2);
      expect(await rig.count('outbox', 'key = $1', [id])).toBe(2);
    }
  });

  it('under one Idempotency-Key is one, and answered alike although the tag is another by then', async () => {
    const id = await submitted();
    const key = { 'idempotency-key': randomUUID() };
    const report = mandatory({ stage: 'FOLLOW_UP' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => revise(id, report, '"1"', power, key)));
    const again = await revise(id, report, '"1"', power, key);
    expect(new Set([...answers, again].map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(again.status).toBe(201);
    expect(again.headers.get('etag')).toBe('"2"');
    expect((await revise(id, mandatory({ stage: 'FINAL' }), '"2"', power, key)).status).toBe(422);
  });

  it('after a final report corrects, with a reason; the duty stays done', async () => {
    const id = await submitted();
    expect((await revise(id, mandatory({ stage: 'FINAL' }), '"1"')).status).toBe(201);
    const silent = await revise(id, mandatory({ stage: 'FINAL', title: 'x' }), '"2"');
    expect([silent.status, silent.body.type, pointers(silent.body)]).toEqual([
      409,
      'urn:sekisho:problem:illegal-transition',
      ['/reason'],
    ]);
    const corrected = await revise(id, { ...mandatory({ stage: 'INITIAL', title: 'x' }), reason: 'typo' }, '"2"');
    expect(corrected.status).toBe(201);
    expect(dutiesOf(corrected.body).map(([, metBy]) => metBy)).toEqual([id, id]);
  });

  it.each<[string, object, number, string[]]>([
    ['an end of the duty', { basis: 'VOLUNTARY', stage: 'FINAL' }, 409, ['/basis']],
    ['a number of its own', { externalId: 'new', stage: 'FINAL' }, 409, ['/externalId']],
    ['nothing in place of the stage', { stage: undefined }, 400, ['/stage']],
    ['what no report has', { colour: 'red', stage: 'FINAL' }, 400, ['/colour']],
    ['an empty reason', { reason: '', stage: 'FINAL' }, 400, ['/reason']],
    ['INITIAL again, without a reason', {}, 400, ['/reason']],
  ])('with %s is refused by name', async (_, change, status, names) => {
    const id = await submitted();
    const answer = await revise(id, { ...mandatory(), ...change }, '"1"');
    expect([answer.status, pointers(answer.body)]).toEqual([status, names]);
    expect(await rig.count('report_revision', 'report_id = $1', [id])).toBe(1);
  });

  it('makes a report mandatory where a duty is found out: its clocks start, and it goes out by law', async () => {
    const id = await submitted(sampleReport({ consent: { forward: false } }));
    const report = mandatory({ stage: 'FOLLOW_UP', consent: { forward: false } });
    const { status, body } = await revise(id, report, '"1"');
    expect([status, dutiesOf(body)]).toEqual([
      201,
      [
        ['PROMPT_REPORT', id],
        ['FINAL_REPORT', null],
      ],
    ]);
    const [, released] = await eventsOf(id);
    expect(released).toMatchObject({ type: 'report-submitted.v1', data: { revision: 2, released: true } });
    expect((await get(id)).body.forwarded).toBe(true);
  });

  it('that is too large to be passed on is refused, and nothing of it stays', async () => {
    const id = await submitted();
    const indicators = Array.from({ length: 1000 }, (_, n) => ({ type: 'url', value: `${n}/${'x'.repeat(800)}` }));
    expect((await revise(id, mandatory({ stage: 'FOLLOW_UP', indicators }), '"1"')).status).toBe(413);
    expect(await rig.count('report_revision', 'report_id = $1', [id])).toBe(1);
  });
});

describe('the history', () => {
  it('tells each revision, the latest first, page by page, and when the report was withdrawn', async () => {
    const id = await submitted();
    await revise(id, mandatory({ stage: 'FOLLOW_UP' }), '"1"');
    const reason = 'The date was wrong.';
    await revise(id, { ...mandatory({ stage: 'INITIAL' }), reason }, '"2"');
    const withdrawn = await rig.client.call(power, 'POST', `/v1/reports/${id}/withdrawal`, { reason: 'A drill.' });
    expect([withdrawn.status, withdrawn.body.revision]).toEqual([201, 3]);
    const { body } = await get(`${id}/revisions`);
    expect(body.items).toMatchObject([
      { revision: 3, stage: 'INITIAL', reason, withdrawn: true, forwarded: true },
      { revision: 2, stage: 'FOLLOW_UP', reason: null, withdrawn: false, forwarded: true },
      { revision: 1, stage: 'INITIAL', reason: null, previousDigest: null, withdrawn: false, forwarded: true },
    ]);
    expect(body.items[1]).toMatchObject({ previousDigest: body.items[2].digest, by: expect.stringMatching(/#p1$/) });
    expect(body.withdrawal).toMatchObject({ revision: 3, reason: 'A drill.' });
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Body = (await get(`${id}/revisions?limit=1${cursor && `&cursor=${cursor}`}`)).body;
      seen.push(...page.items.map(({ revision }: { revision: number }) => revision));
      cursor = page.next;
    }
    expect(seen).toEqual([3, 2, 1]);
  });

  it('tells the difference of any two', async () => {
    const id = await submitted();
    const contact = { name: '佐藤 次郎', email: 'j.sato@power.example' };
    const servers = [{ ref: 's2', country: 'DE' }];
    await revise(id, mandatory({ stage: 'FOLLOW_UP', contact, servers }), '"1"');
    const { body } = await get(`${id}/revisions/1/diff/2`);
    expect(body.changes).toEqual([
      { pointer: '/stage', change: 'CHANGED', before: 'INITIAL', after: 'FOLLOW_UP' },
      { pointer: '/servers/0/country', ref: 's2', change: 'CHANGED', before: null, after: 'DE' },
      { pointer: '/servers/1/role', ref: 's2', change: 'REMOVED', before: 'UNKNOWN' },
      { pointer: '/servers/0', ref: 's1', change: 'REMOVED', before: mandatory().servers![0] },
      { pointer: '/contact', change: 'CHANGED' },
    ]);
    expect((await get(`${id}/revisions/2/diff/2`)).body.changes).toEqual([]);
    expect((await get(`${id}/revisions/2/diff/1`)).body.changes).toHaveLength(5);
    for (const path of ['1/diff/3', '3/diff/1', '0/diff/1', '1/diff/x', '1/diff/1.5', '-1/diff/1']) {
      expect([path, (await get(`${id}/revisions/${path}`)).status]).toEqual([path, 404]);
    }
  });
});

describe('a withdrawn report', () => {
  it('stays, is told, takes no revision, and is withdrawn once', async () => {
    const id = await submitted();
    const path = `/v1/reports/${id}/withdrawal`;
    expect(pointers((await rig.client.call(power, 'POST', path, {})).body)).toEqual(['/reason']);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => rig.client.call(power, 'POST', path, { reason: 'It was a drill.' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect((await revise(id, mandatory({ stage: 'FINAL' }), '"1"')).body.type).toBe(
      'urn:sekisho:problem:illegal-transition',
    );
    const { body } = await get(id);
    expect(body).toMatchObject({ revision: 1, withdrawal: { revision: 1, reason: 'It was a drill.' } });
    const [summary] = (await rig.client.call(power, 'GET', '/v1/reports?limit=1')).body.items;
    expect(summary).toMatchObject({ reportId: id, withdrawn: true });
    expect((await eventsOf(id)).map(({ type }) => type)).toEqual(['report-submitted.v1', 'report-withdrawn.v1']);
    // Nothing is owed any more, and nobody is told that it was missed.
    const open = 'report_id = $1 AND met_at IS NULL AND stopped_at IS NULL';
    expect(await rig.count('report_clock', open, [id])).toBe(0);
    const consent = await rig.client.call(power, 'PUT', `/v1/reports/${id}/consent`, { forward: true });
    expect(consent.status).toBe(409);
  });

  it('that nobody else has keeps its reason at home', async () => {
    const id = await submitted(sampleReport({ consent: { forward: false } }), hospital);
    await rig.client.call(hospital, 'POST', `/v1/reports/${id}/withdrawal`, { reason: 'Nurse Aoki was wrong.' });
    expect((await eventsOf(id))[1]).toMatchObject({ type: 'report-withdrawn.v1', data: { reason: null } });
  });
});

describe('another organisation', () => {
  it('finds none of it, whatever it asks and whatever it sends', async () => {
    const id = await submitted();
    const missing = randomUUID();
    const asks: ['GET' | 'POST' | 'PUT', string, unknown?][] = [
      ['GET', '/revisions'],
      ['GET', '/revisions/1/diff/1'],
      ['GET', '?revision=1'],
      ['POST', '/revisions', mandatory({ stage: 'FINAL' })],
      ['POST', '/withdrawal', { reason: 'r' }],
      ['PUT', '/consent', { forward: false }],
    ];
    for (const [method, path, body] of asks) {
      for (const tag of [{}, { 'if-match': '"1"' }, { 'if-match': '"9"' }]) {
        const call = (report: string) => rig.client.call(hospital, method, `/v1/reports/${report}${path}`, body, tag);
        const [foreign, none] = [await call(id), await call(missing)];
        const { instance: _i, correlationId: _c, ...told } = foreign.body;
        const { instance: _j, correlationId: _d, ...same } = none.body;
        expect([method, path, foreign.status]).toEqual([method, path, 404]);
        expect(told).toEqual(same);
      }
    }
    expect(await rig.count('report_withdrawal', 'report_id = $1', [id])).toBe(0);
    expect(await rig.count('report_consent', 'report_id = $1', [id])).toBe(0);
    expect((await get(id)).body.revision).toBe(1);
  });
});

describe('the database', () => {
  const insert = (id: string, revision: number, previous: string, stage: string, reason: string | null) =>
    rig.database.query(
      'superuser',
      `INSERT INTO report_revision (report_id, organisation_id, revision, digest, content, contact_ref, receipt, recorded_by, correlation_id,
                                    received_at, previous_digest, reason)
       SELECT report_id, organisation_id, $2, digest, jsonb_set(content, '{stage}', to_jsonb($4::text)), contact_ref, receipt, 'x', 'x',
              now(), $3, $5 FROM report_revision WHERE report_id = $1 AND revision = 1`,
      [id, revision, previous, stage, reason],
    );

  it('takes no revision out of turn, on another than the one before, after a withdrawal, or for no reason', async () => {
    const id = await submitted();
    const { digest } = (await get(id)).body;
    await expect(insert(id, 3, digest, 'FINAL', null)).rejects.toThrow('report_revision_follows');
    await expect(insert(id, 2, `sha256:${'0'.repeat(64)}`, 'FINAL', null)).rejects.toThrow('report_revision_follows');
    await expect(insert(id, 2, digest, 'INITIAL', null)).rejects.toThrow('report_revision_corrects_with_reason');
    await expect(insert(id, 2, digest, 'FINAL', null)).resolves.toEqual([]);
    await expect(insert(id, 3, digest, 'FOLLOW_UP', null)).rejects.toThrow('report_revision_corrects_with_reason');
    await rig.client.call(power, 'POST', `/v1/reports/${id}/withdrawal`, { reason: 'r' });
    await expect(insert(id, 3, digest, 'FINAL', 'r')).rejects.toThrow('report_revision_before_withdrawal');
  });
});
