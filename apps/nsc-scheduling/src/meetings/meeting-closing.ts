import { Injectable } from '@nestjs/common';
import type { Tx } from '../database.js';
import type { Provenance } from '../provenance.js';
import { ReviewStore } from '../reviews/review.store.js';
import { isDone } from './meeting.js';
import { MeetingStore } from './meeting.store.js';

/** A meeting ends when nothing on its agenda is left to discuss: its members can sit in the next one from then on. */
@Injectable()
export class MeetingClosing {
  constructor(
    private readonly meetings: MeetingStore,
    private readonly reviews: ReviewStore,
  ) {}

  /** Closes the meetings that have this review on their agenda and, now that it changed, are done. */
  async closeSettled(tx: Tx, reviewId: string, by: Provenance): Promise<void> {
    const changed = await this.reviews.load(tx, reviewId);
    for (const { meetingId, closed } of changed?.meetings ?? []) {
      const meeting = closed ? undefined : await this.meetings.load(tx, meetingId);
      if (meeting === undefined) continue;
      const agenda = await this.reviews.find(tx, { id: { in: [...meeting.reviews] } });
      if (isDone(meetingId, agenda)) await this.meetings.close(tx, meeting, by);
    }
  }
}
