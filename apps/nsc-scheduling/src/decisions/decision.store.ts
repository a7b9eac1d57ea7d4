import type { DecisionView } from '@sekisho/contracts';
import type { Tx } from '../database.js';
import type { Meeting } from '../meetings/meeting.js';
import { type Provenance, recorded } from '../provenance.js';

/** Rows of decisions. Whoever saves holds the locks of the incident and of the meetings since before it loaded. */
export class DecisionStore {
  /** `version` counts what was entered for the review. */
  async add(tx: Tx, decision: DecisionView, version: number, meeting: Meeting, by: Provenance): Promise<void> {
    const { decisionId: id, reviewId, scopeDigest, meetingId, outcome, conditions, expiresAt, dissent } = decision;
    await tx.decision.create({
      data: {
        ...{ id, reviewId, version, scopeDigest, meetingId, outcome, conditions, dissent },
        meetingVersion: meeting.version,
        attendanceVersion: meeting.attendance?.version ?? 0,
        expiresAt: new Date(expiresAt),
        ...recorded(by),
      },
    });
  }

  /** Throws the constraint `decision_confirmation_two_persons` where the same person recorded it. */
  async confirm(tx: Tx, { decisionId, reviewId, outcome, expiresAt, recordedBy }: DecisionView, by: Provenance) {
    await tx.decisionConfirmation.create({
      data: {
        ...{ decisionId, reviewId, outcome },
        expiresAt: new Date(expiresAt),
        recordedPerson: recordedBy.person,
        ...recorded(by),
      },
    });
  }
}
