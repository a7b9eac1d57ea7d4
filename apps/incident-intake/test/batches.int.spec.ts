import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { BatchAnswer, ReportForm } from '@sekisho/contracts';
import { digestOf } from '@sekisho/signing';
import { eventually, type TestPrincipal } from '@sekisho/testing';
import pg from 'pg';
import { defence, hospital, type IntakeRig, power, startIntake, stranger } from './intake-rig.js';
import { sampleReport } from './sample-report.js';

const NDJSON = 'application/x-ndjson';
const PROBLEM = 'urn:sekisho:problem:';

let rig: IntakeRig;

beforeAll(async () => {
  rig = await startIntake();
});

afterAll(() => rig?.stop());

interface Sending {
  readonly principal?: TestPrincipal;
  readonly type?: string;
  readonly key?: string;
  readonly language?: string;
  readonly path?: string;
}

/** Sends a batch; answers the response, whose body comes while the batch is being sent. */
async function send(
  body: string | Uint8Array,
  { principal = hospital, type = NDJSON, key, language, path = '/v1/report-batches' }: Sending = {},
) {
  return fetch(`${rig.service.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await rig.issuer.token(principal)}`,
      'content-type': type,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(language === undefined ? {} : { 'accept-language': language }),
    },
    body,
    duplex: 'half',
  } as RequestInit);
}

const parsed = (text: string): BatchAnswer[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as BatchAnswer)
    .sort((one, other) => one.line - other.line);

async function batch(body: string | Uint8Array, sending: Sending = {}): Promise<BatchAnswer[]> {
  const response = await send(body, sending);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, NDJSON]);
  return parsed(await response.text());
}

const lines = (reports: readonly unknown[]): string => reports.map((report) => `${JSON.stringify(report)}\n`).join('');
const titled = (n: number, over: Partial<ReportForm> = {}): ReportForm[] =>
  Array.from({ length: n }, () => sampleReport({ title: randomUUID(), ...over }));
const storedOf = (reports: readonly ReportForm[]): Promise<number> =>
  rig.count('report_revision', `content ->> 'title' = ANY ($1)`, [reports.map(({ title }) => title)]);

describe('a batch', () => {
  it('is answered line by line, each as if it had come alone', async () => {
    const [good, bare, other] = titled(3) as [ReportForm, ReportForm, ReportForm];
    const text = [
      JSON.stringify(good),
      '{"form":',
      '',
      JSON.stringify({ ...bare, colour: 1 }),
      'null',
      JSON.stringify(other),
    ];
    const answers = await batch(text.join('\r\n'));
    expect(answers.map(({ line, status, problem }) => [line, status, problem?.type])).toEqual([
      [1, 202, undefined],
      [2, 400, `${PROBLEM}invalid-request`],
      [4, 400, `${PROBLEM}invalid-request`],
      [5, 400, `${PROBLEM}invalid-request`],
      [6, 202, undefined],
    ]);
    expect(answers[2]!.problem!.errors).toEqual([
      { pointer: '/colour', code: 'unknown-field', detail: expect.any(String) },
    ]);
    const { line: _line, status: _status, ...answer } = answers[0]!;
    const view = (await rig.client.call(hospital, 'GET', `/v1/reports/${answer.reportId}`)).body;
    expect(view).toMatchObject({ ...answer, report: good, digest: digestOf(good) });
    expect(await storedOf([good, bare, other])).toBe(2);
  });

  it('tells what is wrong in the language that is asked for', async () => {
    const [answer] = await batch(lines([{ ...sampleReport(), colour: 1 }]), { language: 'ja' });
    expect(answer!.problem).toMatchObject({
      title: 'リクエストに誤りがあります',
      errors: [{ detail: '定義されていない項目です' }],
    });
  });

  it.each<[string, (report: ReportForm) => ReportForm, boolean]>([
    ['its own numbers', (report) => ({ ...report, externalId: randomUUID() }), false],
    ['an Idempotency-Key', (report) => report, true],
  ])('sent again with %s is answered the same and stored once', async (_, change, keyed) => {
    const reports = titled(300).map(change);
    const sending = keyed ? { key: randomUUID() } : {};
    const first = await batch(lines(reports), sending);
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await batch(lines(reports), sending)).toEqual(first);
    expect(await storedOf(reports)).toBe(300);
    if (keyed) {
      const changed = await batch(lines([sampleReport(), ...reports.slice(1)]), sending);
      expect(changed.map(({ status }) => status)).toEqual([422, ...Array(299).fill(202)]);
    }
  });

  it('that was cut off has stored what it answered; sent again whole, all of it is stored once', async () => {
    const reports = titled(1_500);
    const key = randomUUID();
    const cut = new AbortController();
    let sent = 0;
    // Half of it is sent; the rest would have come later.
    const half = new ReadableStream({
      pull: (controller) => {
        if (sent < 750) controller.enqueue(Buffer.from(lines([reports[sent++]])));
        else return new Promise<void>(() => undefined);
        return undefined;
      },
    });
    const response = await fetch(`${rig.service.url}/v1/report-batches`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await rig.issuer.token(hospital)}`,
        'content-type': NDJSON,
        'idempotency-key': key,
      },
      body: half,
      duplex: 'half',
      signal: cut.signal,
    } as RequestInit);
    const reader = response.body!.getReader();
    let text = '';
    while (text.split('\n').length < 200) text += Buffer.from((await reader.read()).value!).toString();
    cut.abort();
    const answered = parsed(text.slice(0, text.lastIndexOf('\n') + 1));
    expect(answered.length).toBeGreaterThan(150);
    expect(await storedOf(answered.map(({ line }) => reports[line - 1]!))).toBe(answered.length);
    const again = await batch(lines(reports), { key });
    expect(again.map(({ status }) => status)).toEqual(Array(1_500).fill(202));
    for (const one of answered) expect(again[one.line - 1]).toEqual(one);
    expect(await storedOf(reports)).toBe(1_500);
  });

  it('of more than 10,000 reports is taken up to there', async () => {
    const before = await rig.count('report');
    const report = JSON.stringify(sampleReport({ externalId: randomUUID() }));
    const answers = await batch(`${`${report}\n`.repeat(10_002)}`);
    expect(answers).toHaveLength(10_001);
    expect(answers.at(-1)).toMatchObject({ line: 10_001, status: 413 });
    expect(new Set(answers.slice(0, -1).map(({ status, reportId }) => `${status} ${reportId}`)).size).toBe(1);
    expect(await rig.count('report')).toBe(before + 1);
  }, 120_000);

  it('leaves room for those that come one by one, and loses nothing, while nothing can be written', async () => {
    const reports = titled(1_800);
    const client = new pg.Client({ connectionString: rig.database.owner });
    await client.connect();
    try {
      await client.query('BEGIN; LOCK TABLE report IN EXCLUSIVE MODE');
      const batches = Promise.all(
        [hospital, power, defence].map((principal, n) =>
          batch(lines(reports.slice(n * 600, (n + 1) * 600)), { principal }),
        ),
      );
      await pause(1_500);
      const alone = Promise.all(Array.from({ length: 100 }, () => rig.submit(sampleReport())));
      await pause(500);
      await client.query('ROLLBACK');
      expect((await alone).map(({ status }) => status)).toEqual(Array(100).fill(202));
      expect((await batches).flat().map(({ status }) => status)).toEqual(Array(1_800).fill(202));
      expect(await storedOf(reports)).toBe(1_800);
    } finally {
      await client.end();
    }
  });

  it('leaves room for others: a client has two of them under way, and no more', async () => {
    const held: (() => void)[] = [];
    const slow = () =>
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(Buffer.from(lines(titled(1))));
          held.push(() => controller.close());
        },
      }) as unknown as Uint8Array;
    const two = await Promise.all([send(slow()), send(slow())]);
    const third = await send(lines(titled(1)), { language: 'ja' });
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '5']);
    expect(((await third.json()) as { detail: string }).detail).toContain('2 件');
    expect((await batch(lines(titled(1)), { principal: power }))[0]!.status).toBe(202);
    for (const end of held) end();
    for (const response of two) expect(parsed(await response.text()).map(({ status }) => status)).toEqual([202]);
    expect((await batch(lines(titled(1))))[0]!.status).toBe(202);
  });

  it('stops reading when the service ends, and says which line is the next', async () => {
    const other = await rig.another();
    const reports = titled(400);
    let sent = 0;
    let goOn = (): void => undefined;
    const begun = new Promise<void>((resolve) => (goOn = resolve));
    const slowly = new ReadableStream({
      pull: async (controller) => {
        if (sent === 200) await begun;
        if (sent < reports.length) controller.enqueue(Buffer.from(lines([reports[sent++]])));
        else controller.close();
      },
    });
    const response = await fetch(`${other.url}/v1/report-batches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await rig.issuer.token(hospital)}`, 'content-type': NDJSON },
      body: slowly,
      duplex: 'half',
    } as RequestInit);
    const reader = response.body!.getReader();
    let text = Buffer.from((await reader.read()).value!).toString();
    const ended = other.stop();
    await pause(300);
    goOn();
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += Buffer.from(part.value).toString();
    const answers = parsed(text);
    await ended;
    const last = answers.pop()!;
    expect([last.status, answers.map(({ status }) => status)]).toEqual([503, Array(last.line - 1).fill(202)]);
    expect(await storedOf(reports)).toBe(answers.length);
    expect(answers.length).toBeGreaterThanOrEqual(100);
  });
});

describe('a batch of CSV', () => {
  const header =
    '管理番号,様式,報告段階,報告根拠,TLP,件名,概要,認知日時,事業者名,事業者分野,指定事業者,連絡先氏名,連絡先メール,対象1名称,対象1種別,対象1国,サーバ1アドレス,サーバ1国,業務影響,個人データ,痕跡1種別,痕跡1値,提供同意';
  const record = (id: string): string =>
    `${id},ランサムウェア,速報,任意,AMBER,"電子カルテ, 停止",夜間に暗号化された,2026-11-22T06:40:00+09:00,桜台総合病院,HEALTHCARE,いいえ,山田 花子,h.yamada@hospital.example,電子カルテ,CRITICAL_INFRASTRUCTURE,JP,198.51.100.37,NL,停止,不明,ipv4-addr,198.51.100.37,はい`;
  const CP932_HIGH = new Map<string, number[]>();

  /** CP932 by turning its decoder round. */
  function cp932(text: string): Buffer {
    if (CP932_HIGH.size === 0) {
      const decoder = new TextDecoder('shift_jis');
      for (let lead = 0x81; lead <= 0xfc; lead += 1) {
        for (let trail = 0x40; trail <= 0xfc; trail += 1) {
          const character = decoder.decode(Uint8Array.of(lead, trail));
          if (character.length === 1 && !CP932_HIGH.has(character)) CP932_HIGH.set(character, [lead, trail]);
        }
      }
    }
    return Buffer.from([...text].flatMap((c) => (c.charCodeAt(0) < 0x80 ? [c.charCodeAt(0)] : CP932_HIGH.get(c)!)));
  }

  it.each<[string, (text: string) => Buffer, string]>([
    ['UTF-8', (text) => Buffer.from(text), 'text/csv'],
    ['UTF-8 with a byte order mark', (text) => Buffer.from(`\ufeff${text}`), 'text/csv; charset=utf-8'],
    ['CP932', cp932, 'text/csv'],
    ['CP932, as it says', cp932, 'text/csv; charset=windows-31j'],
  ])('in %s is taken as its columns say', async (_, encode, type) => {
    const ids = [randomUUID(), randomUUID()];
    const text = [header, record(ids[0]!), 'too,few', record(ids[1]!), ''].join('\r\n');
    const answers = await batch(encode(text), { type });
    expect(answers.map(({ line, status }) => [line, status])).toEqual([
      [2, 202],
      [3, 400],
      [4, 202],
    ]);
    const { body } = await rig.client.call(hospital, 'GET', `/v1/reports/${answers[0]!.reportId}`);
    expect(body.report).toEqual({
      externalId: ids[0],
      form: 'RANSOMWARE',
      stage: 'INITIAL',
      basis: 'VOLUNTARY',
      tlp: 'AMBER',
      title: '電子カルテ, 停止',
      summary: '夜間に暗号化された',
      recognisedAt: '2026-11-22T06:40:00+09:00',
      operator: { name: '桜台総合病院', sector: 'HEALTHCARE', designated: false },
      contact: { name: '山田 花子', email: 'h.yamada@hospital.example' },
      targets: [{ ref: 't1', name: '電子カルテ', kind: 'CRITICAL_INFRASTRUCTURE', country: 'JP' }],
      servers: [{ ref: 's1', address: '198.51.100.37', country: 'NL' }],
      impact: { services: 'HALTED', personalData: 'UNKNOWN' },
      indicators: [{ type: 'ipv4-addr', value: '198.51.100.37' }],
      consent: { forward: true },
    });
  });

  it('with a column that is not known is not read', async () => {
    const [answer, ...others] = await batch(`title,colour\na,red\n`, { type: 'text/csv' });
    expect([answer!.status, answer!.problem!.detail, others]).toEqual([400, expect.stringContaining('"colour"'), []]);
  });
});

describe('what is no batch', () => {
  it.each([
    ['application/json', '{}'],
    ['text/plain', 'x'],
    ['text/csv; charset=utf-16', 'x'],
  ])('of type %s is refused', async (type, body) => {
    const response = await send(body, { type });
    expect([response.status, ((await response.json()) as { type: string }).type]).toEqual([
      415,
      `${PROBLEM}unsupported-media-type`,
    ]);
  });

  it('is not taken for one report', async () => {
    const response = await send(lines([sampleReport()]), { path: '/v1/reports' });
    expect(response.status).toBe(415);
  });

  it('is refused with a key that leaves no room for its lines', async () => {
    expect((await send(lines([sampleReport()]), { key: 'x'.repeat(241) })).status).toBe(400);
  });

  it('of somebody who is not registered stores nothing', async () => {
    const reports = titled(3);
    const answers = await batch(lines(reports), { principal: stranger });
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect((await batch(lines(reports), { principal: power })).map(({ status }) => status)).toEqual([202, 202, 202]);
    await eventually('them', async () => (await storedOf(reports)) === 3);
  });
});
