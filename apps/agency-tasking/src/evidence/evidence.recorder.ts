import { Injectable } from '@nestjs/common';
import type { Actor, EvidenceBody, EvidenceView } from '@sekisho/contracts';
import { type EventContext, Outbox } from '@sekisho/messaging';
import { Answer } from '@sekisho/service';
import type { Tx } from '../database.js';
import { Stamp } from '../stamp.js';
import { EvidenceStore } from './evidence.store.js';

const TOPIC = 'tasking.decisions.v1';

/** Writes evidence and its confirmation, and tells of them. */
@Injectable()
export class EvidenceRecorder {
  constructor(
    private readonly store: EvidenceStore,
    private readonly outbox: Outbox,
    private readonly stamp: Stamp,
  ) {}

  now(): string {
    return this.stamp.now();
  }

  async add(
    tx: Tx,
    context: EventContext,
    incidentId: string,
    { safeguard, scopeDigest, ...content }: EvidenceBody & { servers: string[] },
    by: Actor,
  ): Promise<Answer<EvidenceView>> {
    const { id, at } = this.stamp.next();
    await this.store.add(tx, { id, incidentId, safeguard, scopeDigest, content, by, at }, context);
    const data = { evidenceId: id, incidentId, safeguard, scopeDigest, ...content, recordedBy: by, recordedAt: at };
    await this.outbox.append(tx, context, {
      topic: TOPIC,
      type: 'evidence-recorded.v1',
      key: incidentId,
      subject: incidentId,
      data,
    });
    const location = `/v1/incidents/${incidentId}/safeguards`;
    return new Answer(201, { ...data, confirmedBy: null, confirmedAt: null }, { location });
  }

  async confirm(tx: Tx, context: EventContext, view: EvidenceView, by: Actor): Promise<Answer<EvidenceView>> {
    const at = this.now();
    await this.store.confirm(tx, view.evidenceId, by, at, context);
    const data = { ...view, confirmedBy: by, confirmedAt: at };
    const { incidentId } = view;
    await this.outbox.append(tx, context, {
      topic: TOPIC,
      type: 'evidence-confirmed.v1',
      key: incidentId,
      subject: incidentId,
      data,
    });
    return new Answer(201, data);
  }
}
