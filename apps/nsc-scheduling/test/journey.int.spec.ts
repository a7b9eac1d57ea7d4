import { Council, secondSecretary, secretary, sameHuman, service } from './council.js';

const MINISTERS = [
  'PRIME_MINISTER',
  'CHIEF_CABINET_SECRETARY',
  'FOREIGN_MINISTER',
  'DEFENCE_MINISTER',
  'CYBERSECURITY_MINISTER',
];

describe('from a confirmed scope to a decision that stands', () => {
  let council: Council;
  beforeAll(async () => {
    council = await Council.start();
  });
  afterAll(() => council.stop());

  it('opens a review, calls the five ministers, records who came, and keeps what two people say was decided', async () => {
    const { client, clock } = council;
    const { reviewId, incidentId, scopeDigest } = await council.review();
    const standing = async () =>
      (await client.call(service, 'GET', `/v1/standing?incidentId=${incidentId}&scopeDigest=${scopeDigest}`)).body;
    expect(await standing()).toMatchObject({
      stands: false,
      fault: 'UNDECIDED',
      detail: 'Nothing has been decided.',
      outcome: null,
    });

    const called = await client.call(secretary, 'POST', '/v1/meetings', { reviews: [reviewId], urgent: true });
    expect(called.status).toBe(201);
    const { meetingId, members, startsAt, endsAt } = called.body;
    expect(called.headers.get('location')).toBe(`/v1/meetings/${meetingId}`);
    expect(called.body).toMatchObject({ version: 1, form: 'MEETING', urgent: true, closedAt: null });
    expect(members.map(({ role }: { role: string }) => role)).toEqual(MINISTERS);
    expect(startsAt).toBe(clock.now().toISOString());
    expect(Date.parse(endsAt) - Date.parse(startsAt)).toBe(30 * 60_000);
    expect(called.body.reviews).toEqual([{ reviewId, incidentId, scopeDigest, state: 'SCHEDULED' }]);

    clock.forward(1);
    const attended = await client.call(secretary, 'POST', `/v1/meetings/${meetingId}/attendance`, {
      members: MINISTERS.map((role) =>
        role === 'FOREIGN_MINISTER'
          ? { role, attendance: 'SUBSTITUTE', reason: 'On a flight; the vice-minister came.' }
          : { role, attendance: 'PRESENT' },
      ),
    });
    expect(attended.status).toBe(201);

    clock.forward(1);
    const expiresAt = new Date(clock.at + 6 * 86_400_000).toISOString();
    const decided = await client.call(secretary, 'POST', `/v1/reviews/${reviewId}/decision`, {
      scopeDigest,
      meetingId,
      outcome: 'APPROVED_WITH_CONDITIONS',
      conditions: ['The foreign ministry is told within a day.'],
      expiresAt,
    });
    expect(decided.status).toBe(201);
    expect(await standing()).toMatchObject({ stands: false, detail: 'The decision waits for a second person.' });
    const unseen = await client.call(secondSecretary, 'GET', `/v1/reviews/${reviewId}`);
    expect(unseen.body).toMatchObject({
      state: 'SCHEDULED',
      decision: { outcome: null, expiresAt: null, conditions: null },
    });

    const again = { outcome: 'APPROVED_WITH_CONDITIONS', expiresAt };
    const path = `/v1/reviews/${reviewId}/decision/confirmation`;
    for (const one of [secretary, sameHuman]) {
      const refused = await client.call(one, 'POST', path, again);
      expect([refused.status, refused.body.type]).toEqual([409, 'urn:sekisho:problem:same-person']);
    }
    clock.forward(1);
    // The same instant, written with another offset.
    const inJapan = `${new Date(Date.parse(expiresAt) + 9 * 3_600_000).toISOString().slice(0, 23)}+09:00`;
    const confirmed = await client.call(secondSecretary, 'POST', path, { ...again, expiresAt: inJapan });
    expect(confirmed.status).toBe(201);
    expect(await standing()).toEqual({
      stands: true,
      fault: null,
      detail: `Approved until ${expiresAt}.`,
      incidentId,
      scopeDigest,
      reviewId,
      decisionId: decided.body.decisionId,
      outcome: 'APPROVED_WITH_CONDITIONS',
      expiresAt,
    });

    const review = await client.call(secretary, 'GET', `/v1/reviews/${reviewId}`);
    expect(review.body).toMatchObject({
      state: 'DECIDED',
      scope: { servers: [{ ref: 's1' }] },
      decision: { outcome: 'APPROVED_WITH_CONDITIONS' },
    });
    const meeting = await client.call(secretary, 'GET', `/v1/meetings/${meetingId}`);
    expect(meeting.body).toMatchObject({ closedAt: clock.now().toISOString(), attendance: { version: 1 } });
    expect(meeting.headers.get('etag')).toBe('"1"');

    const events = await council.events([reviewId, meetingId], 5);
    expect(events.map(({ key, headers }) => [headers['ce_type'], key])).toEqual([
      ['review-opened.v1', incidentId],
      ['meeting-scheduled.v1', meetingId],
      ['attendance-recorded.v1', meetingId],
      ['decision-recorded.v1', incidentId],
      ['decision-confirmed.v1', incidentId],
    ]);
    expect(events[0]!.headers['ce_dependson']).toMatch(/^classification\.determinations\.v1\//);
    expect(events[0]!.value).toMatchObject({
      reviewId,
      incidentId,
      scopeDigest,
      required: 'YES',
      bases: ['OVERSEAS_SERVER'],
    });
    expect(events[1]!.value).toMatchObject({
      meetingId,
      version: 1,
      reviews: [{ reviewId, incidentId }],
      urgent: true,
    });
    expect(events[3]!.headers['ce_dependson']).toBe(`nsc.reviews.v1/${events[2]!.headers['ce_id']}`);
    expect(events[4]!.value).toEqual({
      ...{
        decisionId: decided.body.decisionId,
        reviewId,
        incidentId,
        scopeDigest,
        meetingId,
        form: 'MEETING',
        urgent: true,
      },
      ...{ outcome: 'APPROVED_WITH_CONDITIONS', conditions: ['The foreign ministry is told within a day.'], expiresAt },
      dissent: null,
      recordedBy: expect.objectContaining({ person: 'secretariat-1', organisation: 'nss' }),
      recordedAt: decided.body.recordedAt,
      confirmedBy: expect.objectContaining({ person: 'secretariat-2' }),
      confirmedAt: clock.now().toISOString(),
    });

    clock.at = Date.parse(expiresAt);
    expect(await standing()).toMatchObject({
      stands: false,
      fault: 'EXPIRED',
      detail: `The approval expired at ${expiresAt}.`,
    });
  });

  it('gives a meeting to calendar programs, in Japan’s time, with nothing of the matter in it', async () => {
    const { client } = council;
    const { reviewId } = await council.review();
    const { body } = await client.call(secretary, 'POST', '/v1/meetings', { reviews: [reviewId], urgent: true });
    const fetched = await council.calendar(body.meetingId);
    expect(fetched.type).toBe('text/calendar; charset=utf-8');
    expect(fetched.text).toContain(`UID:${body.meetingId}@sekisho`);
    expect(fetched.text).toContain('SEQUENCE:1');
    const local = new Date(Date.parse(body.startsAt) + 9 * 3_600_000).toISOString().replace(/[-:]|\.\d+Z/g, '');
    expect(fetched.text).toContain(`DTSTART;TZID=Asia/Tokyo:${local}`);
    for (const secret of [reviewId, body.reviews[0].incidentId, body.members[0].holder]) {
      expect(fetched.text).not.toContain(secret);
    }
  });
});
