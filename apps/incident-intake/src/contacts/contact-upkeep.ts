import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@sekisho/observability';
import { transactionLimits } from '@sekisho/persistence';
import { Database, inBatches, LOGGER, periodically, ReadinessChecks, whenDatabaseAnswers } from '@sekisho/service';
import type { Tx } from '../database.js';
import { mastersInUse, rewrapKeys, sealPlainContacts } from './contact-rows.js';
import { MasterKeys } from './master-keys.js';

const BATCH = 500;
const INTERVAL_MS = 600_000;

/**
 * Before anything is served, seals the contacts that were there before contacts were sealed. From then on brings the keys of reports under
 * the current master key, so that an earlier one can go; without one that is still needed the service is not ready.
 */
@Injectable()
export class ContactUpkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly database: Database,
    private readonly masters: MasterKeys,
    checks: ReadinessChecks,
  ) {
    checks.list.push({ name: 'contact keys', check: () => this.missing() });
  }

  async onApplicationBootstrap(): Promise<void> {
    const sealed = await whenDatabaseAnswers(this.logger, () => this.all(sealPlainContacts));
    if (sealed > 0) this.logger.info({ contacts: sealed }, 'contacts of before sealed');
    this.ended = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  /** Which master keys are needed and not there; nothing where none is. */
  private async missing(): Promise<string | undefined> {
    const used = await this.database.$transaction((tx) => mastersInUse(tx as Tx));
    const missing = used.filter((name) => !this.masters.names.includes(name));
    if (missing.length === 0) return undefined;
    return `CONTACT_MASTER_KEYS lacks what contacts are still sealed under: ${missing.join(', ')}`;
  }

  private run(): Promise<void> {
    return periodically(
      INTERVAL_MS,
      this.stopping.signal,
      async () => {
        const keys = await this.all(rewrapKeys);
        if (keys > 0) this.logger.info({ keys, master: this.masters.current }, 'keys of contacts wrapped anew');
      },
      (error, failures) =>
        this.logger.warn({ err: error, failures }, 'keys of contacts could not be wrapped anew; it is tried again'),
    );
  }

  private all(work: (tx: Tx, masters: MasterKeys, limit: number) => Promise<number>): Promise<number> {
    return inBatches(BATCH, this.stopping.signal, () =>
      this.database.$transaction((tx) => work(tx as Tx, this.masters, BATCH), transactionLimits),
    );
  }
}
