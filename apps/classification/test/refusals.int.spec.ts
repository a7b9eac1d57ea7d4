import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dmnOf } from '@sekisho/dmn';
import { findGuideline } from '@sekisho/guideline';
import { scopeFor } from './builders.js';
import {
  aoki,
  aokiElsewhere,
  baba,
  type Fixture,
  officer,
  operator,
  partner,
  START_PATIENCE,
  startFixture,
  tasking,
} from './service.js';

interface Sample {
  readonly case: number;
  readonly guideline: string;
  readonly name: string;
  readonly facts: object;
  readonly expect: { outcome: string; nscReview: string; bases: string[]; missingFacts: string[]; inForce: boolean };
}
const samples = JSON.parse(readFileSync(join(import.meta.dirname, 'determination-samples.json'), 'utf8')) as Sample[];
const OTHER = `sha256:${'0'.repeat(64)}`;

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
}, START_PATIENCE);
afterAll(() => fixture?.stop());

const pointers = (body: { errors?: { pointer: string }[] }) => body.errors?.map(({ pointer }) => pointer).sort();
const scopeOf = (determination: { digest: string }) => scopeFor({ determination: { determination } } as never);

describe('a second person', () => {
  it('is needed for what the first asserted or proposed, whatever client they use', async () => {
    const { client, incident, claim } = fixture;
    const { incidentId, determination: first } = await incident();
    const path = `/v1/incidents/${incidentId}`;
    const { scopeDigest } = (await client.call(baba, 'PUT', `${path}/scope`, scopeOf(first))).body;
    const confirm = async (by: typeof aoki, body: object) => {
      const answer = await client.call(by, 'POST', `${path}/confirmation`, body);
      return [answer.status, String(answer.body.type ?? '').replace('urn:sekisho:problem:', '')];
    };
    const refused = [409, 'same-person'];
    expect(await confirm(baba, { digest: first.digest, scopeDigest })).toEqual(refused);

    const harm = await claim(incidentId, 'graveHarmUrgent', 'TRUE', aoki);
    await claim(incidentId, 'plannedActionAt', '2026-11-24T09:00:00+09:00', baba);
    const { digest } = (await client.call(aoki, 'GET', path)).body.determination;
    expect(await confirm(aoki, { digest })).toEqual(refused);
    expect(await confirm(aokiElsewhere, { digest })).toEqual(refused);
    // A plan is no decisive fact; the scope that baba proposed is stale and not named.
    expect(await confirm(baba, { digest })).toEqual([201, '']);

    // What was set aside no longer counts; who set it aside does.
    await claim(incidentId, 'graveHarmUrgent', 'FALSE', baba, [harm]);
    const now = (await client.call(aoki, 'GET', path)).body.determination.digest;
    expect(await confirm(baba, { digest: now })).toEqual(refused);
    expect(await confirm(aoki, { digest: now })).toEqual([201, '']);
  });

  it('is demanded by the database itself, for raw SQL as the service’s role too', async () => {
    const { client, database, incident, claim } = fixture;
    const { incidentId } = await incident();
    await claim(incidentId, 'graveHarmUrgent', 'TRUE', aoki);
    const { determination, determinationVersion } = (await client.call(aoki, 'GET', `/v1/incidents/${incidentId}`))
      .body;
    const insert = (person: string | null) =>
      database.query(
        'app',
        `INSERT INTO confirmation (incident_id, version, determination_version, digest, confirmed_by, confirmed_at, recorded_by, correlation_id)
         VALUES ($1, 1, $2, $3, $4, now(), 'raw', 'raw')`,
        [incidentId, determinationVersion, determination.digest, JSON.stringify({ person })],
      );
    await expect(insert('aoki')).rejects.toMatchObject({ code: '23514', constraint: 'confirmation_two_persons' });
    await expect(insert(null)).rejects.toMatchObject({ code: '23514', constraint: 'confirmation_by_a_person' });
    await expect(insert('baba')).resolves.toEqual([]);
  });
});

describe('bad input', () => {
  it('of a claim is told by pointer', async () => {
    const { client, incident } = fixture;
    const { incidentId, claims } = await incident();
    const post = (body: unknown) => client.call(aoki, 'POST', `/v1/incidents/${incidentId}/claims`, body);
    const note = 'why';
    const kind = claims.find(({ fact }: { fact: string }) => fact === 'targets.t1.kind').claimId;
    const faults: [unknown, string[]][] = [
      [{ fact: 'servers.s9.location', value: 'DOMESTIC', note }, ['/fact']],
      [{ fact: 'targets.nobody.kind', value: 'SDF', note }, ['/fact']],
      [{ fact: 'servers.s1.location', value: 'MOON', note }, ['/value']],
      [{ fact: 'plannedActionAt', value: 'tomorrow', note }, ['/value']],
      [
        { fact: 'graveHarmUrgent', value: 'TRUE', note, setsAside: [randomUUID(), kind] },
        ['/setsAside/0', '/setsAside/1'],
      ],
      [{ fact: 'graveHarmUrgent', value: 'TRUE', colour: 'red' }, ['/colour', '/note']],
      [{}, ['/fact', '/note', '/value']],
    ];
    for (const [body, expected] of faults) {
      const answer = await post(body);
      expect([answer.status, pointers(answer.body)]).toEqual([400, expected]);
    }
    expect((await client.call(aoki, 'GET', `/v1/incidents/${incidentId}`)).body.version).toBe(1);
  });

  it('of a scope is told by pointer, and what it rests on must be current', async () => {
    const { client, incident } = fixture;
    const { incidentId, determination } = await incident();
    const put = (body: unknown, headers = {}) =>
      client.call(aoki, 'PUT', `/v1/incidents/${incidentId}/scope`, body, headers);
    const scope = scopeOf(determination);
    const server = scope.servers[0]!;
    const wrong = {
      ...scope,
      servers: [
        { ...server, executor: 'SDF' },
        { ...server, ref: 's5', attacks: ['t7'] },
      ],
    };
    const answer = await put(wrong);
    expect([answer.status, pointers(answer.body)]).toEqual([
      400,
      ['/servers/0/executor', '/servers/1/attacks/0', '/servers/1/ref'],
    ]);
    expect(pointers((await put({ ...scope, plan: 1, servers: [] })).body)).toEqual(['/plan', '/servers']);
    expect(await put({ ...scope, determination: OTHER })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(determination.digest), current: { digest: determination.digest } },
    });
    expect((await put(scope, { 'if-match': '"7"' })).status).toBe(412);
    expect((await put(scope, { 'if-match': '"1"' })).status).toBe(201);
    expect((await put(scope, { 'if-match': '"1"' })).status).toBe(412);
  });

  it('names no incident, or comes from nobody who may', async () => {
    const { client, incident } = fixture;
    const { incidentId, determination } = await incident();
    const claim = { fact: 'graveHarmUrgent', value: 'TRUE', note: 'why' };
    const path = `/v1/incidents/${incidentId}`;
    const ask = async (...call: Parameters<typeof client.call>) => (await client.call(...call)).status;
    expect(await ask(aoki, 'POST', `/v1/incidents/${randomUUID()}/claims`, claim)).toBe(404);
    expect(await ask(aoki, 'GET', '/v1/incidents/none')).toBe(404);
    expect(await ask(aoki, 'GET', `/v1/incidents/${randomUUID()}/determinations`)).toBe(404);
    expect(await ask(null, 'GET', path)).toBe(401);
    for (const stranger of [officer, operator, partner, tasking]) {
      expect(await ask(stranger, 'POST', `${path}/claims`, claim)).toBe(403);
      expect(await ask(stranger, 'PUT', `${path}/scope`, scopeOf(determination))).toBe(403);
      expect(await ask(stranger, 'POST', `${path}/confirmation`, { digest: determination.digest })).toBe(403);
    }
    expect(await ask(partner, 'GET', path)).toBe(403);
    const standing = `/v1/standing?scopeDigest=${OTHER}&incidentId=`;
    expect(await ask(aoki, 'GET', standing + incidentId)).toBe(403);
    expect(await ask(tasking, 'GET', standing + 'x')).toBe(400);
    expect((await client.call(tasking, 'GET', standing + randomUUID())).body).toMatchObject({ stands: false });
  });

  it('under a used Idempotency-Key answers as before, or 422 for another body', async () => {
    const { client, incident } = fixture;
    const { incidentId } = await incident();
    const key = { 'idempotency-key': randomUUID() };
    const post = (value: string) =>
      client.call(
        aoki,
        'POST',
        `/v1/incidents/${incidentId}/claims`,
        { fact: 'graveHarmUrgent', value, note: 'why' },
        key,
      );
    const [first, again] = [await post('TRUE'), await post('TRUE')];
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await post('FALSE')).status).toBe(422);
    expect((await client.call(aoki, 'GET', `/v1/incidents/${incidentId}`)).body.version).toBe(2);
  });
});

describe('the guideline', () => {
  it.each(samples)('previews case $case under $guideline: $name', async ({ guideline, facts, expect: wanted }) => {
    const { status, body } = await fixture.client.call(aoki, 'POST', '/v1/determination-previews', {
      guideline,
      facts,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      guideline,
      inForce: wanted.inForce,
      outcome: wanted.outcome,
      nscReview: { required: wanted.nscReview, bases: wanted.bases },
      digest: expect.stringMatching(/^sha256:/),
    });
    expect([...body.missingFacts].sort()).toEqual(wanted.missingFacts);
  });

  it('previews under the version in force at the planned time, and under none that there is not', async () => {
    const { facts } = samples[0]!;
    const preview = (body: unknown) => fixture.client.call(officer, 'POST', '/v1/determination-previews', body);
    expect((await preview({ facts })).body).toMatchObject({ guideline: 'acd-2026-10', inForce: true });
    const early = { ...facts, plannedActionAt: '2026-09-30T23:59:59+09:00' };
    expect((await preview({ facts: early })).body).toMatchObject({ guideline: 'acd-2026-10', inForce: false });
    expect(pointers((await preview({ guideline: 'acd-1999', facts })).body)).toEqual(['/guideline']);
    expect(pointers((await preview({ facts: { ...facts, servers: [] } })).body)).toEqual(['/facts/servers']);
  });

  it('says on request what to ask next and what would have to be otherwise, of a preview and of a case', async () => {
    const { client, incident } = fixture;
    const { facts } = samples[0]!;
    const open = { ...facts, graveHarmUrgent: 'UNKNOWN' };
    const path = '/v1/determination-previews';
    const preview = (query: string) => client.call(aoki, 'POST', `${path}${query}`, { facts: open });
    const { body } = await preview('?with=questions,counterfactuals');
    expect(body.questions.questions[0]).toMatchObject({
      fact: 'graveHarmUrgent',
      answers: [
        { values: ['TRUE'], ends: 1, leadsTo: { outcome: 'DETERMINED' } },
        { values: ['FALSE'], ends: 1, leadsTo: { outcome: 'NO_AUTHORITY' } },
      ],
    });
    expect(body.counterfactuals.map(({ goal }: { goal: string }) => goal)).toEqual([
      'NO_REVIEW',
      'SDF_MAY_ACT',
      'ORDER_POSSIBLE',
    ]);
    expect(Object.keys((await preview('')).body)).not.toContain('questions');
    expect(pointers((await preview('?with=wishes')).body)).toEqual(['?with.0']);

    const { incidentId } = await incident();
    const shown = (await client.call(aoki, 'GET', `/v1/incidents/${incidentId}?with=questions`)).body.determination;
    expect(shown.questions.questions.map(({ fact }: { fact: string }) => fact)).toEqual(
      expect.arrayContaining(['measureContemplated', 'graveHarmUrgent']),
    );
  });

  it('answers from history what was answered then', async () => {
    const { client, incident, claim } = fixture;
    const { incidentId, determination: first, openedAt } = await incident();
    const path = `/v1/incidents/${incidentId}/determinations`;
    const before = new Date(Date.parse(openedAt) - 1_000).toISOString();
    await claim(incidentId, 'graveHarmUrgent', 'TRUE');
    const history = (await client.call(aoki, 'GET', path)).body.items as { madeAt: string; determination: object }[];
    expect(history).toHaveLength(2);
    const [now, then] = history as [(typeof history)[0], (typeof history)[0]];
    const between = new Date(Date.parse(now.madeAt) - 1).toISOString();
    const asOf = async (query: string) => (await client.call(aoki, 'GET', `${path}?${query}`)).body.items;
    expect(await asOf(`knownAt=${between}`)).toEqual([then]);
    expect(then.determination).toMatchObject({ digest: first.digest });
    expect(await asOf(`knownAt=${now.madeAt}`)).toEqual([now]);
    expect(await asOf(`knownAt=${before}`)).toEqual([]);
    expect(await asOf(`validAt=${openedAt}`)).toEqual([now]);
    expect(await asOf(`validAt=${openedAt}&knownAt=${between}`)).toEqual([then]);
    const refused = await client.call(aoki, 'GET', `${path}?knownAt=yesterday`);
    expect([refused.status, pointers(refused.body)]).toEqual([400, ['?knownAt']]);
  });

  it('is shown beside another version, clause by clause', async () => {
    const { client } = fixture;
    const { status, body } = await client.call(aoki, 'GET', '/v1/guidelines/acd-2025-12-draft/diff/acd-2026-10');
    expect([status, body.from.id, body.to.id]).toEqual([200, 'acd-2025-12-draft', 'acd-2026-10']);
    expect(body.clauses.find(({ to }: { to: { id: string } | null }) => to?.id === 'S1')).toMatchObject({
      change: 'ADDED',
      from: null,
      to: { words: { ja: expect.any(String) } },
    });
    for (const pair of ['acd-1999/diff/acd-2026-10', 'acd-2026-10/diff/acd-1999']) {
      expect((await client.call(aoki, 'GET', `/v1/guidelines/${pair}`)).status).toBe(404);
    }
  });

  it('is given as a model for other tools', async () => {
    const { client } = fixture;
    const model = await client.fetch(aoki, '/v1/guidelines/acd-2026-10/dmn');
    expect([model.status, model.headers.get('content-type')]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(await model.text()).toBe(dmnOf(findGuideline('acd-2026-10')!));
    expect((await client.fetch(aoki, '/v1/guidelines/acd-1999/dmn')).status).toBe(404);
  });

  it('can be read with its sources', async () => {
    const { client } = fixture;
    const list = (await client.call(aoki, 'GET', '/v1/guidelines')).body;
    expect(list.items.map(({ id }: { id: string }) => id)).toEqual(['acd-2025-12-draft', 'acd-2026-10']);
    const { status, body } = await client.call(aoki, 'GET', '/v1/guidelines/acd-2026-10');
    expect(status).toBe(200);
    expect(body.provisions).toHaveLength(12);
    expect(body.text[0]).toMatchObject({ words: { ja: expect.any(String) }, sources: [{ mark: 'A' }] });
    expect((await client.call(aoki, 'GET', '/v1/guidelines/acd-1999')).status).toBe(404);
  });
});
