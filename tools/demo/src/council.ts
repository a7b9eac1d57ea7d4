import { setTimeout as pause } from 'node:timers/promises';
import { inHours, type Judged, type Platform } from './case.js';

export interface Meeting {
  readonly meetingId: string;
  readonly startsAt: string;
  readonly members: readonly { readonly role: string; readonly holder: unknown }[];
}

export interface Decision {
  readonly outcome: string;
  readonly conditions?: readonly string[];
  /** Members who were not simply there: `{ DEFENCE_MINISTER: 'RECUSED' }`. */
  readonly attendance?: Readonly<Record<string, string>>;
}

export interface Decided {
  readonly reviewId: string;
  readonly meeting: Meeting;
  /** What the first person's own confirmation was answered. */
  readonly same: number;
}

/** The review that a confirmed scope opened. */
export async function reviewOf({ at, call }: Platform, { incidentId, scopeDigest }: Judged): Promise<string> {
  const found = await call.until('the review', async () => {
    const url = `${at.scheduling}/v1/reviews?incidentId=${incidentId}`;
    const { items } = await call.get<{ items: { reviewId: string; scopeDigest: string }[] }>('secretariat-1', url);
    return items.find((item) => item.scopeDigest === scopeDigest);
  });
  return found.reviewId;
}

/** An urgent meeting on one review, as soon as the members can sit down together. */
async function convene({ at, call }: Platform, reviewId: string): Promise<Meeting> {
  const body = { reviews: [reviewId], urgent: true };
  const meeting = await call.write<Meeting>('secretariat-1', 'POST', `${at.scheduling}/v1/meetings`, body);
  await pause(Math.max(0, Date.parse(meeting.startsAt) - Date.now()) + 50);
  return meeting;
}

/** A meeting with its attendance, and a decision entered by two people, the second of whom does not see what the first entered. */
export async function decide(platform: Platform, judged: Judged, decision: Decision): Promise<Decided> {
  const reviewId = await reviewOf(platform, judged);
  return platform.council.take(async () => {
    const { at, call } = platform;
    const meeting = await convene(platform, reviewId);
    const attendance = meeting.members.map(({ role }) => {
      const kind = decision.attendance?.[role] ?? 'PRESENT';
      return { role, attendance: kind, ...(kind === 'PRESENT' ? {} : { reason: 'Made up for the demonstration.' }) };
    });
    const meetingUrl = `${at.scheduling}/v1/meetings/${meeting.meetingId}`;
    await call.write('secretariat-1', 'PUT', `${meetingUrl}/attendance`, { members: attendance });
    const { outcome, conditions = [] } = decision;
    const again = { outcome, expiresAt: inHours(24 * 6) };
    const reviewUrl = `${at.scheduling}/v1/reviews/${reviewId}`;
    await call.write('secretariat-1', 'POST', `${reviewUrl}/decision`, {
      scopeDigest: judged.scopeDigest,
      meetingId: meeting.meetingId,
      conditions,
      ...again,
    });
    const { status } = await call.call('secretariat-1', 'POST', `${reviewUrl}/decision/confirmation`, again);
    await call.write('secretariat-2', 'POST', `${reviewUrl}/decision/confirmation`, again);
    return { reviewId, meeting, same: status };
  });
}

/** The council takes its approval back: one person records it, another confirms it. */
export async function withdraw({ at, call }: Platform, { scopeDigest }: Judged, reviewId: string): Promise<void> {
  const url = `${at.scheduling}/v1/reviews/${reviewId}/decision`;
  const body = { scopeDigest, outcome: 'WITHDRAWN', reason: 'Made up for the demonstration.' };
  await call.write('secretariat-1', 'POST', `${url}/corrections`, body);
  await call.write('secretariat-2', 'POST', `${url}/confirmation`, { outcome: 'WITHDRAWN' });
}
