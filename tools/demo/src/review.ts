import { setTimeout as pause } from 'node:timers/promises';
import type { Journey } from './case.js';
import type { Judged } from './assessment.js';
import { look } from './telling.js';

interface Meeting {
  readonly meetingId: string;
  readonly startsAt: string;
  readonly members: { readonly role: string; readonly holder: unknown }[];
}

/** An urgent meeting of the five ministers, its attendance, and a decision entered by two people. */
export async function review(
  { at, call, story, startedAt }: Journey,
  { incidentId, scopeDigest }: Judged,
): Promise<void> {
  const found = await call.until('the review', async () => {
    const url = `${at.scheduling}/v1/reviews?incidentId=${incidentId}`;
    const { items } = await call.get<{ items: { reviewId: string; scopeDigest: string }[] }>('secretariat-1', url);
    return items.find((item) => item.scopeDigest === scopeDigest);
  });
  const meeting = await call.write<Meeting>(
    'secretariat-1',
    'POST',
    `${at.scheduling}/v1/meetings`,
    { reviews: [found.reviewId], urgent: true },
    'meeting',
  );
  const meetingUrl = `${at.scheduling}/v1/meetings/${meeting.meetingId}`;
  story.tell({
    what: `an urgent NSC meeting of ${meeting.members.length} ministers is called for ${meeting.startsAt}, computed from their calendars`,
    who: 'secretariat-1',
    provision: 'five-minister form: overseas servers are reviewed by the NSC in advance; urgency never skips it',
    detail: [meeting.members.map(({ role }) => role).join(', ')],
    look: look(meetingUrl, 'secretariat-1'),
  });

  await pause(Math.max(0, Date.parse(meeting.startsAt) - Date.now()) + 50);
  await call.write(
    'secretariat-1',
    'PUT',
    `${meetingUrl}/attendance`,
    { members: meeting.members.map(({ role }) => ({ role, attendance: 'PRESENT' })) },
    'attendance',
  );
  const expiresAt = new Date(startedAt + 6 * 24 * 3_600_000).toISOString();
  const reviewUrl = `${at.scheduling}/v1/reviews/${found.reviewId}`;
  await call.write(
    'secretariat-1',
    'POST',
    `${reviewUrl}/decision`,
    {
      scopeDigest,
      meetingId: meeting.meetingId,
      outcome: 'APPROVED_WITH_CONDITIONS',
      conditions: ['The foreign ministry is told of the result within a day.'],
      expiresAt,
    },
    'decision',
  );
  const again = { outcome: 'APPROVED_WITH_CONDITIONS', expiresAt };
  const same = await call.call('secretariat-1', 'POST', `${reviewUrl}/decision/confirmation`, again, 'decision-same');
  await call.write('secretariat-2', 'POST', `${reviewUrl}/decision/confirmation`, again, 'decision-confirmed');
  story.tell({
    what: `the NSC approves with one condition; the first person’s own confirmation is refused (${same.status}), the second’s counts`,
    who: 'secretariat-1 records, secretariat-2 enters outcome and expiry again, unseen',
    provision: 'the meeting discusses whether the measures are appropriate',
    invented: 'attendance, decision and condition',
    look: look(reviewUrl, 'secretariat-2'),
  });
}
