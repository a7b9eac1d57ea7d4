import { Injectable } from '@nestjs/common';
import { named, toActor } from '@sekisho/identity';
import { Outbox } from '@sekisho/messaging';
import { lockKeys } from '@sekisho/persistence';
import { Clock, type WorkRequest } from '@sekisho/service';
import type { Tx } from '../database.js';
import { actingFor } from '../organisations/acting-for.js';
import { about } from '../revisions/revise.js';
import { ReadingStore } from './reading.store.js';

export type Reader = Pick<WorkRequest, 'principal' | 'correlationId' | 'traceparent'>;

/** A report of which somebody is shown something, and whose it is. */
export interface Shown {
  readonly reportId: string;
  readonly organisation: string;
}

/** Writes down who reads what reports say. It is part of the reading: where it cannot be written down, nothing is shown. */
@Injectable()
export class ReadingRecorder {
  constructor(
    private readonly store: ReadingStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** In the transaction that reads. `record` says what was opened. */
  async record(tx: Tx, { principal, ...context }: Reader, record: string, shown: readonly Shown[]): Promise<void> {
    await lockKeys(
      tx,
      shown.map(({ reportId }) => reportId),
    );
    const by = { ...context, recordedBy: named(principal) };
    const viewed = { record, viewedBy: toActor(principal), roles: [...principal.roles] };
    const viewedAt = this.clock.now().toISOString();
    for (const { reportId, organisation } of shown) {
      const reading = { ...viewed, reportId, organisation, viewedAt };
      if (!(await actingFor(tx, organisation, () => this.store.add(tx, reading, by)))) continue;
      await this.outbox.append(tx, context, { ...about(reportId), type: 'record-viewed.v1', data: reading });
    }
  }
}
