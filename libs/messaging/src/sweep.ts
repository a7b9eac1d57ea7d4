import { transactionLimits, type TransactionalDatabase } from '@sekisho/persistence';
import { failureOf } from './failure.js';
import type { Inbox } from './inbox.js';
import type { Intake, IntakeOptions, Resumed } from './intake.js';
import { type Head, readyHeads } from './parked-store.js';
import type { MessagingMetrics } from './ports.js';
import { backOff, Signal } from './signal.js';
import { watchOpen } from './watch.js';

export interface SweepOptions extends IntakeOptions {
  readonly database: TransactionalDatabase;
  readonly metrics?: Pick<MessagingMetrics, 'messages' | 'held'>;
  readonly sweepInterval?: number;
}

const INTERVAL_MS = 1_000;
const HEADS_AT_ONCE = 100;
const TRIES_AT_THE_UNKNOWN = 4;

/**
 * Goes over what was kept aside and lets go on what may, in order per topic and key. Every instance sweeps; the lock of the partition
 * and another look behind it see to it that none does what another has done.
 */
export class Sweep {
  private readonly signal = new Signal();
  private readonly alarmed = new Set<string>();
  private stopping = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly inbox: Inbox,
    private readonly intake: Intake,
    private readonly options: SweepOptions,
  ) {}

  start(): void {
    if (this.inbox.topics.length > 0) this.ended = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.signal.raise();
    await this.ended;
  }

  /** Something was taken in that others wait for. */
  wake(): void {
    this.signal.raise();
  }

  private async run(): Promise<void> {
    const { logger, sweepInterval = INTERVAL_MS } = this.options;
    for (let failures = 0; !this.stopping;) {
      try {
        while (!this.stopping && (await this.pass()));
        await watchOpen(this.options, this.alarmed);
        failures = 0;
      } catch (error) {
        failures += 1;
        logger.warn({ err: error, failures }, 'what is kept aside could not be looked at; it is tried again');
      }
      if (!this.stopping)
        await this.signal.wait(failures === 0 ? sweepInterval : backOff(failures, sweepInterval, 10_000));
    }
  }

  /** Answers whether anything went on, so that there may be more to do. */
  private async pass(): Promise<boolean> {
    const heads = await this.options.database.$transaction(
      (tx) => readyHeads(tx, this.inbox.topics, HEADS_AT_ONCE),
      transactionLimits,
    );
    let progress = false;
    for (const head of heads) {
      if (this.stopping) return false;
      if ((await this.goOn(head)) === 'done') progress = true;
    }
    return progress;
  }

  private async goOn(head: Head): Promise<Resumed> {
    const { database, logger } = this.options;
    for (let failures = 1; ; failures += 1) {
      try {
        const { resumed, events } = await database.$transaction(
          (tx) => this.intake.resume(tx, head),
          transactionLimits,
        );
        if (resumed === 'done') {
          this.intake.tell({
            topic: head.topic,
            plan: { due: events, duplicates: [], aside: [] },
            handled: events.length,
          });
          logger.info({ parkedId: head.id, topic: head.topic }, 'message that was kept aside is taken in');
        }
        return resumed;
      } catch (error) {
        const failure = failureOf(error);
        logger.warn(
          { err: error, parkedId: head.id, topic: head.topic, failures },
          'a message that was kept aside failed again',
        );
        // Others may fare better meanwhile; the next sweep comes by here again.
        if (failure.kind === 'transient') return 'waiting';
        if (failure.kind === 'final' || failures >= TRIES_AT_THE_UNKNOWN) {
          await database.$transaction((tx) => this.intake.park(tx, head, failure.fault), transactionLimits);
          return 'parked';
        }
        if (!this.stopping) await this.signal.wait(backOff(failures, 100, 1_000));
        if (this.stopping) return 'waiting';
      }
    }
  }
}
