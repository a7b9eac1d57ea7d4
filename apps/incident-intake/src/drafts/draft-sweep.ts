import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@sekisho/observability';
import { transactionLimits } from '@sekisho/persistence';
import { Clock, Database, inBatches, LOGGER, periodically, ReadinessChecks } from '@sekisho/service';
import type { Tx } from '../database.js';
import { DRAFT_LIFE_MS, DraftStore } from './draft.store.js';

const INTERVAL_MS = 600_000;
const AT_ONCE = 200;

/**
 * Deletes drafts that nobody has touched for thirty days: what is personal in them is not kept for nothing. Brings the keys of the others
 * under the current master key; without one that is still needed the service is not ready.
 */
@Injectable()
export class DraftSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly database: Database,
    private readonly store: DraftStore,
    private readonly clock: Clock,
    checks: ReadinessChecks,
  ) {
    checks.list.push({ name: 'draft keys', check: () => this.missing() });
  }

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
    const since = new Date(this.clock.now().getTime() - DRAFT_LIFE_MS);
    const deleted = await this.all((tx) => this.store.removeUntouched(tx, since, AT_ONCE));
    if (deleted > 0) this.logger.info({ drafts: deleted }, 'untouched drafts deleted');
    const keys = await this.all((tx) => this.store.rewrap(tx, AT_ONCE));
    if (keys > 0) this.logger.info({ keys }, 'keys of drafts wrapped anew');
    return deleted;
  }

  private all(work: (tx: Tx) => Promise<number>): Promise<number> {
    return inBatches(AT_ONCE, this.stopping.signal, () =>
      this.database.$transaction((tx) => work(tx as Tx), transactionLimits),
    );
  }

  private async missing(): Promise<string | undefined> {
    const missing = await this.database.$transaction((tx) => this.store.missingMasters(tx as Tx));
    if (missing.length === 0) return undefined;
    return `CONTACT_MASTER_KEYS lacks what drafts are sealed under: ${missing.join(', ')}`;
  }
}
