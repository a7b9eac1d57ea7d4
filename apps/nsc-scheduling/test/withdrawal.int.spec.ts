import { randomUUID } from 'node:crypto';
import { analyst, Council, digestOf, problem, sameHuman, secondSecretary, secretary, service } from './council.js';

describe('an approval that is taken back', () => {
  let council: Council;
  beforeAll(async () => {
    council = await Council.start();
  });
  afterAll(() => council.stop());
  // Whatever an earlier test has booked is over.
  beforeEach(() => council.clock.forward(24 * 60));

  type Reviewed = Awaited<ReturnType<Council['review']>>;
  const open = async (): Promise<Reviewed> => {
    const { reviewId, incidentId, scopeDigest } = await council.review();
    return { reviewId, incidentId, scopeDigest };
  };
  const post = (path: string, body: unknown, as = secretary, headers: Record<string, string> = {}) =>
    council.client.call(as, 'POST', path, body, headers);
  const withdraw = ({ reviewId, scopeDigest }: Reviewed, over: object = {}, as = secretary, headers = {}) => {
    const body = { scopeDigest, outcome: 'WITHDRAWN', reason: 'The server has changed hands.', ...over };
    return post(`/v1/reviews/${reviewId}/decision/corrections`, body, as, headers);
  };
  const confirm = ({ reviewId }: Reviewed, body: object = { outcome: 'WITHDRAWN' }, as = secondSecretary) =>
    post(`/v1/reviews/${reviewId}/decision/confirmation`, body, as);
  const show = async ({ reviewId }: Reviewed) =>
    (await council.client.call(secretary, 'GET', `/v1/reviews/${reviewId}`)).body;
  const standing = async ({ incidentId, scopeDigest }: Reviewed) =>
    (await council.client.call(service, 'GET', `/v1/standing?incidentId=${incidentId}&scopeDigest=${scopeDigest}`))
      .body;

  async function decide(review: Reviewed, outcome = 'APPROVED'): Promise<{ decisionId: string; meetingId: string }> {
    const meetingId = await council.meeting(review.reviewId);
    const expiresAt = new Date(council.clock.at + 86_400_000).toISOString();
    const { reviewId, scopeDigest } = review;
    const body = { scopeDigest, meetingId, outcome, conditions: [], expiresAt };
    expect((await post(`/v1/reviews/${reviewId}/decision`, body)).status).toBe(201);
    const { status, body: confirmed } = await confirm(review, { outcome, expiresAt });
    expect(status).toBe(201);
    return { decisionId: confirmed.decisionId, meetingId };
  }
  const approved = async (): Promise<Reviewed> => {
    const review = await open();
    await decide(review);
    return review;
  };

  it('stands until a second person confirms; then it stands no more, is told, and the review is open again', async () => {
    const review = await open();
    const { decisionId } = await decide(review);
    const recorded = await withdraw(review);
    expect([recorded.status, recorded.body]).toEqual([
      201,
      {
        ...{ withdrawalId: expect.any(String), decisionId, ...review, outcome: 'WITHDRAWN' },
        reason: 'The server has changed hands.',
        ...{ recordedBy: expect.objectContaining({ person: 'secretariat-1' }), recordedAt: expect.any(String) },
        ...{ confirmedBy: null, confirmedAt: null },
      },
    ]);
    expect(await standing(review)).toMatchObject({ stands: true });
    expect(await show(review)).toMatchObject({
      state: 'DECIDED',
      decision: { outcome: 'APPROVED', withdrawals: [{ confirmedAt: null, reason: 'The server has changed hands.' }] },
    });

    council.clock.forward(1);
    const confirmed = await confirm(review);
    const confirmedAt = council.clock.now().toISOString();
    expect([confirmed.status, confirmed.body]).toMatchObject([
      201,
      { ...recorded.body, confirmedBy: { person: 'secretariat-2' }, confirmedAt },
    ]);
    const detail = `The approval was withdrawn at ${confirmedAt}.`;
    expect(await standing(review)).toMatchObject({ stands: false, detail, decisionId, outcome: 'APPROVED' });
    const shown = await show(review);
    expect(shown).toMatchObject({ state: 'OPEN', decisions: [{ decisionId, withdrawals: [confirmed.body] }] });

    const events = await council.events([review.reviewId], 5);
    const told = events.map(({ headers, value }) => [headers['ce_type'], value] as const);
    expect(told.map(([type]) => type)).toEqual([
      ...['review-opened.v1', 'decision-recorded.v1', 'decision-confirmed.v1'],
      ...['withdrawal-recorded.v1', 'decision-withdrawn.v1'],
    ]);
    const { outcome: _, ...event } = confirmed.body;
    expect(told[4]![1]).toEqual(event);
    const { confirmedBy: _by, confirmedAt: _at, ...before } = event;
    expect(told[3]![1]).toEqual({ ...before });
    // They wait for nothing: what stops an order is held up by nobody.
    for (const { key, headers } of events.slice(3)) {
      expect([key, headers['ce_dependson']]).toEqual([review.incidentId, undefined]);
    }
    const rows = await council.database.query(
      'app',
      `SELECT w.outcome, w.round, w.recorded_person, c.confirmed_person FROM decision_withdrawal w
         JOIN decision_withdrawal_confirmation c ON c.withdrawal_id = w.id WHERE w.decision_id = $1`,
      [decisionId],
    );
    expect(rows).toEqual([
      { outcome: 'APPROVED', round: 1, recorded_person: 'secretariat-1', confirmed_person: 'secretariat-2' },
    ]);
  });

  it('is decided anew at another meeting, on the same scope, and can be taken back again', async () => {
    const review = await open();
    const first = await decide(review);
    await withdraw(review);
    expect((await confirm(review)).status).toBe(201);
    const { reviewId, scopeDigest } = review;
    const expiresAt = new Date(council.clock.at + 86_400_000).toISOString();
    const same = { scopeDigest, meetingId: first.meetingId, outcome: 'APPROVED', conditions: [], expiresAt };
    expect(problem(await post(`/v1/reviews/${reviewId}/decision`, same))).toBe('409 illegal-transition');

    const second = await decide(review);
    expect(await standing(review)).toMatchObject({ stands: true, decisionId: second.decisionId });
    expect(problem(await confirm(review))).toBe('409 illegal-transition');
    expect((await withdraw(review)).body).toMatchObject({ decisionId: second.decisionId });
    expect((await confirm(review)).status).toBe(201);
    expect(await standing(review)).toMatchObject({ stands: false, decisionId: second.decisionId });
    expect((await show(review)).decisions).toMatchObject([
      { decisionId: first.decisionId, withdrawals: [{ confirmedAt: expect.any(String) }] },
      { decisionId: second.decisionId, withdrawals: [{ confirmedAt: expect.any(String) }] },
    ]);
  });

  it('is not confirmed by the person who recorded it, under whatever client', async () => {
    const review = await approved();
    const { body } = await withdraw(review);
    for (const as of [secretary, sameHuman]) {
      expect(problem(await confirm(review, { outcome: 'WITHDRAWN' }, as))).toBe('409 same-person');
    }
    expect(await standing(review)).toMatchObject({ stands: true });
    const insert = (person: string, recordedPerson: string) =>
      council.database
        .query(
          'app',
          `INSERT INTO decision_withdrawal_confirmation (withdrawal_id, review_id, round, recorded_person, recorded_at, recorded_by, correlation_id)
           VALUES ($1, $2, 1, $3, now(), $4, 'test')`,
          [body.withdrawalId, review.reviewId, recordedPerson, { person }],
        )
        .then(
          () => 'done',
          (error: { constraint?: string }) => error.constraint,
        );
    expect(await insert('secretariat-1', 'secretariat-1')).toBe('decision_withdrawal_two_persons');
    expect(await insert('secretariat-1', 'somebody')).toBe('decision_withdrawal_confirmation_of_recorded');
    expect(await insert('secretariat-2', 'secretariat-1')).toBe('done');
    expect(await standing(review)).toMatchObject({ stands: false });
  });

  it('is refused where no approval stands, and for another scope', async () => {
    const review = await open();
    expect(problem(await withdraw(review))).toBe('409 illegal-transition');
    expect(problem(await confirm(review))).toBe('409 illegal-transition');
    await decide(review, 'REJECTED');
    const rejected = await withdraw(review);
    expect([problem(rejected), rejected.body.detail]).toEqual([
      '409 illegal-transition',
      'No approval stands that could be withdrawn: the decision is REJECTED.',
    ]);

    const other = await approved();
    expect(problem(await confirm(other))).toBe('409 illegal-transition');
    expect(problem(await withdraw(other, { scopeDigest: digestOf('another') }))).toBe('409 stale-scope');
    expect((await withdraw(other)).status).toBe(201);
    const { incidentId } = other;
    await council.review({ incidentId, scopeDigest: digestOf(`scope 2 of ${incidentId}`), scopeVersion: 2 });
    expect(problem(await confirm(other))).toBe('409 stale-scope');
    expect(problem(await withdraw(other))).toBe('409 stale-scope');
  });

  it('is refused without the right, for its content, and for what does not exist', async () => {
    const review = await approved();
    const { reviewId, scopeDigest } = review;
    expect(problem(await council.client.call(null, 'POST', `/v1/reviews/${reviewId}/decision/corrections`, {}))).toBe(
      '401 not-authenticated',
    );
    expect(problem(await withdraw(review, {}, analyst))).toBe('403 not-permitted');
    const faulty = await withdraw(review, { outcome: 'REJECTED', reason: '', colour: 'red' });
    expect(problem(faulty)).toBe('400 invalid-request');
    expect(faulty.body.errors.map(({ pointer }: { pointer: string }) => pointer).toSorted()).toEqual([
      ...['/colour', '/outcome', '/reason'],
    ]);
    expect(problem(await withdraw({ ...review, reviewId: randomUUID(), scopeDigest }))).toBe('404 not-found');
    expect(problem(await confirm(review, { outcome: 'WITHDRAWN', expiresAt: '2026-12-24T00:00:00Z' }))).toBe(
      '400 invalid-request',
    );
    expect(problem(await confirm(review, { outcome: 'SUPERSEDED' }))).toBe('400 invalid-request');
  });

  it('is recorded once under one key; another reason replaces what waits, and the confirmer can say which he means', async () => {
    const review = await approved();
    const key = { 'idempotency-key': randomUUID() };
    const first = await withdraw(review, {}, secretary, key);
    expect((await withdraw(review, {}, secretary, key)).body).toEqual(first.body);
    expect(problem(await withdraw(review, { reason: 'Another one.' }, secretary, key))).toBe(
      '422 idempotency-mismatch',
    );
    expect(problem(await withdraw(review))).toBe('409 conflict');
    const second = await withdraw(review, { reason: 'It was the wrong server.' });
    expect(second.status).toBe(201);
    const { withdrawalId } = first.body;
    expect(problem(await confirm(review, { outcome: 'WITHDRAWN', withdrawalId }))).toBe('409 conflict');
    const confirmed = await confirm(review, { outcome: 'WITHDRAWN', withdrawalId: second.body.withdrawalId });
    expect([confirmed.status, confirmed.body.reason]).toEqual([201, 'It was the wrong server.']);
    expect(problem(await confirm(review))).toBe('409 illegal-transition');
    const withdrawals = (await show(review)).decision.withdrawals as { confirmedAt: string | null }[];
    expect(withdrawals.map(({ confirmedAt }) => confirmedAt === null)).toEqual([true, false]);
  });

  it('is taken back only as the database lets it: an approval, once, and no second decision before that', async () => {
    const review = await open();
    const { decisionId } = await decide(review);
    const as = (sql: string, values: unknown[]) =>
      council.database.query('app', sql, values).then(
        () => 'done',
        (error: { constraint?: string; code?: string }) => error.constraint ?? error.code,
      );
    const take = (outcome: string, of = decisionId) =>
      as(
        `INSERT INTO decision_withdrawal (id, decision_id, review_id, scope_digest, round, outcome, version, reason, recorded_at, recorded_by, correlation_id)
         VALUES (gen_random_uuid(), $1, $2, $3, 1, $4, 9, 'Why not.', now(), '{"person":"one"}', 'test')`,
        [of, review.reviewId, review.scopeDigest, outcome],
      );
    expect(await take('REJECTED')).toBe('decision_withdrawal_of_approval');
    expect(await take('APPROVED_WITH_CONDITIONS')).toBe('decision_withdrawal_of_confirmed');
    expect(await take('APPROVED', randomUUID())).toBe('decision_withdrawal_of_confirmed');
    const anew = `INSERT INTO decision (id, review_id, version, round, scope_digest, meeting_id, meeting_version, attendance_version,
        outcome, conditions, expires_at, recorded_at, recorded_by, correlation_id)
      SELECT gen_random_uuid(), review_id, 7, 2, scope_digest, meeting_id, meeting_version, attendance_version, outcome, conditions,
        expires_at, recorded_at, recorded_by, correlation_id FROM decision WHERE id = $1`;
    expect(await as(anew, [decisionId])).toBe('decision_after_withdrawal');
    // Two entries wait; only one of them is confirmed.
    await withdraw(review);
    await withdraw(review, { reason: 'It was the wrong server.' });
    const twice = `INSERT INTO decision_withdrawal_confirmation (withdrawal_id, review_id, round, recorded_person, recorded_at, recorded_by, correlation_id)
      SELECT id, review_id, round, recorded_person, now(), '{"person":"two"}', 'test' FROM decision_withdrawal WHERE decision_id = $1`;
    expect(await as(twice, [decisionId])).toBe('decision_withdrawal_once');
    expect(await as(`UPDATE decision_withdrawal SET reason = 'x'`, [])).toBe('42501');
    expect((await confirm(review)).status).toBe(201);
    expect(await as(anew, [decisionId])).toBe('done');
  });
});
