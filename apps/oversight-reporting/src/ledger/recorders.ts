import { Injectable, type Type } from '@nestjs/common';
import { TOPIC_NAMES, type TopicName, TOPICS } from '@sekisho/contracts';
import type { Handler, Subscription } from '@sekisho/messaging';
import type { Tx } from '../database.js';
import { EventStore } from './event.store.js';

const READER = 'oversight-reporting';

/** A subscription that records everything on one topic. */
function recorderOf(topic: TopicName): Type<Subscription> {
  @Injectable()
  class Recorder implements Subscription {
    readonly topic = topic;
    readonly handlers: Readonly<Record<string, Handler>>;

    constructor(events: EventStore) {
      const record: Handler = {
        // Rulings wait for the case that they rule on: the same lock as whoever rules.
        keys: ({ key }) => [key],
        handle: (tx, event) => events.record(tx as Tx, event, event.causationId ?? null),
      };
      this.handlers = Object.fromEntries(Object.keys(TOPICS[topic].events).map((type) => [type, record]));
    }
  }
  return Recorder;
}

/** One recorder for each topic that the catalogue lets oversight read. */
export const RECORDERS = TOPIC_NAMES.filter((name) => (TOPICS[name].readers as readonly string[]).includes(READER)).map(
  recorderOf,
);
