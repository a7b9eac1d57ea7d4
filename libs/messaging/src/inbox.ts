import { type Service, TOPICS, type TopicName } from '@sekisho/contracts';
import { continueTrace, withTrace } from '@sekisho/observability';
import { lockKeys, type Transaction } from '@sekisho/persistence';
import { type Decoded, decode, dependencyOf } from './decode.js';
import type { Handler, ReceivedEvent, Subscription } from './event.js';
import { type Inbound, placeOf } from './inbound.js';
import { knownOf, lockPartition, recordEvents } from './inbox-store.js';

/** A message with what it says. */
export interface Prepared {
  readonly message: Inbound;
  readonly decoded: Decoded;
}

/** What is to become of messages of one partition, in their order. */
export interface Plan {
  /** Taken in, parked or waiting already. */
  readonly duplicates: readonly Prepared[];
  readonly due: readonly ReceivedEvent[];
  readonly aside: readonly (Prepared & { readonly state: 'WAITING' | 'PARKED' | 'HELD' })[];
}

/** What was taken in, and taking in. Everything here happens in the caller's transaction. */
export class Inbox {
  readonly topics: readonly TopicName[];
  private readonly handlers: ReadonlyMap<string, Readonly<Record<string, Handler>>>;

  constructor(
    private readonly group: Service,
    subscriptions: readonly Subscription[],
  ) {
    this.handlers = new Map(subscriptions.map(({ topic, handlers }) => [topic, handlers]));
    this.topics = subscriptions.map(({ topic }) => topic);
    if (this.handlers.size !== subscriptions.length) throw new Error('a topic is subscribed to twice');
  }

  prepare(message: Inbound): Prepared {
    return { message, decoded: decode(message, (type) => this.handler(message.topic, type) !== undefined) };
  }

  /**
   * Locks the partition, so that whoever else takes in of it (another instance after a rebalance, a sweep) comes before or after, and
   * says what is to become of each message.
   */
  async plan(tx: Transaction, batch: readonly Prepared[]): Promise<Plan> {
    const { topic, partition } = batch[0]!.message;
    await lockPartition(tx, topic, partition);
    const dependencies = batch.flatMap(({ decoded }) => this.dependency(decoded) ?? []);
    const known = await knownOf(tx, topic, partition, batch, dependencies);
    const plan = { duplicates: [] as Prepared[], due: [] as ReceivedEvent[], aside: [] as Plan['aside'][number][] };
    for (const prepared of batch) {
      const { message, decoded } = prepared;
      if (known.offsets.has(message.offset) || (decoded.eventId !== null && known.ids.has(decoded.eventId))) {
        plan.duplicates.push(prepared);
        continue;
      }
      if (decoded.eventId !== null) known.ids.add(decoded.eventId);
      const dependency = this.dependency(decoded);
      if (known.held.has(message.key)) {
        plan.aside.push({ ...prepared, state: 'HELD' });
      } else if (decoded.event === undefined) {
        plan.aside.push({ ...prepared, state: 'PARKED' });
        known.held.add(message.key);
      } else if (dependency !== undefined && !known.present.has(dependency)) {
        plan.aside.push({ ...prepared, state: 'WAITING' });
        known.held.add(message.key);
      } else {
        plan.due.push(decoded.event);
        known.present.add(`${topic}/${decoded.event.id}`);
      }
    }
    return plan;
  }

  /** Records events as taken in and lets their handlers work, in this order. Answers how many had a handler. */
  async handle(tx: Transaction, events: readonly ReceivedEvent[], at: Date): Promise<number> {
    const work = events.flatMap((event) => {
      const handler = this.handler(event.topic, event.type);
      return handler === undefined ? [] : [{ event, handler }];
    });
    await this.lock(tx, work);
    await recordEvents(tx, events, at);
    for (const { event, handler } of work) {
      const traceparent = continueTrace(event.traceparent);
      const { correlationId, id } = event;
      await withTrace({ correlationId, traceparent, messageId: id }, () =>
        handler.handle(tx, event, { correlationId, causationId: id, traceparent }),
      );
    }
    return work.length;
  }

  /** Whether an event that is kept aside has what it depends on, and is not taken in already. To be asked behind the partition's lock. */
  async standingOf(tx: Transaction, prepared: Prepared): Promise<'due' | 'waiting' | 'taken-in'> {
    const { message, decoded } = prepared;
    const dependency = this.dependency(decoded);
    const known = await knownOf(
      tx,
      message.topic,
      message.partition,
      [prepared],
      dependency === undefined ? [] : [dependency],
    );
    if (decoded.eventId !== null && known.handled.has(decoded.eventId)) return 'taken-in';
    return dependency === undefined || known.present.has(dependency) ? 'due' : 'waiting';
  }

  /** Must come before everything else in a transaction that takes in. */
  lockPartition(tx: Transaction, topic: string, partition: number): Promise<void> {
    return lockPartition(tx, topic, partition);
  }

  private handler(topic: string, type: string): Handler | undefined {
    const handlers = this.handlers.get(topic);
    return handlers !== undefined && Object.hasOwn(handlers, type) ? handlers[type] : undefined;
  }

  /** Only readers of a dependency's topic wait for it; what this service wrote itself is there. */
  private dependency({ dependsOn, event }: Decoded): string | undefined {
    if (dependsOn === null || event === undefined) return undefined;
    const { topic } = dependencyOf(dependsOn);
    if (!this.handlers.has(topic) || TOPICS[topic as TopicName].writer === this.group) return undefined;
    return dependsOn;
  }

  /** The locks of all that the handlers will write, before any of them loads. */
  private async lock(tx: Transaction, work: readonly { event: ReceivedEvent; handler: Handler }[]): Promise<void> {
    let queried = false;
    const keys = async (): Promise<string[]> => {
      const wanted: string[] = [];
      for (const { event, handler } of work) {
        const answer = handler.keys(event, tx);
        if (answer instanceof Promise) queried = true;
        wanted.push(...(await answer));
      }
      return wanted;
    };
    const first = await keys();
    await lockKeys(tx, first);
    if (!queried) return;
    // What was asked before the locks may have changed until they were held. Locks taken out of turn can deadlock: the database notices,
    // and the transaction is tried again.
    const held = new Set(first);
    await lockKeys(
      tx,
      (await keys()).filter((key) => !held.has(key)),
    );
  }
}

export const describe = ({ message, decoded }: Prepared): Record<string, unknown> => ({
  place: placeOf(message),
  messageId: decoded.eventId,
  type: decoded.type,
});
