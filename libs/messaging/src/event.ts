import type { EventData, EventEnvelope, EventType, TopicName } from '@sekisho/contracts';
import type { Transaction } from '@sekisho/persistence';

/** What ties new events to what led to them. For a handler, `causationId` is the event that it handles. */
export interface EventContext {
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
}

/** An event as it came in. `data` is what the contract knows of it. */
export interface ReceivedEvent<Data = unknown> extends EventEnvelope<string, Data> {
  readonly partition: number;
  readonly offset: string;
  /** The value as it was sent, with fields that the contract does not know: for a ledger that keeps events whole. */
  readonly text: string;
}

/** How a service takes in one type of event. */
export interface Handler<Data = unknown, Tx extends Transaction = Transaction> {
  /** Keys of what `handle` will write: they are locked before it loads anything. Asked again behind the locks if it had to query. */
  keys(event: ReceivedEvent<Data>, tx: Tx): readonly string[] | Promise<readonly string[]>;
  /** Runs in the transaction of the inbox: all of it happens once, or nothing. Throw {@link Rejected} for what is not acceptable. */
  handle(tx: Tx, event: ReceivedEvent<Data>, context: EventContext): Promise<void>;
}

/** A topic that a service reads, with a handler for each type that matters to it; the others are only recorded as taken in. */
export interface Subscription {
  readonly topic: TopicName;
  readonly handlers: Readonly<Record<string, Handler>>;
}

export type HandlersOf<Topic extends TopicName, Tx extends Transaction = Transaction> = {
  readonly [Type in EventType<Topic>]?: Handler<EventData<Topic, Type>, Tx>;
};

/** The handlers of one topic, typed by its contracts: what reaches a handler has been checked against them. */
export const handlersOf = <Topic extends TopicName, Tx extends Transaction>(
  _topic: Topic,
  handlers: HandlersOf<Topic, Tx>,
): Readonly<Record<string, Handler>> => handlers as unknown as Readonly<Record<string, Handler>>;

/** Thrown by a handler: the message is understood but cannot be accepted. It is parked with this reason, which must not quote data. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
}
