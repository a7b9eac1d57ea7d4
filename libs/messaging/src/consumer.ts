import type { Service } from '@sekisho/contracts';
import { transactionLimits, type TransactionalDatabase } from '@sekisho/persistence';
import type { Subscription } from './event.js';
import { failureOf } from './failure.js';
import { inbound } from './inbound.js';
import { Inbox, type Prepared } from './inbox.js';
import { Intake } from './intake.js';
import type { Delivery, KafkaConnection } from './kafka.js';
import type { Outbox } from './outbox.js';
import type { Clock, Logger, MessagingMetrics } from './ports.js';
import { backOff, Signal } from './signal.js';
import { Sweep } from './sweep.js';

export interface ConsumerOptions {
  readonly group: Service;
  /** Kafka's name of the group where it is not the service's own. One database serves one group. */
  readonly kafkaGroup?: string;
  readonly subscriptions: readonly Subscription[];
  readonly kafka: KafkaConnection;
  readonly database: TransactionalDatabase;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics?: Pick<MessagingMetrics, 'messages' | 'held'>;
  /** Messages in one transaction. */
  readonly batchSize?: number;
  /** How often it looks by itself at what is kept aside, in milliseconds. */
  readonly sweepInterval?: number;
  /** For tests of a crash between the commit of the work and the commit of the offsets. */
  readonly afterCommit?: (keys: readonly string[]) => void | Promise<void>;
}

/** Thrown within the consumer alone: it is being stopped, and what is under way is delivered again later. */
class Stopped extends Error {}

const BATCH = 100;
const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 5_000;
const HEARTBEAT_MS = 2_000;
const TRIES_AT_THE_UNKNOWN = 4;
/** A batch whose transaction fails in passing so many times may be too large for its time: it is halved. */
const TRIES_AT_A_BATCH = 2;

/**
 * Takes in the topics that a service reads: each event once in effect, in order per key, nothing lost, and nothing that stops the rest.
 * Offsets are committed after the work: what dies in between is delivered again and known by its inbox row.
 */
export class Consumer {
  /** Whether it is a member of its group, or has nothing to read. */
  running = false;
  private readonly inbox: Inbox;
  private readonly intake: Intake;
  private readonly sweep: Sweep;
  private readonly signal = new Signal();
  private stopping = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(private readonly options: ConsumerOptions) {
    this.inbox = new Inbox(options.group, options.subscriptions);
    this.intake = new Intake(this.inbox, options);
    this.sweep = new Sweep(this.inbox, this.intake, options);
  }

  start(): void {
    this.sweep.start();
    this.ended = this.run();
  }

  /** Finishes what is under way, commits its offsets and leaves the group. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.signal.raise();
    await Promise.all([this.ended, this.sweep.stop()]);
    this.running = false;
  }

  /** One membership after another: when the client gives up, for whatever reason, a new one is tried. */
  private async run(): Promise<void> {
    const { kafka, group, kafkaGroup = group, logger } = this.options;
    const { topics } = this.inbox;
    if (topics.length === 0) {
      this.running = true;
      return;
    }
    for (let failures = 0; !this.stopping;) {
      try {
        const membership = await kafka.consume({ group: kafkaGroup, topics, take: (delivery) => this.take(delivery) });
        this.running = true;
        failures = 0;
        let crash: Error | undefined;
        void membership.ended.then((error) => {
          crash = error;
          this.signal.raise();
        });
        while (!this.stopping && crash === undefined) await this.signal.wait(60_000);
        await membership.stop();
        if (crash !== undefined) throw crash;
      } catch (error) {
        this.running = false;
        failures += 1;
        logger.warn(
          { err: error, group: kafkaGroup, failures },
          'consumer is not a member of its group; it joins again',
        );
        if (!this.stopping) await this.signal.wait(backOff(failures, FIRST_BACK_OFF_MS, LONGEST_BACK_OFF_MS));
      }
    }
  }

  private async take(delivery: Delivery): Promise<void> {
    const { batchSize = BATCH, afterCommit } = this.options;
    for (let start = 0; start < delivery.messages.length && delivery.active(); start += batchSize) {
      const batch = delivery.messages
        .slice(start, start + batchSize)
        .map((message) => this.inbox.prepare(inbound(message)));
      try {
        await this.untilTaken(batch, delivery);
      } catch (error) {
        if (error instanceof Stopped) return;
        throw error;
      }
      await afterCommit?.(batch.map(({ message }) => message.key));
      await delivery.done(batch.at(-1)!.message.offset);
      await delivery.heartbeat();
    }
  }

  /** Returns when every message of the batch is taken in, a duplicate, or kept aside. */
  private async untilTaken(batch: readonly Prepared[], delivery: Delivery): Promise<void> {
    for (let failures = 1; ; failures += 1) {
      if (!delivery.active() || this.stopping) throw new Stopped();
      await delivery.heartbeat();
      const error = await this.attempt(batch, delivery);
      if (error === undefined) return;
      const failure = failureOf(error);
      const single = batch.length === 1;
      if (!single && (failure.kind !== 'transient' || failures >= TRIES_AT_A_BATCH)) {
        // One bad message must not take the others down with it: by halves, until it stands alone.
        const half = Math.ceil(batch.length / 2);
        await this.untilTaken(batch.slice(0, half), delivery);
        await this.untilTaken(batch.slice(half), delivery);
        return;
      }
      const fields = {
        err: error,
        topic: delivery.topic,
        partition: delivery.partition,
        messages: batch.length,
        failures,
      };
      this.options.logger.warn(fields, 'messages could not be taken in; they are tried again');
      // Bad data fails once more before it is parked: it may have met somebody else's row in the making.
      const tries = failure.kind === 'final' ? 2 : TRIES_AT_THE_UNKNOWN;
      const [{ message, decoded }] = batch as readonly [Prepared];
      if (failure.kind !== 'transient' && failures >= tries && decoded.event !== undefined) {
        const { eventId, type, dependsOn } = decoded;
        batch = [{ message, decoded: { eventId, type, dependsOn, fault: failure.fault } }];
        continue;
      }
      await this.rest(backOff(failures, FIRST_BACK_OFF_MS, LONGEST_BACK_OFF_MS), delivery);
    }
  }

  /** One transaction. Answers the error that undid it. */
  private async attempt(batch: readonly Prepared[], delivery: Delivery): Promise<unknown> {
    // A failed one counts at the next that is waited for: what is under way may well be committed, others know it by the inbox.
    const beat = setInterval(() => void delivery.heartbeat().catch(() => undefined), HEARTBEAT_MS);
    try {
      const taken = await this.options.database.$transaction((tx) => this.intake.take(tx, batch), transactionLimits);
      this.intake.tell(taken);
      if (taken.awaited) this.sweep.wake();
      return undefined;
    } catch (error) {
      return error ?? new Error('nothing was thrown');
    } finally {
      clearInterval(beat);
    }
  }

  private async rest(milliseconds: number, delivery: Delivery): Promise<void> {
    const until = Date.now() + milliseconds;
    while (Date.now() < until) {
      if (!delivery.active() || this.stopping) throw new Stopped();
      await new Promise((resolve) => setTimeout(resolve, Math.min(500, until - Date.now())));
      await delivery.heartbeat();
    }
  }
}
