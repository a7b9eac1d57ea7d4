import { randomUUID } from 'node:crypto';
import { eventually, sendMessage } from '@sekisho/testing';
import {
  confirmation,
  Council,
  digestOf,
  operator,
  PATIENCE_MS,
  secondSecretary,
  secretary,
  service,
  TOPIC,
} from './council.js';

describe('reviews follow what classification confirms', () => {
  let council: Council;
  beforeAll(async () => {
    council = await Council.start();
  });
  afterAll(() => council.stop());

  const reviews = async (incidentId: string): Promise<{ scopeDigest: string; state: string }[]> =>
    (await council.client.call(secretary, 'GET', `/v1/reviews?incidentId=${incidentId}`)).body.items;
  const states = async (incidentId: string) => (await reviews(incidentId)).map(({ state }) => state);
  /** Waits until everything that was sent about an incident has been taken in: a last review says so. */
  const settled = async (incidentId: string) => {
    const scopeDigest = digestOf(`marker of ${incidentId} ${randomUUID()}`);
    await council.review({ incidentId, scopeDigest, scopeVersion: 99 });
  };
  const lapse = (incidentId: string, scopeDigest: string | null) => ({
    incidentId,
    digest: confirmation(incidentId).determination.digest,
    scopeDigest,
    reason: 'FACTS_CHANGED',
    lapsedAt: '2026-11-20T01:00:00Z',
  });

  it('opens one review however often the event comes, also to a group that starts from the beginning', async () => {
    const incidentId = randomUUID();
    const event = confirmation(incidentId);
    const ce_id = await council.send('determination-confirmed.v1', event);
    await council.send('determination-confirmed.v1', event, { ce_id });
    // Another event that says the same: the scope is under review already.
    await council.send('determination-confirmed.v1', event);
    const { reviewId } = await council.reviewOf(incidentId, event.scopeDigest!);
    // As after a crash between commit and offset: every message comes once more.
    await council.restart();
    const other = await council.review();
    expect(other.incidentId).not.toBe(incidentId);
    expect(await states(incidentId)).toEqual(['OPEN']);
    const rows = await council.database.query('superuser', 'SELECT id FROM review WHERE incident_id = $1', [
      incidentId,
    ]);
    expect(rows).toHaveLength(1);
    const events = await council.events([reviewId, other.reviewId], 2);
    expect(events.map(({ key }) => key)).toEqual([incidentId, other.incidentId]);
  });

  it('opens none where the confirmation names no scope or the answer needs no review', async () => {
    const incidentId = randomUUID();
    const { determination } = confirmation(incidentId);
    const unneeded = { ...determination, nscReview: { required: 'NO' as const, bases: [], possibleBases: [] } };
    await council.send(
      'determination-confirmed.v1',
      confirmation(incidentId, { scope: null, scopeDigest: null, scopeVersion: null }),
    );
    await council.send('determination-confirmed.v1', confirmation(incidentId, { determination: unneeded }));
    await settled(incidentId);
    expect(await reviews(incidentId)).toHaveLength(1);
  });

  it('opens one where review may be required', async () => {
    const incidentId = randomUUID();
    const { determination } = confirmation(incidentId);
    const nscReview = { required: 'PROVISIONAL' as const, bases: [], possibleBases: ['OVERSEAS_SERVER' as const] };
    await council.review({ incidentId, determination: { ...determination, nscReview } });
    expect(await reviews(incidentId)).toMatchObject([{ required: 'PROVISIONAL', bases: [] }]);
  });

  it('supersedes what another scope replaces, and frees the ministers whom nothing is left for', async () => {
    const { client } = council;
    const { incidentId, reviewId, scopeDigest } = await council.review();
    const called = await client.call(secretary, 'POST', '/v1/meetings', { reviews: [reviewId], urgent: false });
    const second = digestOf(`scope 2 of ${incidentId}`);
    const next = await council.review({ incidentId, scopeDigest: second, scopeVersion: 2 });
    expect(await states(incidentId)).toEqual(['OPEN', 'SUPERSEDED']);
    const { body } = await client.call(secretary, 'GET', `/v1/meetings/${called.body.meetingId}`);
    expect(body.closedAt).toBe(council.clock.now().toISOString());
    const ics = await council.calendar(called.body.meetingId);
    expect(ics.text).toContain('STATUS:CANCELLED');
    expect(ics.text).toContain('SEQUENCE:2');
    const free = await client.call(secretary, 'POST', '/v1/meetings', {
      reviews: [next.reviewId],
      urgent: false,
    });
    expect(free.body.startsAt).toBe(called.body.startsAt);
    const events = await council.events([reviewId, next.reviewId], 3);
    expect(
      events.map(({ headers, value }) => [headers['ce_type'], (value as { scopeDigest: string }).scopeDigest]),
    ).toEqual([
      ['review-opened.v1', scopeDigest],
      ['review-superseded.v1', scopeDigest],
      ['review-opened.v1', second],
    ]);
  });

  it('supersedes what lapsed: a decision on it stands no more', async () => {
    const { client, clock } = council;
    const { incidentId, reviewId, scopeDigest } = await council.review();
    const meetingId = await council.meeting(reviewId);
    const expiresAt = new Date(clock.at + 86_400_000).toISOString();
    await client.call(secretary, 'POST', `/v1/reviews/${reviewId}/decision`, {
      ...{ scopeDigest, meetingId, outcome: 'APPROVED', conditions: [], expiresAt },
    });
    await client.call(secondSecretary, 'POST', `/v1/reviews/${reviewId}/decision/confirmation`, {
      ...{ outcome: 'APPROVED', expiresAt },
    });
    const standing = async () =>
      (await client.call(service, 'GET', `/v1/standing?incidentId=${incidentId}&scopeDigest=${scopeDigest}`)).body;
    expect(await standing()).toMatchObject({ stands: true });
    await council.send('confirmation-lapsed.v1', lapse(incidentId, digestOf('another scope')));
    await council.send('confirmation-lapsed.v1', lapse(incidentId, scopeDigest));
    await eventually(
      'the review to be superseded',
      async () => (await states(incidentId)).includes('SUPERSEDED'),
      PATIENCE_MS,
    );
    expect(await standing()).toMatchObject({ stands: false, outcome: 'APPROVED', detail: /superseded/ as unknown });
  });

  it('keeps its head when a lapse comes before anything is known', async () => {
    const incidentId = randomUUID();
    await council.send('confirmation-lapsed.v1', lapse(incidentId, digestOf(`scope 0 of ${incidentId}`)));
    await council.review({ incidentId });
    expect(await states(incidentId)).toEqual(['OPEN']);
  });

  it('waits with an event for what it depends on', async () => {
    const incidentId = randomUUID();
    const before = randomUUID();
    const event = confirmation(incidentId);
    await council.send('determination-confirmed.v1', event, { ce_dependson: `${TOPIC}/${before}` });
    await council.review(); // of another key, which goes on
    expect(await reviews(incidentId)).toEqual([]);
    // The awaited event has another key: behind its own it would be held.
    await council.send('confirmation-lapsed.v1', lapse(randomUUID(), null), { ce_id: before });
    await council.reviewOf(incidentId, event.scopeDigest!);
  });

  it('parks what it cannot understand, holds what comes behind it, and goes on once it is discarded', async () => {
    const incidentId = randomUUID();
    await sendMessage('classification', TOPIC, incidentId, '{"incidentId": 7}', {
      ...{ ce_specversion: '1.0', ce_id: randomUUID(), ce_source: '/classification', ce_subject: incidentId },
      ...{ ce_type: 'determination-confirmed.v1', ce_time: new Date().toISOString(), ce_correlationid: randomUUID() },
    });
    const event = confirmation(incidentId);
    await council.send('determination-confirmed.v1', event);
    const parked = await eventually(
      'the parked message',
      async () => {
        const { body } = await council.client.call(operator, 'GET', '/v1/parked');
        const items = body.items as { id: string; key: string; state: string }[];
        const own = items.filter(({ key }) => key === incidentId);
        return own.length === 2 && own;
      },
      PATIENCE_MS,
    );
    expect(parked.map(({ state }) => state).toSorted()).toEqual(['HELD', 'PARKED']);
    expect(await reviews(incidentId)).toEqual([]);
    const { id } = parked.find(({ state }) => state === 'PARKED')!;
    const discarded = await council.client.call(operator, 'POST', `/v1/parked/${id}/discard`, {
      reason: 'Sent by hand.',
    });
    expect(discarded.status).toBe(200);
    await council.reviewOf(incidentId, event.scopeDigest!);
  });
});
