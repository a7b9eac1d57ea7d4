import { randomUUID } from 'node:crypto';
import type { Reply } from '@sekisho/testing';
import { analyst, Council, digestOf, operator, secondSecretary, secretary, service } from './council.js';

const problem = ({ status, body }: Reply<{ type: string }>) =>
  `${status} ${body.type.replace('urn:sekisho:problem:', '')}`;
const pointers = ({ body }: Reply<{ errors: { pointer: string }[] }>) => body.errors.map(({ pointer }) => pointer);

describe('what is refused', () => {
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
  const decide = (reviewId: string, over: object, as = secretary) =>
    post(`/v1/reviews/${reviewId}/decision`, { outcome: 'APPROVED', conditions: [], expiresAt, ...over }, as);
  const confirm = (reviewId: string, over: object = {}, as = secondSecretary) =>
    post(`/v1/reviews/${reviewId}/decision/confirmation`, { outcome: 'APPROVED', expiresAt, ...over }, as);

  describe('without the right', () => {
    const id = randomUUID();
    it.each([
      ['GET', '/v1/members', service],
      ['PUT', '/v1/members/PRIME_MINISTER/calendar', operator],
      ['PUT', '/v1/members/PRIME_MINISTER/holders', operator],
      ['GET', '/v1/reviews', service],
      ['POST', '/v1/meetings', analyst],
      ['GET', `/v1/meetings/${id}`, analyst],
      ['GET', `/v1/meetings/${id}.ics`, analyst],
      ['PUT', `/v1/meetings/${id}`, operator],
      ['POST', `/v1/meetings/${id}/attendance`, operator],
      ['PUT', `/v1/meetings/${id}/attendance`, analyst],
      ['POST', `/v1/reviews/${id}/decision`, analyst],
      ['POST', `/v1/reviews/${id}/decision/confirmation`, operator],
      ['GET', '/v1/standing', secretary],
    ] as const)('%s %s is 401 without a token and 403 in a wrong role', async (method, path, wrong) => {
      const body = method === 'GET' ? undefined : {};
      expect(problem(await council.client.call(null, method, path, body))).toBe('401 not-authenticated');
      expect(problem(await council.client.call(wrong, method, path, body))).toBe('403 not-permitted');
    });
  });

  describe('that does not exist', () => {
    it.each([
      ['GET', '/v1/reviews/nonsense', undefined],
      ['GET', `/v1/reviews/${randomUUID()}`, undefined],
      ['GET', `/v1/meetings/${randomUUID()}`, undefined],
      ['GET', `/v1/meetings/${randomUUID()}.ics`, undefined],
      ['PUT', `/v1/meetings/${randomUUID()}`, { reviews: [randomUUID()], urgent: true }],
      ['PUT', `/v1/meetings/${randomUUID()}/attendance`, { members: [{ role: 'A', attendance: 'PRESENT' }] }],
      ['PUT', '/v1/members/MINISTER_OF_MAGIC/calendar', { busy: [] }],
      ['PUT', '/v1/members/nobody/calendar', { busy: [] }],
      ['PUT', '/v1/members/MINISTER_OF_MAGIC/holders', { name: 'Nobody', from: '2026-12-01' }],
      [
        'POST',
        `/v1/reviews/${randomUUID()}/decision/confirmation`,
        { outcome: 'APPROVED', expiresAt: '2026-12-24T00:00:00Z' },
      ],
    ] as const)('%s %s', async (method, path, body) => {
      expect(problem(await council.client.call(secretary, method, path, body))).toBe('404 not-found');
    });
  });

  describe('for its content, every fault with its pointer', () => {
    it('a calendar', async () => {
      const busy = [
        { from: '2026-11-20T10:00:00+09:00', to: '2026-11-20T10:00:00+09:00' },
        { from: 'tomorrow', to: '2026-11-20T10:00:00+09:00' },
        { from: '0000-01-01T00:00:00Z', to: '2026-11-20T10:00:00+09:00', why: 'ill' },
      ];
      const answer = await council.client.call(secretary, 'PUT', '/v1/members/PRIME_MINISTER/calendar', { busy, x: 1 });
      expect(problem(answer)).toBe('400 invalid-request');
      expect(pointers(answer).toSorted()).toEqual(['/busy/0/to', '/busy/1/from', '/busy/2/from', '/busy/2/why', '/x']);
    });

    it('a meeting', async () => {
      const unknown = await post('/v1/meetings', { reviews: [randomUUID()], urgent: true });
      expect([problem(unknown), pointers(unknown)]).toEqual(['400 invalid-request', ['/reviews/0']]);
      const empty = await post('/v1/meetings', { reviews: [], urgent: 'yes' });
      expect(pointers(empty).toSorted()).toEqual(['/reviews', '/urgent']);
    });

    it('attendance: who is not there needs a reason, and everybody called is named once', async () => {
      const { reviewId } = await council.review();
      const path = `/v1/meetings/${await council.meeting(reviewId)}/attendance`;
      const put = (members: object[]) => council.client.call(secretary, 'PUT', path, { members });
      const reasonless = await put([
        { role: 'PRIME_MINISTER', attendance: 'ABSENT' },
        { role: 'FOREIGN_MINISTER', attendance: 'SUBSTITUTE' },
        { role: 'DEFENCE_MINISTER', attendance: 'RECUSED' },
      ]);
      expect(pointers(reasonless)).toEqual(['/members/0/reason', '/members/1/reason', '/members/2/reason']);
      const strange = await put([
        { role: 'PRIME_MINISTER', attendance: 'PRESENT' },
        { role: 'MINISTER_OF_MAGIC', attendance: 'PRESENT' },
      ]);
      expect(problem(strange)).toBe('400 invalid-request');
      expect(pointers(strange)).toEqual(['/members/1/role', '/members', '/members', '/members', '/members']);
    });

    it('a decision', async () => {
      const { reviewId, scopeDigest } = await council.review();
      const meetingId = await council.meeting(reviewId);
      const body = { scopeDigest, meetingId };
      expect(pointers(await decide(reviewId, { ...body, expiresAt: council.clock.now().toISOString() }))).toEqual([
        '/expiresAt',
      ]);
      expect(pointers(await decide(reviewId, { ...body, outcome: 'APPROVED_WITH_CONDITIONS' }))).toEqual([
        '/conditions',
      ]);
      expect(pointers(await decide(reviewId, { ...body, conditions: ['Do tell.'] }))).toEqual(['/conditions']);
      expect(pointers(await decide(reviewId, { ...body, outcome: 'WITHDRAWN', dissent: 'a\u0000b' }))).toEqual([
        '/outcome',
        '/dissent',
      ]);
    });

    it('a question for standing', async () => {
      const answer = await council.client.call(service, 'GET', '/v1/standing?incidentId=1&colour=red');
      expect(pointers(answer)).toEqual(['?incidentId', '?scopeDigest', '?colour']);
    });
  });

  describe('for the state of things', () => {
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
