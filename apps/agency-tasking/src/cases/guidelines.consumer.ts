import { Injectable } from '@nestjs/common';
import { handlersOf, type Subscription } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { addAdoption } from './adoption.store.js';

const TOPIC = 'classification.guidelines.v1';

/** Keeps which version of the guideline takes effect when: an order is held to it. */
@Injectable()
export class GuidelinesConsumer implements Subscription {
  readonly topic = TOPIC;
  readonly handlers = handlersOf<typeof TOPIC, Tx>(TOPIC, {
    'guideline-adopted.v1': {
      keys: ({ data }) => [data.adoptionId],
      handle: (tx, { data }, context) => addAdoption(tx, data, context),
    },
  });
}
