import { randomUUID } from 'node:crypto';
import { Council, digestOf, problem, secondSecretary, secretary } from './council.js';

describe('what is refused for the state of things', () => {
  let council: Council;
  let expiresAt: string;
  beforeAll(async () => {
    council = await Council.start();
  });
  afterAll(() => council.stop());
  beforeEach(() => {
    // Whatever an earlier test has booked is over.
    council.clock.forward(24 * 60);
    expiresAt = new Date(council.clock.at + 86_400_000).toISOString();
  });

  const post = (path: string, body: unknown, as = secretary) => council.client.call(as, 'POST', path, body);
  const decide = (reviewId: string, over: object) =>
    post(`/v1/reviews/${reviewId}/decision`, { outcome: 'APPROVED', conditions: [], expiresAt, ...over });
  const confirm = (reviewId: string, over: object = {}) =>
    post(`/v1/reviews/${reviewId}/decision/confirmation`, { outcome: 'APPROVED', expiresAt, ...over }, secondSecretary);

  it('a decision for another scope, and one on a superseded review', async () => {
    const { reviewId, incidentId, scopeDigest } = await council.review();
    const meetingId = await council.meeting(reviewId);
    const other = await decide(reviewId, { scopeDigest: digestOf('another'), meetingId });
    expect(problem(other)).toBe('409 stale-scope');
    expect(other.body.current).toEqual({ scopeDigest });

    expect((await decide(reviewId, { scopeDigest, meetingId })).status).toBe(201);
    await council.review({ incidentId, scopeDigest: digestOf(`scope 2 of ${incidentId}`), scopeVersion: 2 });
    expect(problem(await decide(reviewId, { scopeDigest, meetingId }))).toBe('409 stale-scope');
    expect(problem(await confirm(reviewId))).toBe('409 stale-scope');
    expect(problem(await post('/v1/meetings', { reviews: [reviewId], urgent: true }))).toBe('409 stale-scope');
  });

  it('attendance and decision before the meeting began', async () => {
    const { reviewId, scopeDigest } = await council.review();
    const called = await post('/v1/meetings', { reviews: [reviewId], urgent: false });
    const { meetingId, startsAt, members } = called.body;
    const everyone = { members: members.map(({ role }: { role: string }) => ({ role, attendance: 'PRESENT' })) };
    council.clock.at = Date.parse(startsAt) - 1;
    const early = await post(`/v1/meetings/${meetingId}/attendance`, everyone);
    expect([problem(early), early.body.startsAt]).toEqual(['409 illegal-transition', startsAt]);
    expect(problem(await decide(reviewId, { scopeDigest, meetingId, expiresAt: '2027-06-01T00:00:00Z' }))).toBe(
      '409 illegal-transition',
    );
    council.clock.at = Date.parse(startsAt);
    const unattended = await decide(reviewId, { scopeDigest, meetingId, expiresAt: '2027-06-01T00:00:00Z' });
    expect([problem(unattended), unattended.body.detail]).toEqual([
      '409 illegal-transition',
      'Record the attendance of the meeting first.',
    ]);
    expect((await post(`/v1/meetings/${meetingId}/attendance`, everyone)).status).toBe(201);
    const nobody = {
      members: everyone.members.map((line: object) => ({ ...line, attendance: 'ABSENT', reason: 'A typhoon.' })),
    };
    expect((await post(`/v1/meetings/${meetingId}/attendance`, nobody)).status).toBe(201);
    const empty = await decide(reviewId, { scopeDigest, meetingId, expiresAt: '2027-06-01T00:00:00Z' });
    expect([problem(empty), empty.body.quorum]).toEqual(['409 illegal-transition', 1]);
  });

  it('a decision at a meeting that does not discuss the review, or that nobody called', async () => {
    const [one, other] = [await council.review(), await council.review()];
    const meetingId = await council.meeting(one.reviewId);
    const { reviewId, scopeDigest } = other;
    expect(problem(await decide(reviewId, { scopeDigest, meetingId }))).toBe('409 illegal-transition');
    expect(problem(await decide(reviewId, { scopeDigest, meetingId: randomUUID() }))).toBe('409 illegal-transition');
  });

  it('a review that another meeting is about to discuss', async () => {
    const { reviewId } = await council.review();
    const meetingId = await council.meeting(reviewId);
    const twice = await post('/v1/meetings', { reviews: [reviewId], urgent: true });
    expect([problem(twice), twice.body.meetingId]).toEqual(['409 illegal-transition', meetingId]);
    const begun = await council.client.call(secretary, 'PUT', `/v1/meetings/${meetingId}`, {
      reviews: [reviewId],
      urgent: true,
    });
    expect(problem(begun)).toBe('409 illegal-transition');
  });

  it('a confirmation of nothing, of something else, of something replaced, and a second one', async () => {
    const { reviewId, scopeDigest } = await council.review();
    const meetingId = await council.meeting(reviewId);
    expect(problem(await confirm(reviewId))).toBe('409 illegal-transition');
    const first = await decide(reviewId, { scopeDigest, meetingId, outcome: 'REJECTED' });
    expect(first.status).toBe(201);
    const guessed = await confirm(reviewId);
    expect(problem(guessed)).toBe('409 conflict');
    expect(JSON.stringify(guessed.body)).not.toContain('REJECTED');
    expect(problem(await confirm(reviewId, { outcome: 'REJECTED', expiresAt: '2027-01-01T00:00:00Z' }))).toBe(
      '409 conflict',
    );

    expect(problem(await decide(reviewId, { scopeDigest, meetingId, outcome: 'REJECTED' }))).toBe('409 conflict');
    expect((await decide(reviewId, { scopeDigest, meetingId })).status).toBe(201);
    expect(problem(await confirm(reviewId, { decisionId: first.body.decisionId }))).toBe('409 conflict');
    expect((await confirm(reviewId)).status).toBe(201);
    expect(problem(await confirm(reviewId))).toBe('409 illegal-transition');
    expect(problem(await decide(reviewId, { scopeDigest, meetingId }))).toBe('409 illegal-transition');
    expect(problem(await post('/v1/meetings', { reviews: [reviewId], urgent: true }))).toBe('409 illegal-transition');
    const changed = await post(`/v1/meetings/${meetingId}/attendance`, {
      members: (await council.client.call(secretary, 'GET', `/v1/meetings/${meetingId}`)).body.attendance.members.map(
        ({ role }: { role: string }) => ({ role, attendance: 'PRESENT' }),
      ),
    });
    expect(problem(changed)).toBe('409 illegal-transition');
  });

  it('a confirmation after the expiry', async () => {
    const { reviewId, scopeDigest } = await council.review();
    expect((await decide(reviewId, { scopeDigest, meetingId: await council.meeting(reviewId) })).status).toBe(201);
    council.clock.at = Date.parse(expiresAt);
    expect(problem(await confirm(reviewId))).toBe('409 illegal-transition');
  });

  it('a change of what somebody else has changed meanwhile', async () => {
    const { reviewId } = await council.review();
    const { body } = await post('/v1/meetings', { reviews: [reviewId], urgent: false });
    const put = (path: string, content: object, version: string) =>
      council.client.call(secretary, 'PUT', path, content, { 'if-match': version });
    const again = { reviews: [reviewId], urgent: false };
    expect((await put(`/v1/meetings/${body.meetingId}`, again, '"1"')).status).toBe(200);
    expect(problem(await put(`/v1/meetings/${body.meetingId}`, again, '"1"'))).toBe('412 precondition-failed');
    expect(problem(await put('/v1/members/PRIME_MINISTER/calendar', { busy: [] }, '"9"'))).toBe(
      '412 precondition-failed',
    );
  });

  it('another body under the same idempotency key; the same one is answered as before', async () => {
    const { reviewId } = await council.review();
    const key = { 'idempotency-key': randomUUID() };
    const ask = (urgent: boolean) =>
      council.client.call(secretary, 'POST', '/v1/meetings', { reviews: [reviewId], urgent }, key);
    const first = await ask(true);
    expect(first.status).toBe(201);
    expect((await ask(true)).body).toEqual(first.body);
    expect(problem(await ask(false))).toBe('422 idempotency-mismatch');
  });

  it('what came back from the council is brought before it again', async () => {
    const { reviewId, scopeDigest } = await council.review();
    const first = await council.meeting(reviewId);
    await decide(reviewId, { scopeDigest, meetingId: first, outcome: 'RETURNED' });
    expect((await confirm(reviewId, { outcome: 'RETURNED' })).status).toBe(201);
    const shown = await council.client.call(secretary, 'GET', `/v1/reviews/${reviewId}`);
    expect(shown.body).toMatchObject({ state: 'OPEN', decision: { outcome: 'RETURNED' } });
    expect(problem(await decide(reviewId, { scopeDigest, meetingId: first }))).toBe('409 illegal-transition');
    const second = await council.meeting(reviewId);
    await decide(reviewId, { scopeDigest, meetingId: second });
    expect((await confirm(reviewId)).status).toBe(201);
    expect((await council.client.call(secretary, 'GET', `/v1/reviews/${reviewId}`)).body.state).toBe('DECIDED');
  });
});
