import { Council, FRIDAY, secondSecretary, secretary } from './council.js';

/** What the database itself refuses, whatever the service does. */
describe('the database', () => {
  let council: Council;
  let decision: { id: string; review_id: string; meeting_id: string };
  beforeAll(async () => {
    council = await Council.start();
    const { reviewId, scopeDigest } = await council.review();
    const meetingId = await council.meeting(reviewId);
    const expiresAt = new Date(council.clock.at + 86_400_000).toISOString();
    const body = { scopeDigest, meetingId, outcome: 'APPROVED', conditions: [], expiresAt };
    await council.client.call(secretary, 'POST', `/v1/reviews/${reviewId}/decision`, body);
    [decision] = (await council.database.query('app', 'SELECT id, review_id, meeting_id FROM decision')) as [never];
  });
  afterAll(() => council.stop());

  const as = (role: 'app', sql: string, values: unknown[] = []) =>
    council.database.query(role, sql, values).then(
      () => 'done',
      (error: { constraint?: string; code?: string }) => error.constraint ?? error.code,
    );

  const confirmAs = (person: string, over: { outcome?: string; recordedPerson?: string } = {}) =>
    as(
      'app',
      `INSERT INTO decision_confirmation (decision_id, review_id, outcome, expires_at, recorded_person, recorded_at, recorded_by, correlation_id)
       SELECT id, review_id, coalesce($2, outcome), expires_at, coalesce($3, recorded_person), now(), $4, 'test' FROM decision WHERE id = $1`,
      [
        decision.id,
        over.outcome,
        over.recordedPerson,
        { issuer: 'i', subject: 'another client', person, organisation: 'nss' },
      ],
    );

  it('takes no confirmation by the person who recorded, under whatever client', async () => {
    expect(await confirmAs('secretariat-1')).toBe('decision_confirmation_two_persons');
    // Nor with another person written down as the one who recorded, or another outcome than was recorded.
    expect(await confirmAs('secretariat-1', { recordedPerson: 'somebody' })).toMatch(/^decision_confirmation_.*_fkey$/);
    expect(await confirmAs('secretariat-2', { outcome: 'REJECTED' })).toMatch(/^decision_confirmation_.*_fkey$/);
    // A person cannot be written in beside the actor either: it is taken from there.
    expect(await as('app', `UPDATE decision SET recorded_person = 'somebody'`)).toBe('428C9');
    expect(await confirmAs('secretariat-2')).toBe('done');
  });

  it('decides a review once', async () => {
    const again = `INSERT INTO decision (id, review_id, version, scope_digest, meeting_id, meeting_version, attendance_version, outcome,
        conditions, expires_at, recorded_at, recorded_by, correlation_id)
      SELECT gen_random_uuid(), review_id, version + 1, scope_digest, meeting_id, meeting_version, attendance_version, 'REJECTED',
        conditions, expires_at, recorded_at, recorded_by, correlation_id FROM decision WHERE id = $1`;
    expect(await as('app', again, [decision.id])).toBe('done');
    const confirm = `INSERT INTO decision_confirmation (decision_id, review_id, outcome, expires_at, recorded_person, recorded_at, recorded_by, correlation_id)
      SELECT id, review_id, outcome, expires_at, recorded_person, now(), '{"person":"secretariat-2"}', 'test'
        FROM decision WHERE review_id = $1 AND outcome = 'REJECTED'`;
    expect(await as('app', confirm, [decision.review_id])).toBe('decision_confirmation_once');
  });

  it('lets no member sit in two meetings at once', async () => {
    const overlapping = `INSERT INTO booking (meeting_id, role, starts_at, ends_at, recorded_at, recorded_by, correlation_id)
      VALUES ($1, 'OTHER_MINISTER', '2027-01-01T00:00Z', $2, now(), '{}', 'test')`;
    expect(await as('app', overlapping, [decision.meeting_id, '2027-01-01T01:00Z'])).toBe('done');
    const other = `WITH another AS (INSERT INTO meeting (id, form, recorded_at, recorded_by, correlation_id)
        VALUES (gen_random_uuid(), 'MEETING', now(), '{}', 'test') RETURNING id) `;
    const book = (from: string, to: string) =>
      as(
        'app',
        `${other} INSERT INTO booking (meeting_id, role, starts_at, ends_at, recorded_at, recorded_by, correlation_id)
         SELECT id, 'OTHER_MINISTER', $1, $2, now(), '{}', 'test' FROM another`,
        [from, to],
      );
    expect(await book('2027-01-01T00:59Z', '2027-01-01T02:00Z')).toBe('booking_no_overlap');
    expect(await book('2027-01-01T01:00Z', '2027-01-01T02:00Z')).toBe('done');
  });

  it('takes attendance neither before the meeting nor without a reason for whoever is not there', async () => {
    const { reviewId } = await council.review();
    const { body } = await council.client.call(secondSecretary, 'POST', '/v1/meetings', {
      reviews: [reviewId],
      urgent: false,
    });
    const attend = (at: string) =>
      as(
        'app',
        `INSERT INTO attendance (meeting_id, version, meeting_version, starts_at, event_id, recorded_at, recorded_by, correlation_id)
         VALUES ($1, 1, 1, $2, gen_random_uuid(), $3, '{}', 'test')`,
        [body.meetingId, body.startsAt, at],
      );
    expect(await attend(FRIDAY)).toBe('attendance_not_before_meeting');
    expect(await attend(body.startsAt)).toBe('done');
    const member = `INSERT INTO attendance_member (meeting_id, version, meeting_version, role, attendance, reason)
      VALUES ($1, 1, 1, 'PRIME_MINISTER', 'SUBSTITUTE', $2)`;
    expect(await as('app', member, [body.meetingId, null])).toBe('attendance_member_has_reason');
    expect(await as('app', member, [body.meetingId, ''])).toBe('attendance_member_has_reason');
    expect(await as('app', member, [body.meetingId, 'On a flight.'])).toBe('done');
  });
});
