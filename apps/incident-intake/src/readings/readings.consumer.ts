import { Injectable } from '@nestjs/common';
import { handlersOf, Rejected, type Subscription } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { actingFor } from '../organisations/acting-for.js';
import { ReadingStore } from './reading.store.js';

const TOPIC = 'classification.readings.v1';

/** What was read of reports by their cases: here their organisations can see it. */
@Injectable()
export class ReadingsConsumer implements Subscription {
  readonly topic = TOPIC;
  readonly handlers = handlersOf<typeof TOPIC, Tx>(TOPIC, {
    'record-viewed.v1': {
      keys: ({ data }) => [data.reportId],
      handle: (tx, { data, source }, context) =>
        actingFor(tx, data.organisation, async () => {
          if ((await tx.report.count({ where: { id: data.reportId } })) === 0) {
            throw new Rejected(`report ${data.reportId} is not that organisation’s`);
          }
          await this.store.add(tx, data, { ...context, recordedBy: source });
        }),
    },
  });

  constructor(private readonly store: ReadingStore) {}
}
