import { randomUUID } from 'node:crypto';
import type { Reply } from '@sekisho/testing';
import { analyst, Council, operator, problem, secretary, service } from './council.js';

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

  const post = (path: string, body: unknown) => council.client.call(secretary, 'POST', path, body);
  const decide = (reviewId: string, over: object) =>
    post(`/v1/reviews/${reviewId}/decision`, { outcome: 'APPROVED', conditions: [], expiresAt, ...over });

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
});
