import { randomUUID } from 'node:crypto';
import type { GuidelineAdoption } from '@sekisho/contracts';
import { guidelineEvents } from '@sekisho/contracts';
import { findGuideline, type Guideline, guidelines } from '@sekisho/guideline';
import { lockKeys } from '@sekisho/persistence';
import { digestOfGuideline } from '@sekisho/signing';
import { eventually, readTopic, type TestPrincipal } from '@sekisho/testing';
import { createDatabase } from '../src/database.js';
import { adoptedUntilCommit } from '../src/guidelines/adoption.store.js';
import { scopeFor } from './builders.js';
import { aoki, baba, type Fixture, operator, START_PATIENCE, startFixture, tasking } from './service.js';
import { storeCases } from './stored-cases.js';

const secretary = (subject: string): TestPrincipal => ({
  subject,
  person: subject,
  organisation: 'org-nss',
  roles: ['nsc-secretariat'],
});
const [sato, suzuki] = [secretary('sato'), secretary('suzuki')];

/** The article alone, as if it had been decided to go back to it one day. */
const amended: Guideline = {
  ...findGuideline('acd-2025-12-draft')!,
  id: 'acd-2099-04-invented',
  validFrom: '2099-04-01T00:00:00+09:00',
};
const FROM = '2099-04-01T00:00:00+09:00';
const [BEFORE, AFTER] = ['2099-03-31T23:59:59+09:00', '2099-04-02T00:00:00+09:00'];
const document = { name: 'Decision of the NSC of 1 March 2099', digest: `sha256:${'a'.repeat(64)}` };

let fixture: Fixture;
const versions = guidelines as Guideline[];

beforeAll(async () => {
  versions.push(amended);
  fixture = await startFixture();
}, START_PATIENCE);
afterAll(async () => {
  versions.pop();
  await fixture?.stop();
});

const bodyFor = (guideline: Guideline, from = FROM) => ({
  guideline: guideline.id,
  digest: digestOfGuideline(guideline),
  from,
  document,
});
const propose = (body: object, by = sato, headers?: Record<string, string>) =>
  fixture.client.call(by, 'POST', '/v1/guideline-adoptions', body, headers);
const confirm = (adoptionId: string, by = suzuki) =>
  fixture.client.call(by, 'POST', `/v1/guideline-adoptions/${adoptionId}/confirmation`);

async function adopt(guideline: Guideline, from = FROM): Promise<GuidelineAdoption> {
  const { body } = await propose(bodyFor(guideline, from));
  const confirmed = await confirm(body.adoptionId);
  expect(confirmed).toMatchObject({ status: 201, body: { decision: { outcome: 'CONFIRMED' } } });
  return confirmed.body;
}

/** The version that answers a case planned for then, and whether it is in force. */
async function countsAt(plannedActionAt: string): Promise<[string, boolean]> {
  const facts = {
    plannedActionAt,
    ...{ measureContemplated: 'TRUE', graveHarmUrgent: 'TRUE', nationalSecurityImpact: 'TRUE' },
    ...{ communicationProtection: 'TRUE', noTimeForPriorApproval: 'FALSE' },
    servers: [{ ref: 's1', location: 'OVERSEAS' }],
    targets: [{ ref: 't1', kind: 'PRIVATE' }],
  };
  const { body } = await fixture.client.call(aoki, 'POST', '/v1/determination-previews', { facts });
  return [body.guideline, body.inForce];
}
const counts = (at: string, guideline: string) =>
  eventually('what was adopted counts', async () => (await countsAt(at)).join() === `${guideline},true`);

describe('an adoption', () => {
  it.each<[string, object, string, string, RegExp]>([
    ['a version that is not there', { guideline: 'acd-2030' }, '/guideline', 'unknown-guideline', /ありません/],
    ['a draft', bodyFor(findGuideline('acd-2025-12-draft')!), '/guideline', 'guideline-is-draft', /案/],
    ['another text', { digest: `sha256:${'0'.repeat(64)}` }, '/digest', 'guideline-digest-differs', /ダイジェスト/],
    ['a time before its own', { from: '2099-03-31T23:59:59+09:00' }, '/from', 'before-valid-from', /2099-04-01/],
    [
      'a time that has passed',
      bodyFor(findGuideline('acd-2026-10')!, '2026-10-02T00:00:00+09:00'),
      '/from',
      'adoption-backwards',
      /過去/,
    ],
  ])('of %s is refused, in both languages', async (_what, change, pointer, code, ja) => {
    const answer = await propose({ ...bodyFor(amended), ...change });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer, code }] } });
    const { body } = await propose({ ...bodyFor(amended), ...change }, sato, { 'accept-language': 'ja' });
    expect(body.errors[0].detail).toMatch(ja);
  });

  it('is the secretariat’s to propose and to confirm', async () => {
    for (const other of [aoki, operator]) expect((await propose(bodyFor(amended), other)).status).toBe(403);
    const { body, headers } = await propose(bodyFor(amended));
    expect(headers.get('location')).toBe(`/v1/guideline-adoptions/${body.adoptionId}`);
    expect((await confirm(body.adoptionId, baba)).status).toBe(403);
    expect((await confirm(randomUUID())).status).toBe(404);
    expect(await countsAt(AFTER)).toEqual(['acd-2026-10', true]);
  });

  it('takes two people, or is taken back by the one', async () => {
    const { adoptionId } = (await propose(bodyFor(amended))).body;
    expect(await confirm(adoptionId, sato)).toMatchObject({
      status: 409,
      body: { type: 'urn:sekisho:problem:same-person' },
    });
    const rejection = `/v1/guideline-adoptions/${adoptionId}/rejection`;
    expect((await fixture.client.call(sato, 'POST', rejection, {})).status).toBe(400);
    const rejected = await fixture.client.call(sato, 'POST', rejection, { reason: 'the wrong paper' });
    expect(rejected).toMatchObject({
      status: 201,
      body: { decision: { outcome: 'REJECTED', reason: 'the wrong paper' } },
    });
    expect(await confirm(adoptionId)).toMatchObject({
      status: 409,
      body: { type: 'urn:sekisho:problem:illegal-transition' },
    });
    expect((await fixture.client.call(aoki, 'GET', `/v1/guideline-adoptions/${adoptionId}`)).body).toEqual(
      rejected.body,
    );
    expect(await countsAt(AFTER)).toEqual(['acd-2026-10', true]);
  });

  it('does not take effect in the past, whoever writes', async () => {
    const { adoptionId } = (
      await propose(bodyFor(findGuideline('acd-2026-10')!, new Date(Date.now() + 1_500).toISOString()))
    ).body;
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect(await confirm(adoptionId)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('has passed') },
    });
    const person = JSON.stringify({ issuer: 'i', subject: 'c', person: 'suzuki' });
    await expect(
      fixture.database.query(
        'owner',
        `INSERT INTO guideline_adoption_decision (adoption_id, confirmed, decided_by, decided_at, recorded_by, correlation_id)
         VALUES ('${adoptionId}', true, '${person}', '2026-11-01T00:00:00Z', 'x', 'x')`,
      ),
    ).rejects.toMatchObject({ constraint: 'guideline_adoption_not_backwards' });
  });
});

describe('what was adopted', () => {
  const path = (incidentId: string) => `/v1/incidents/${incidentId}`;
  const shown = async (incidentId: string) => (await fixture.client.call(aoki, 'GET', path(incidentId))).body;
  const asOf = async (incidentId: string, query: string) => {
    const { body } = await fixture.client.call(aoki, 'GET', `${path(incidentId)}/determinations?${query}`);
    return body.items[0].determination;
  };

  it('takes effect at its time: for what is asked, for the cases that there are, and in the record of what was known', async () => {
    const { client, incident, claim, events } = fixture;
    const [due, earlier] = [await incident(), await incident()];
    await claim(due.incidentId, 'plannedActionAt', AFTER);
    await claim(earlier.incidentId, 'plannedActionAt', BEFORE);
    const { determination } = await shown(due.incidentId);
    const scope = scopeFor({ determination: { determination } } as never);
    const proposed = await client.call(aoki, 'PUT', `${path(due.incidentId)}/scope`, scope);
    const { scopeDigest } = proposed.body;
    const confirmation = { digest: determination.digest, scopeDigest };
    expect((await client.call(baba, 'POST', `${path(due.incidentId)}/confirmation`, confirmation)).status).toBe(201);
    const standing = `/v1/standing?incidentId=${due.incidentId}&scopeDigest=${scopeDigest}`;
    expect((await client.call(tasking, 'GET', standing)).body.stands).toBe(true);
    const untouched = await shown(earlier.incidentId);
    const known = new Date().toISOString();

    const adoption = await adopt(amended);
    expect((await client.call(tasking, 'GET', standing)).body.stands).toBe(false);
    await counts(AFTER, amended.id);
    expect(await countsAt(BEFORE)).toEqual(['acd-2026-10', true]);

    const now = await eventually('the case is answered anew', async () => {
      const body = await shown(due.incidentId);
      return body.determination.guideline === amended.id && body;
    });
    expect(now).toMatchObject({
      determination: { inForce: true },
      scope: { stale: true },
      confirmation: { standing: false, lapsed: { reason: 'GUIDELINE_CHANGED' } },
    });
    const messages = await events(due.incidentId, 8);
    expect(messages.slice(-2).map(({ headers }) => headers['ce_type'])).toEqual([
      'determination-made.v1',
      'confirmation-lapsed.v1',
    ]);
    expect(await shown(earlier.incidentId)).toEqual(untouched);

    // The law of then, by what was known then; and what was answered then, word for word.
    expect(await asOf(due.incidentId, `knownAt=${known}`)).toEqual(determination);
    const then = `validAt=${encodeURIComponent(AFTER)}`;
    expect(await asOf(due.incidentId, `${then}&knownAt=${known}`)).toEqual(determination);
    expect(await asOf(earlier.incidentId, then)).toMatchObject({ guideline: amended.id, inForce: true });
    expect((await asOf(earlier.incidentId, `${then}&knownAt=${known}`)).guideline).toBe('acd-2026-10');

    const [event] = await readTopic(
      'agency-tasking',
      'classification.guidelines.v1',
      ({ value }) => (value as { adoptionId: string }).adoptionId === adoption.adoptionId,
      (seen) => seen.length > 0,
    );
    expect(guidelineEvents['guideline-adopted.v1'].parse(event!.value)).toEqual({
      ...bodyFor(amended),
      from: new Date(FROM).toISOString(),
      adoptionId: adoption.adoptionId,
      proposedBy: expect.objectContaining({ person: 'sato' }),
      proposedAt: adoption.proposedAt,
      confirmedBy: expect.objectContaining({ person: 'suzuki' }),
      confirmedAt: adoption.decision!.decidedAt,
    });
    const { body } = await client.call(aoki, 'GET', `/v1/guidelines/${amended.id}`);
    expect(body).toMatchObject({
      inForce: false,
      digest: digestOfGuideline(amended),
      adoptions: [{ adoptionId: adoption.adoptionId, from: new Date(FROM).toISOString() }],
    });
  });

  it('reaches every case, and is undone by another adoption from the same time on', async () => {
    const cases = await storeCases(fixture.database, 130, AFTER);
    const answeredBy = async (guideline: string) => {
      const [row] = await fixture.database.query<{ count: number }>(
        'superuser',
        `SELECT count(*)::int FROM unnest($1::uuid[]) AS c (id) CROSS JOIN LATERAL (
           SELECT determination FROM determination WHERE incident_id = c.id ORDER BY version DESC LIMIT 1) d
          WHERE determination ->> 'guideline' = $2`,
        [[...cases.keys()], guideline],
      );
      return row!.count;
    };
    // Those were written past the service, as under the version before.
    const again = await adopt(amended);
    await eventually('all are answered anew', async () => (await answeredBy(amended.id)) === cases.size, 60_000);
    await adopt(findGuideline('acd-2026-10')!);
    await eventually(
      'all are answered as before',
      async () => (await answeredBy('acd-2026-10')) === cases.size,
      60_000,
    );
    await counts(AFTER, 'acd-2026-10');
    const effects = await fixture.database.query<{ changed: number; adoption_id: string }>(
      'superuser',
      'SELECT adoption_id, changed FROM guideline_adoption_effect WHERE finished_at IS NOT NULL',
    );
    expect(effects.find(({ adoption_id }) => adoption_id === again.adoptionId)!.changed).toBeGreaterThanOrEqual(
      cases.size,
    );
  });

  it('is found by whoever stores a determination meanwhile, or finds what they stored', async () => {
    const { incidentId } = await fixture.incident();
    const other = createDatabase({ DATABASE_URL: fixture.database.owner, DATABASE_CONNECTIONS: 2 });
    const waits = () =>
      eventually('somebody waits', async () => {
        const sql = `SELECT FROM pg_locks JOIN pg_database d ON d.oid = pg_locks.database
                      WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`;
        return (await fixture.database.query('superuser', sql)).length > 0;
      });
    // Whoever confirms holds the lock alone: a claim waits for it.
    const claimed = await other.$transaction(async (tx) => {
      await lockKeys(tx, ['guideline']);
      const pending = fixture.claim(incidentId, 'plannedActionAt', AFTER);
      await waits();
      return { pending };
    });
    await claimed.pending;
    // Whoever claims shares it: a confirmation waits for that.
    const { body } = await propose(bodyFor(findGuideline('acd-2026-10')!));
    const confirmed = await other.$transaction(async (tx) => {
      await adoptedUntilCommit(tx);
      const pending = confirm(body.adoptionId);
      await waits();
      return { pending };
    });
    expect((await confirmed.pending).status).toBe(201);
    await other.$disconnect();
  });

  it('leaves nothing in force where this release has another text than was adopted', async () => {
    const { adoptionId } = await adopt(amended, '2100-01-01T00:00:00+09:00');
    versions.splice(versions.indexOf(amended), 1, { ...amended, title: { en: 'Another', ja: '別' } });
    try {
      const planned = '2100-01-02T00:00:00+09:00';
      await eventually('nothing is in force', async () => (await countsAt(planned)).join() === 'acd-2026-10,false');
      const { body } = await fixture.client.call(aoki, 'GET', `/v1/guidelines/${amended.id}`);
      expect(body.adoptions.some((each: { adoptionId: string }) => each.adoptionId === adoptionId)).toBe(false);
      const { body: next } = await propose(bodyFor(amended, '2100-02-01T00:00:00+09:00'));
      expect(next.errors).toMatchObject([{ code: 'guideline-digest-differs' }]);
    } finally {
      versions.splice(
        versions.findIndex(({ id }) => id === amended.id),
        1,
        amended,
      );
    }
  });
});
