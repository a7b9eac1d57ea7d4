import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Outbox } from '@sekisho/messaging';
import type { Logger } from '@sekisho/observability';
import { transactionLimits } from '@sekisho/persistence';
import { Clock, Database, inBatches, LOGGER, periodically } from '@sekisho/service';
import type { Tx } from '../database.js';
import { eventOf, markTold, takeDue } from './due-clocks.js';

export const SWEEP_SETTINGS = Symbol('sweep settings');

export interface SweepSettings {
  /** Between two looks at the clocks, in milliseconds. */
  readonly interval: number;
  /** Clocks in one transaction. */
  readonly batch: number;
}

/**
 * Goes over the clocks from time to time and tells, once each, of those that have come near their end or have passed it. All it knows is
 * in the rows: a restart, an instance beside it or a day without it change nothing but when it is told. What was missed before anybody
 * could say that it was near is told as missed alone.
 */
@Injectable()
export class ClockSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SWEEP_SETTINGS) private readonly settings: SweepSettings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.ended = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  private run(): Promise<void> {
    return periodically(
      this.settings.interval,
      this.stopping.signal,
      () => this.sweep(),
      (error, failures) =>
        this.logger.warn({ err: error, failures }, 'the clocks could not be looked at; it is tried again'),
    );
  }

  /** Tells of all clocks of which there is something to tell now; answers of how many. */
  async sweep(): Promise<number> {
    const all = await inBatches(this.settings.batch, this.stopping.signal, () => this.tellBatch());
    if (all > 0) this.logger.info({ clocks: all }, 'deadlines told of');
    return all;
  }

  private tellBatch(): Promise<number> {
    const at = this.clock.now();
    return this.database.$transaction(async (transaction) => {
      const tx = transaction as Tx;
      const due = await takeDue(tx, at, this.settings.batch);
      if (due.length === 0) return 0;
      await markTold(tx, due, at);
      await this.outbox.append(tx, { correlationId: randomUUID() }, ...due.map((clock) => eventOf(clock, at)));
      return due.length;
    }, transactionLimits);
  }
}
