import type { EventProducer, KafkaConnection } from './kafka.js';
import type { Logger } from './ports.js';
import type { NumberedEvent } from './relay-store.js';
import { backOff } from './signal.js';

/** What a lane may do with the outbox, for as long as the relay holds its lock. */
export interface LaneStore {
  unsent(topic: string): Promise<NumberedEvent[]>;
  sent(topic: string, events: readonly NumberedEvent[]): Promise<void>;
  /** Whether the lock is still held. */
  holding(): boolean;
  /** The connection to the database is of no more use. */
  lost(error: unknown): void;
}

const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 10_000;
const FAREWELL_MS = 2_000;

/**
 * Sends one topic, in the order of its numbers, one request at a time. Each topic has a lane with a producer of its own: one that the
 * broker refuses or that does not answer delays no other.
 */
export class Lane {
  private producer: EventProducer | undefined;
  private failures = 0;
  private resting: NodeJS.Timeout | undefined;
  private work: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly topic: string,
    private readonly store: LaneStore,
    private readonly kafka: KafkaConnection,
    private readonly logger: Logger,
  ) {}

  /** There may be something to send. */
  wake(): void {
    this.again = true;
    if (this.work !== undefined || this.resting !== undefined) return;
    this.work = this.run().finally(() => {
      this.work = undefined;
    });
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.work;
  }

  /** Lets what is under way end and closes the producer. */
  async close(): Promise<void> {
    clearTimeout(this.resting);
    await this.work;
    clearTimeout(this.resting);
    await this.discardProducer();
  }

  private async run(): Promise<void> {
    while (this.again && this.store.holding()) {
      this.again = false;
      try {
        const events = await this.store.unsent(this.topic);
        if (events.length === 0 || !this.store.holding()) continue;
        this.again = true;
        if (!(await this.send(events))) return;
        await this.store.sent(this.topic, events);
      } catch (error) {
        this.store.lost(error);
        return;
      }
    }
  }

  private async send(events: readonly NumberedEvent[]): Promise<boolean> {
    try {
      this.producer ??= await this.kafka.openProducer();
      await this.producer.send(
        this.topic,
        events.map(({ message }) => message),
      );
      this.failures = 0;
      return true;
    } catch (error) {
      // What the broker has of it is not known, and the producer's own idea of it may be wrong. A new one begins again at the lowest
      // number that was not acknowledged; what arrives twice is known by its id.
      await this.discardProducer();
      this.failures += 1;
      const delay = backOff(this.failures, FIRST_BACK_OFF_MS, LONGEST_BACK_OFF_MS);
      const { topic, failures } = this;
      this.logger.warn(
        { err: error, topic, failures, first: events[0]?.sequence },
        'events could not be sent; they are sent again',
      );
      this.resting = setTimeout(() => {
        this.resting = undefined;
        this.wake();
      }, delay);
      return false;
    }
  }

  private async discardProducer(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    if (producer === undefined) return;
    // Nobody waits long for the farewell of a producer whose broker is away.
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, FAREWELL_MS)));
    await Promise.race([producer.close().catch(() => undefined), enough]);
    clearTimeout(timer);
  }
}
