import { Injectable } from '@nestjs/common';
import { type ReportAccepted, tell } from '@sekisho/contracts';
import { type EventContext, Outbox } from '@sekisho/messaging';
import { Clock, Ids, type WorkRequest } from '@sekisho/service';
import { KeySet } from '@sekisho/signing';
import type { Tx } from '../database.js';
import { type Accepted, receiptOf, submitted } from './accept.js';
import { ReportStore } from './report.store.js';

const TOPIC = 'intake.reports.v1';

/** Stores an accepted report with its receipt and sends it on. */
@Injectable()
export class ReceiptDesk {
  constructor(
    private readonly store: ReportStore,
    private readonly outbox: Outbox,
    private readonly keys: KeySet,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The receipt of a report that has just come in: its id, that of its contact, and the time. */
  moment(): { reportId: string; contactRef: string; receivedAt: string } {
    return { reportId: this.ids.next(), contactRef: this.ids.next(), receivedAt: this.clock.now().toISOString() };
  }

  async take(
    tx: Tx,
    context: EventContext,
    accepted: Accepted,
    { principal: { issuer, subject }, language }: Pick<WorkRequest, 'principal' | 'language'>,
  ): Promise<ReportAccepted> {
    const { reportId, receivedAt, digest, deadlines } = accepted;
    const warnings = accepted.warnings.map((warning) => tell(warning, language));
    const by = `${issuer}#${subject}`;
    const number = await this.store.open(tx, accepted, by, context);
    const receipt = await this.keys.sign(receiptOf(accepted, number), 'sekisho-receipt+jws');
    await this.store.addRevision(tx, accepted, receipt, by, context);
    const event = { topic: TOPIC, key: reportId, subject: reportId } as const;
    if (accepted.forwarded) {
      await this.outbox.append(tx, context, {
        ...event,
        type: 'report-submitted.v1',
        data: submitted(accepted, number),
      });
    } else {
      await this.outbox.append(tx, context, {
        ...event,
        type: 'report-withheld.v1',
        data: { reportId, receivedAt, digest },
      });
    }
    return { reportId, receivedAt, deadlines, warnings, receipt };
  }
}
