import { classificationEvents } from '@sekisho/contracts';
import { scopeFor } from './builders.js';
import { aoki, baba, type Fixture, officer, START_PATIENCE, startFixture, tasking } from './service.js';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
}, START_PATIENCE);
afterAll(() => fixture?.stop());

const types = (messages: { headers: Record<string, string> }[]) => messages.map(({ headers }) => headers['ce_type']);
const scopeOf = ({ determination }: { determination: { digest: string } }, version = 1) =>
  scopeFor({ determination: { determination, version } } as never);

describe('from a report to a confirmed scope', () => {
  it('goes by events and documented routes alone', async () => {
    const { client, incident, claim, events } = fixture;
    const opened = await incident();
    const path = `/v1/incidents/${opened.incidentId}`;
    expect(opened).toMatchObject({
      title: '制御系への侵入',
      version: 1,
      servers: [{ ref: 's1', address: '198.51.100.37', reportRef: 'c2', location: 'OVERSEAS' }],
      targets: [{ ref: 't1', name: '給電指令所', reportRef: 'grid', kind: 'CRITICAL_INFRASTRUCTURE' }],
      determination: { outcome: 'PROVISIONAL', nscReview: { required: 'YES', bases: ['OVERSEAS_SERVER'] } },
      scope: null,
      confirmation: null,
    });

    for (const fact of opened.determination.missingFacts) await claim(opened.incidentId, fact, 'TRUE');
    await claim(opened.incidentId, 'plannedActionAt', '2026-11-24T09:00:00+09:00');
    const assessed = await client.call(aoki, 'GET', path);
    expect(assessed.body.determination).toMatchObject({ outcome: 'DETERMINED', missingFacts: [] });
    expect(assessed.headers.get('etag')).toBe(`"${assessed.body.version}"`);

    const scope = scopeOf(assessed.body);
    const proposed = await client.call(aoki, 'PUT', `${path}/scope`, scope, {
      'if-match': assessed.headers.get('etag')!,
    });
    expect(proposed).toMatchObject({ status: 201, body: { version: 1, scope } });
    const { scopeDigest } = proposed.body;

    const { digest } = assessed.body.determination;
    const confirmed = await client.call(baba, 'POST', `${path}/confirmation`, { digest, scopeDigest });
    expect(confirmed).toMatchObject({ status: 201, body: { digest, scopeDigest } });
    expect(confirmed.headers.get('location')).toBe(path);
    const standing = `/v1/standing?incidentId=${opened.incidentId}&scopeDigest=${scopeDigest}`;
    expect(await client.call(tasking, 'GET', standing)).toMatchObject({ status: 200, body: { stands: true } });

    // Each claim makes a version; the opening makes two events, each claim two, scope and confirmation one.
    const claims = opened.determination.missingFacts.length + 1;
    const messages = await events(opened.incidentId, 4 + 2 * claims);
    expect(types(messages)).toEqual([
      'incident-opened.v1',
      'determination-made.v1',
      ...Array.from({ length: claims }, () => ['claim-recorded.v1', 'determination-made.v1']).flat(),
      'scope-proposed.v1',
      'determination-confirmed.v1',
    ]);
    const last = classificationEvents['determination-confirmed.v1'].parse(messages.at(-1)!.value);
    expect(last).toMatchObject({ scope, scopeDigest, version: claims + 1, determination: { digest } });
    expect(last.claims).toHaveLength(3 + claims);
    expect([last.confirmedBy.person, last.proposedBy?.person, last.assertedBy.map(({ person }) => person)]).toEqual([
      'baba',
      'aoki',
      ['aoki'],
    ]);

    const history = await client.call(officer, 'GET', `${path}/determinations?limit=2`);
    expect(history.body.items.map(({ version }: { version: number }) => version)).toEqual([claims + 1, claims]);
    const rest = await client.call(officer, 'GET', `${path}/determinations?cursor=${history.body.next}`);
    expect(rest.body.items.at(-1)).toMatchObject({
      version: 1,
      facts: opened.facts,
      determination: opened.determination,
    });
  });

  it('tells in the list in one line what a case waits for, who holds it and until when', async () => {
    const { client, incident, claim } = fixture;
    const { incidentId, reportIds, determination } = await incident();
    const line = async (language: string) => {
      const path = `/v1/incidents?reportId=${reportIds[0]}`;
      const { body } = await client.call(aoki, 'GET', path, undefined, { 'accept-language': language });
      return body.items[0].summary as string | null;
    };
    expect(await line('ja')).toMatch(/^制御系への侵入：未確定の事実は、.*（国家サイバー統括室の分析官）。$/);
    for (const fact of determination.missingFacts) await claim(incidentId, fact, 'TRUE');
    await claim(incidentId, 'plannedActionAt', '2099-11-24T09:00:00+09:00');
    expect(await line('en')).toBe(
      '制御系への侵入: a confirmed scope is missing (analysts of the National Cybersecurity Office), by Tuesday 24 November 2099, 09:00.',
    );

    const path = `/v1/incidents/${incidentId}`;
    const { digest } = (await client.call(aoki, 'GET', path)).body.determination;
    const scope = scopeOf({ determination: { digest } });
    const { scopeDigest } = (await client.call(aoki, 'PUT', `${path}/scope`, scope)).body;
    expect((await client.call(baba, 'POST', `${path}/confirmation`, { digest, scopeDigest })).status).toBe(201);
    expect(await line('en')).toBeNull();
  });

  it('what was confirmed lapses once when the facts change, and the scope must be proposed again', async () => {
    const { client, incident, claim, events } = fixture;
    const { incidentId, determination } = await incident();
    const path = `/v1/incidents/${incidentId}`;
    const { scopeDigest } = (await client.call(aoki, 'PUT', `${path}/scope`, scopeOf({ determination }))).body;
    const body = { digest: determination.digest, scopeDigest };
    expect((await client.call(baba, 'POST', `${path}/confirmation`, body)).status).toBe(201);

    const harm = await claim(incidentId, 'graveHarmUrgent', 'TRUE');
    await claim(incidentId, 'measureContemplated', 'TRUE');
    const standing = `/v1/standing?incidentId=${incidentId}&scopeDigest=${scopeDigest}`;
    expect((await client.call(tasking, 'GET', standing)).body).toMatchObject({
      stands: false,
      fault: 'LAPSED',
      detail: expect.stringContaining('FACTS_CHANGED'),
    });
    const stale = await client.call(baba, 'POST', `${path}/confirmation`, body);
    const now = (await client.call(aoki, 'GET', path)).body;
    expect(stale).toMatchObject({
      status: 409,
      body: {
        type: 'urn:sekisho:problem:stale-scope',
        detail: expect.stringContaining(now.determination.digest),
        current: { digest: now.determination.digest },
      },
    });
    expect(now).toMatchObject({ scope: { stale: true }, confirmation: { standing: false } });

    // The facts come back to what they were: what has lapsed stays so.
    await claim(incidentId, 'graveHarmUrgent', 'UNKNOWN', aoki, [harm]);
    const contemplated = now.claims.find(({ fact }: { fact: string }) => fact === 'measureContemplated').claimId;
    await claim(incidentId, 'measureContemplated', 'UNKNOWN', aoki, [contemplated]);
    expect((await client.call(aoki, 'GET', path)).body.determination.digest).toBe(determination.digest);
    expect((await client.call(baba, 'POST', `${path}/confirmation`, body)).body.type).toMatch(/stale-scope$/);
    const next = await client.call(aoki, 'PUT', `${path}/scope`, scopeOf({ determination }));
    expect(next).toMatchObject({ status: 200, body: { version: 2 } });
    const renewed = { digest: determination.digest, scopeDigest: next.body.scopeDigest };
    expect((await client.call(baba, 'POST', `${path}/confirmation`, renewed)).status).toBe(201);

    // A scope that replaces a confirmed one.
    expect((await client.call(aoki, 'PUT', `${path}/scope`, scopeOf({ determination }))).status).toBe(200);
    const messages = await events(incidentId, 17);
    const lapses = messages.filter(({ headers }) => headers['ce_type'] === 'confirmation-lapsed.v1');
    expect(lapses.map(({ value }) => value)).toMatchObject([
      { reason: 'FACTS_CHANGED', scopeDigest },
      { reason: 'SCOPE_REPLACED', scopeDigest: next.body.scopeDigest },
    ]);
  });

  it('loses no claim of analysts who write at once', async () => {
    const { client, incident, claim } = fixture;
    const { incidentId } = await incident();
    const facts = ['graveHarmUrgent', 'measureContemplated', 'nationalSecurityImpact', 'communicationProtection'];
    const ids = await Promise.all(
      facts.flatMap((fact) => [claim(incidentId, fact, 'TRUE', aoki), claim(incidentId, fact, 'TRUE', baba)]),
    );
    const { body } = await client.call(aoki, 'GET', `/v1/incidents/${incidentId}`);
    expect(body.claims.map(({ claimId }: { claimId: string }) => claimId)).toEqual(expect.arrayContaining(ids));
    expect(body).toMatchObject({ version: 9, determinationVersion: 9, determination: { outcome: 'DETERMINED' } });
    expect(body.facts).toMatchObject(Object.fromEntries(facts.map((fact) => [fact, 'TRUE'])));
  });
});
