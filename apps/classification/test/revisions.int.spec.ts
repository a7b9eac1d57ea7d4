import { eventually, sendEvent } from '@sekisho/testing';
import { scopeFor, type Submitted, submitted } from './builders.js';
import { aoki, baba, type Fixture, operator, START_PATIENCE, startFixture, tasking } from './service.js';

const LOCATION = 'servers.s1.location';
const TOPIC = 'intake.reports.v1';
let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
}, START_PATIENCE);
afterAll(() => fixture?.stop());

type Report = Submitted['report'];
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const inJapan: Partial<Report> = { servers: [{ ref: 'c2', address: '198.51.100.37', country: 'JP', confidence: 80 }] };
const more: Partial<Report> = {
  servers: [
    { ref: 'c2', address: '198.51.100.37', country: 'NL', confidence: 80 },
    { ref: 'drop', address: '203.0.113.9', country: 'DE' },
  ],
};

/** What intake tells of a report later; waits until it is taken in. */
async function told(type: string, reportId: string, data: object): Promise<string> {
  const id = await sendEvent('incident-intake', TOPIC, type, reportId, { reportId, ...data });
  await eventually('the event in the inbox', async () => {
    const rows = await fixture.database.query('superuser', 'SELECT FROM inbox WHERE event_id = $1', [id]);
    return rows.length > 0;
  });
  return id;
}
const revised = (reportId: string, revision: number, report: Partial<Report>, over: Partial<Submitted> = {}) =>
  told('report-revised.v1', reportId, {
    ...submitted({ stage: 'FOLLOW_UP', ...report }, { reportId, digest: digest(String(revision)) }),
    revision,
    previousDigest: digest('a'),
    reason: null,
    ...over,
  });
const view = async (incidentId: string) => (await fixture.client.call(aoki, 'GET', `/v1/incidents/${incidentId}`)).body;
const eventsOf = async (incidentId: string): Promise<string[]> =>
  (
    await fixture.database.query<{ type: string }>(
      'superuser',
      `SELECT type FROM outbox WHERE key = $1 AND topic = 'classification.determinations.v1' ORDER BY position`,
      [incidentId],
    )
  ).map(({ type }) => type);
const marksInList = async (reportId: string): Promise<string[]> =>
  (await fixture.client.call(aoki, 'GET', `/v1/incidents?reportId=${reportId}`)).body.items[0].marks;
const adopt = (incidentId: string, reportId: string, revision: number) =>
  fixture.client.call(aoki, 'POST', `/v1/incidents/${incidentId}/adoptions`, { reportId, revision });

/** A case whose determination and scope a second person has confirmed. */
async function confirmed(): Promise<{ incidentId: string; reportId: string; scopeDigest: string; digest: string }> {
  const { client, incident } = fixture;
  const { incidentId, reportIds, determination } = await incident();
  const path = `/v1/incidents/${incidentId}`;
  const scope = scopeFor({ determination: { determination, version: 1 } } as never);
  const { scopeDigest } = (await client.call(aoki, 'PUT', `${path}/scope`, scope)).body;
  const body = { digest: determination.digest, scopeDigest };
  expect((await client.call(baba, 'POST', `${path}/confirmation`, body)).status).toBe(201);
  return { incidentId, reportId: reportIds[0], ...body };
}
const stands = async (incidentId: string, scopeDigest: string): Promise<boolean> =>
  (await fixture.client.call(tasking, 'GET', `/v1/standing?incidentId=${incidentId}&scopeDigest=${scopeDigest}`)).body
    .stands;

describe('a report that differs from the register', () => {
  const sector = { pointer: '/operator/sector', reported: 'GAS', registered: 'ELECTRICITY' };
  const basis = { pointer: '/basis', reported: 'VOLUNTARY', registered: 'MANDATORY' };

  it('marks its case for analysts with what it says last, and not any more once it agrees', async () => {
    const { incidentId, reportIds, registerDifferences } = await fixture.incident(
      {},
      { registerDifferences: [sector, basis] },
    );
    const reportId = reportIds[0];
    const of = (...differences: object[]) => differences.map((difference) => ({ ...difference, reportId }));
    expect([registerDifferences, await marksInList(reportId)]).toEqual([of(sector, basis), ['REGISTER_DIFFERS']]);
    await revised(reportId, 2, {}, { registerDifferences: [basis] });
    expect([(await view(incidentId)).registerDifferences, await marksInList(reportId)]).toEqual([
      of(basis),
      ['REGISTER_DIFFERS'],
    ]);
    await revised(reportId, 3, {});
    const { registerDifferences: none, revisions } = await view(incidentId);
    expect([none, await marksInList(reportId)]).toEqual([[], []]);
    expect(revisions.map((each: { registerDifferences: object[] }) => each.registerDifferences)).toEqual([[basis], []]);
  });

  it('is marked though a revision is held', async () => {
    const { incidentId, reportId } = await confirmed();
    expect((await view(incidentId)).registerDifferences).toEqual([]);
    await revised(reportId, 2, inJapan, { registerDifferences: [sector] });
    expect((await view(incidentId)).registerDifferences).toEqual([{ ...sector, reportId }]);
    expect(await marksInList(reportId)).toEqual(['REGISTER_DIFFERS', 'REVISION_HELD']);
  });
});

describe('a revision of a case that nobody has confirmed', () => {
  it('becomes new claims of the report: servers are added, none is re-pointed, and the determination follows', async () => {
    const { incidentId, reportIds, version } = await fixture.incident();
    const id = await revised(reportIds[0], 2, { ...more, title: 'more is known' });
    // As the broker may give it again.
    await sendEvent('incident-intake', TOPIC, 'report-revised.v1', reportIds[0], {}, { ce_id: id });
    const seen = await view(incidentId);
    expect(seen).toMatchObject({
      version: version + 1,
      determinationVersion: 2,
      servers: [
        { ref: 's1', address: '198.51.100.37', location: 'OVERSEAS', reportRef: 'c2' },
        { ref: 's2', address: '203.0.113.9', location: 'OVERSEAS', reportRef: 'drop' },
      ],
      revisions: [{ reportId: reportIds[0], revision: 2, digest: digest('2'), takenBy: null }],
    });
    await revised(reportIds[0], 3, inJapan);
    const { facts, claims } = await view(incidentId);
    expect(facts.servers).toEqual([
      { ref: 's1', location: 'DOMESTIC' },
      { ref: 's2', location: 'OVERSEAS' },
    ]);
    const about = claims.filter(({ fact }: { fact: string }) => fact === LOCATION);
    expect(about).toMatchObject([
      { origin: 'REPORT', value: 'OVERSEAS' },
      {
        origin: 'REPORT',
        value: 'DOMESTIC',
        setsAside: [about[0].claimId],
        note: expect.stringMatching(/^Revision 3:/),
      },
    ]);
    expect(await eventsOf(incidentId)).toEqual([
      'incident-opened.v1',
      'determination-made.v1',
      'revision-taken.v1',
      'determination-made.v1',
      'revision-taken.v1',
      'determination-made.v1',
    ]);
  });

  it('makes a thin case whole: what was not known is identified, under the ref that it had', async () => {
    const { incidentId, reportIds } = await fixture.incident({ servers: [] });
    await revised(reportIds[0], 2, {});
    expect((await view(incidentId)).servers).toEqual([
      { ref: 's1', address: '198.51.100.37', reportRef: 'c2', location: 'OVERSEAS' },
    ]);
    const repoint = `INSERT INTO identified_server (incident_id, ref, address, report_id, revision, report_ref, recorded_by, correlation_id)
      SELECT incident_id, ref, '192.0.2.1', report_id, 2, 'x', 'x', 'x' FROM case_server WHERE incident_id = $1`;
    await expect(fixture.database.query('app', repoint, [incidentId])).rejects.toThrow('re-pointed');
  });
});

describe('a revision of a case that is confirmed', () => {
  it('has what it contradicts contested, and changes nothing until an analyst has settled it', async () => {
    const { incidentId, reportId, scopeDigest, digest: confirmedDigest } = await confirmed();
    await revised(reportId, 2, inJapan);
    const seen = await view(incidentId);
    expect(seen).toMatchObject({
      determination: { digest: confirmedDigest },
      confirmation: { standing: true },
      contests: [{ fact: LOCATION, value: 'DOMESTIC', source: '/incident-intake', settledBy: null }],
      revisions: [{ revision: 2, takenAt: null }],
    });
    expect(seen.contests[0].note).toContain('Revision 2');
    expect(await stands(incidentId, scopeDigest)).toBe(false);
    expect((await eventsOf(incidentId)).slice(-2)).toEqual(['revision-held.v1', 'fact-contested.v1']);
    // Said again it is no news, and not contested again once it is settled.
    await fixture.claim(incidentId, LOCATION, 'OVERSEAS');
    await revised(reportId, 3, inJapan);
    expect((await view(incidentId)).contests).toHaveLength(1);
    expect(await stands(incidentId, scopeDigest)).toBe(true);
  });

  it('that contradicts nothing is held: orders go on, and an analyst takes it in when he will', async () => {
    const { incidentId, reportId, scopeDigest } = await confirmed();
    await revised(reportId, 2, inJapan);
    await revised(reportId, 3, more);
    expect(await marksInList(reportId)).toEqual(['REVISION_HELD']);
    const held = await view(incidentId);
    expect([held.servers.length, held.revisions.length]).toEqual([1, 2]);
    expect((await adopt(incidentId, reportId, 2)).status).toBe(409);
    expect((await adopt(incidentId, reportId, 4)).status).toBe(404);
    const { status, body } = await adopt(incidentId, reportId, 3);
    expect([status, body.determination.digest === held.determination.digest]).toEqual([201, false]);
    expect(await view(incidentId)).toMatchObject({
      servers: [{ ref: 's1' }, { ref: 's2', address: '203.0.113.9', location: 'OVERSEAS' }],
      confirmation: { standing: false, lapsed: { reason: 'FACTS_CHANGED' } },
      revisions: [{ takenAt: null }, { revision: 3, takenBy: { person: 'aoki' } }],
    });
    expect(await stands(incidentId, scopeDigest)).toBe(false);
    expect((await adopt(incidentId, reportId, 3)).status).toBe(409);
    expect(await marksInList(reportId)).toEqual([]);
    expect((await eventsOf(incidentId)).slice(-3)).toEqual([
      'revision-taken.v1',
      'determination-made.v1',
      'confirmation-lapsed.v1',
    ]);
  });
});

describe('a revision that comes before its report', () => {
  it('is parked for an operator, and opens nothing', async () => {
    const data = submitted();
    const { reportId } = data;
    await sendEvent('incident-intake', TOPIC, 'report-revised.v1', reportId, {
      ...data,
      revision: 2,
      previousDigest: digest('a'),
      reason: null,
    });
    const parked = await eventually('the parked revision', async () => {
      const { body } = await fixture.client.call(operator, 'GET', '/v1/parked');
      return body.items.find(({ key }: { key: string }) => key === reportId) as
        { id: string; error: string } | undefined;
    });
    expect(parked.error).toContain('has opened no incident');
    expect(await fixture.incidentsOf(reportId)).toEqual([]);
  });
});

describe('a report that is withdrawn', () => {
  it('marks its case for analysts, and closes nothing', async () => {
    const { incidentId, reportId, scopeDigest } = await confirmed();
    const withdrawnAt = new Date().toISOString();
    const about = { revision: 1, digest: digest('a'), reason: 'It was a drill.', withdrawnAt };
    await told('report-withdrawn.v1', reportId, about);
    expect(await view(incidentId)).toMatchObject({
      confirmation: { standing: true },
      marks: [{ reportId, mark: 'REPORT_WITHDRAWN', reason: 'It was a drill.', markedAt: withdrawnAt }],
    });
    expect(await stands(incidentId, scopeDigest)).toBe(true);
    expect((await eventsOf(incidentId)).at(-1)).toBe('incident-marked.v1');
    expect(await marksInList(reportId)).toEqual(['REPORT_WITHDRAWN']);
  });

  it('and that nobody has heard of marks nothing and holds nothing up', async () => {
    const { reportId } = submitted();
    const about = { revision: 1, digest: digest('a'), reason: null, withdrawnAt: new Date().toISOString() };
    await told('report-withdrawn.v1', reportId, about);
    const parked = await fixture.database.query('superuser', 'SELECT FROM parked WHERE key = $1', [reportId]);
    expect(parked).toEqual([]);
  });

  it('or of which no more may go out is marked so, and when it may again', async () => {
    const { incidentId, reportIds } = await fixture.incident();
    const at = new Date().toISOString();
    await told('consent-withdrawn.v1', reportIds[0], { forwardedRevision: 1, reason: null, withdrawnAt: at });
    await told('consent-given.v1', reportIds[0], { givenAt: new Date(Date.parse(at) + 1).toISOString() });
    expect((await view(incidentId)).marks).toMatchObject([{ mark: 'CONSENT_WITHDRAWN' }, { mark: 'CONSENT_GIVEN' }]);
  });
});
