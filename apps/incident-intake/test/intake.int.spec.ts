import { randomUUID } from 'node:crypto';
import type { ReportForm } from '@sekisho/contracts';
import { digestOf, type JSONWebKeySet, verify } from '@sekisho/signing';
import { readTopic, type SeenMessage } from '@sekisho/testing';
import { defence, hospital, type IntakeRig, power, startIntake } from './intake-rig.js';
import { sampleReport } from './sample-report.js';
import { japanIncidents } from './samples.js';

let rig: IntakeRig;

beforeAll(async () => {
  rig = await startIntake();
});

afterAll(() => rig?.stop());

const onTopic = (reportIds: string[]): Promise<SeenMessage[]> =>
  readTopic(
    'classification',
    'intake.reports.v1',
    ({ key }) => reportIds.includes(key!),
    (seen) => seen.length === reportIds.length,
  );

describe('a report', () => {
  it('is answered with where it is and a receipt that anyone can verify', async () => {
    const report = sampleReport({ basis: 'MANDATORY' });
    const { status, headers, body } = await rig.submit(report, power);
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/v1/reports/${body.reportId}`);
    const keys = (await (await fetch(`${rig.service.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
    const view = (await rig.client.call(power, 'GET', headers.get('location')!)).body;
    expect(await verify(body.receipt, keys, 'sekisho-receipt+jws')).toEqual({
      reportId: body.reportId,
      number: view.number,
      digest: digestOf(report),
      receivedAt: body.receivedAt,
      organisation: 'org-power',
    });
    expect(
      body.deadlines.map(({ regime, kind }: { regime: string; kind: string }) => `${regime} ${kind}`).sort(),
    ).toEqual([
      'designated-operator-report FINAL_REPORT',
      'designated-operator-report PROMPT_REPORT',
      'electricity-accident DETAILED_REPORT',
      'electricity-accident PRELIMINARY_REPORT',
      'personal-data-breach FINAL_REPORT',
      'personal-data-breach PRELIMINARY_REPORT',
    ]);
    expect(view).toEqual({
      ...body,
      number: view.number,
      digest: digestOf(report),
      report,
      forwarded: true,
      revision: 1,
    });
  });

  it('gets a higher number than those before it', async () => {
    const numbers: number[] = [];
    for (const principal of [hospital, power, hospital]) {
      const { headers } = await rig.submit(sampleReport(), principal);
      numbers.push((await rig.client.call(principal, 'GET', headers.get('location')!)).body.number);
    }
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('appears on its topic as a CloudEvent in binary mode, without the person to contact', async () => {
    const { body } = await rig.submit(sampleReport());
    const [message] = await onTopic([body.reportId]);
    expect(message!.headers).toMatchObject({
      ce_specversion: '1.0',
      ce_id: expect.stringMatching(/^[0-9a-f-]{14}7/),
      ce_source: '/incident-intake',
      ce_type: 'report-submitted.v1',
      ce_subject: body.reportId,
      ce_time: expect.stringMatching(/^\d{4}-.*Z$/),
      ce_dataschema: expect.stringContaining('report-submitted.v1'),
      'content-type': 'application/json',
      ce_sequence: expect.stringMatching(/^\d{20}$/),
      ce_correlationid: expect.any(String),
      traceparent: expect.stringMatching(/^00-/),
    });
    expect(message!.value).toMatchObject({
      reportId: body.reportId,
      receivedAt: body.receivedAt,
      organisation: { id: 'org-hospital', sector: 'HEALTHCARE' },
    });
    expect(JSON.stringify(message!.value)).not.toMatch(/yamada|山田|0000-0000/);
  });

  it('that is voluntary and without consent leaves as no more than its existence', async () => {
    const { body } = await rig.submit(sampleReport({ consent: { forward: false } }));
    const [message] = await onTopic([body.reportId]);
    expect(message!.headers['ce_type']).toBe('report-withheld.v1');
    expect(Object.keys(message!.value as object).sort()).toEqual(['digest', 'receivedAt', 'reportId']);
    expect(await rig.count('outbox', 'key = $1', [body.reportId])).toBe(1);
  });

  it.each<[string, (report: ReportForm) => ReportForm]>([
    ['18 real incidents', (report) => report],
    ['the same without numbers of their own', ({ externalId: _, ...report }) => report],
  ])('is taken from %s, as the defence ministry’s', async (_, change) => {
    const reports = japanIncidents().map(change);
    expect(reports).toHaveLength(18);
    for (const report of reports) {
      const { status, body } = await rig.submit(report, defence);
      expect([report.title, status, body.errors]).toEqual([report.title, 202, undefined]);
    }
  });
});

describe('a report sent again', () => {
  it('with the organisation’s own number is one report; another content is refused', async () => {
    const externalId = randomUUID();
    const first = await rig.submit(sampleReport({ externalId }));
    const again = await rig.submit(sampleReport({ externalId }));
    expect([again.status, again.body, again.headers.get('location')]).toEqual([
      202,
      first.body,
      first.headers.get('location'),
    ]);
    const other = await rig.submit(sampleReport({ externalId, title: 'another' }));
    expect([other.status, other.body.reportId]).toEqual([409, first.body.reportId]);
    const elsewhere = await rig.submit(sampleReport({ externalId }), power);
    expect([elsewhere.status, elsewhere.body.reportId === first.body.reportId]).toEqual([202, false]);
  });

  it('twenty times at once with one number of its own is one report, and one event', async () => {
    // Several rounds: only the later ones find every connection open, and meet.
    for (let round = 1; round <= 4; round += 1) {
      const externalId = randomUUID();
      const answers = await Promise.all(Array.from({ length: 20 }, () => rig.submit(sampleReport({ externalId }))));
      expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
      expect(answers[0]!.status).toBe(202);
      expect(await rig.count('report', 'external_id = $1', [externalId])).toBe(1);
      expect(await rig.count('outbox', 'key = $1', [answers[0]!.body.reportId])).toBe(1);
    }
  });

  it('twenty times at once under one key is one report with equal answers', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const title = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => rig.submit(sampleReport({ title }), hospital, key)),
    );
    const told = answers.map(({ status, body, headers }) => JSON.stringify([status, body, headers.get('location')]));
    expect(new Set(told).size).toBe(1);
    expect(answers[0]!.status).toBe(202);
    expect(await rig.count('report_revision', `content ->> 'title' = $1`, [title])).toBe(1);
    expect(
      await rig.count('contact', 'correlation_id IN (SELECT correlation_id FROM outbox WHERE key = $1)', [
        answers[0]!.body.reportId,
      ]),
    ).toBe(1);
  });

  it('under one key with another body is refused; another caller’s same key is his own', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await rig.submit(sampleReport(), hospital, key);
    expect((await rig.submit(sampleReport({ title: 'other' }), hospital, key)).status).toBe(422);
    expect((await rig.submit(sampleReport(), hospital, key)).body).toEqual(first.body);
    const elsewhere = await rig.submit(sampleReport(), power, key);
    expect([elsewhere.status, elsewhere.body.reportId === first.body.reportId]).toEqual([202, false]);
  });

  it('under no key and without a number of its own is another report', async () => {
    const [one, two] = [await rig.submit(sampleReport()), await rig.submit(sampleReport())];
    expect(one.body.reportId).not.toBe(two.body.reportId);
  });
});

describe('the list', () => {
  it('pages through all of them, each once, the newest first', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await rig.client.call(hospital, 'GET', `/v1/reports?limit=7${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ reportId }: { reportId: string }) => reportId));
      cursor = body.next ?? '';
    } while (cursor);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    expect(seen).toHaveLength(await rig.count('report', `organisation_id = 'org-hospital'`));
  });

  it('says of each what it is', async () => {
    const report = sampleReport({ externalId: randomUUID(), consent: { forward: false } });
    const { body } = await rig.submit(report, power);
    const { body: page } = await rig.client.call(power, 'GET', '/v1/reports?limit=1');
    expect(page.items).toEqual([
      {
        reportId: body.reportId,
        number: expect.any(Number),
        externalId: report.externalId,
        title: report.title,
        form: 'RANSOMWARE',
        basis: 'VOLUNTARY',
        receivedAt: body.receivedAt,
        forwarded: false,
      },
    ]);
  });
});
