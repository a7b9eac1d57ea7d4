import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@sekisho/observability';
import { transactionLimits } from '@sekisho/persistence';
import { Clock, Database, LOGGER } from '@sekisho/service';
import type { Tx } from '../database.js';
import { periodically } from '../periodically.js';
import { DRAFT_LIFE_MS, DraftStore } from './draft.store.js';

const INTERVAL_MS = 600_000;
const AT_ONCE = 200;

/** Deletes drafts that nobody has touched for thirty days: what is personal in them is not kept for nothing. */
@Injectable()
export class DraftSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly database: Database,
    private readonly store: DraftStore,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.ended = periodically(
      INTERVAL_MS,
      this.stopping.signal,
      () => this.sweep(),
      (error, failures) =>
        this.logger.warn({ err: error, failures }, 'drafts could not be looked at; it is tried again'),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  /** Answers how many were deleted. */
  async sweep(): Promise<number> {
    let all = 0;
    for (let deleted = AT_ONCE; deleted === AT_ONCE && !this.stopping.signal.aborted;) {
      const since = new Date(this.clock.now().getTime() - DRAFT_LIFE_MS);
      deleted = await this.database.$transaction(
        (tx) => this.store.removeUntouched(tx as Tx, since, AT_ONCE),
        transactionLimits,
      );
      all += deleted;
    }
    if (all > 0) this.logger.info({ drafts: all }, 'untouched drafts deleted');
    return all;
  }
}
