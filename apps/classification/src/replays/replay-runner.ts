import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { ReplayChange, ReplayEnds } from '@sekisho/contracts';
import { replay } from '@sekisho/guideline';
import type { Logger } from '@sekisho/observability';
import { transactionLimits } from '@sekisho/persistence';
import { Clock, Database, LOGGER, periodically } from '@sekisho/service';
import type { Tx } from '../database.js';
import { type Replay, ReplayStore } from './replay.store.js';
import { ReplayableVersions } from './replayable-versions.js';

const LOOK_MS = 250;
const CASES_AT_ONCE = 1_000;

/**
 * Works on replays, a thousand cases in a transaction, and keeps with them how far it has come: after a kill, or by another instance, it
 * goes on from there, and no case is looked at twice in effect.
 */
@Injectable()
export class ReplayRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly database: Database,
    private readonly store: ReplayStore,
    private readonly versions: ReplayableVersions,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.ended = periodically(
      LOOK_MS,
      this.stopping.signal,
      async () => {
        while (!this.stopping.signal.aborted && (await this.step()));
      },
      (error, failures) => this.logger.warn({ err: error, failures }, 'a replay could not go on; it is tried again'),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  /** The next cases of the oldest replay that is open, of versions that are known here; false where there is none. */
  step(): Promise<boolean> {
    return this.database.$transaction(async (transaction) => {
      const tx = transaction as Tx;
      const open = await this.store.takeOpen(tx, this.versions.ids);
      if (open === undefined) return false;
      await this.goOn(tx, open);
      return true;
    }, transactionLimits);
  }

  private async goOn(tx: Tx, open: Replay): Promise<void> {
    const total = open.total ?? (await this.store.count(tx, open));
    const cases = await this.store.next(tx, open, CASES_AT_ONCE);
    const [from, to] = [this.versions.get(open.from), this.versions.get(open.to)];
    const changes: ReplayChange[] = [];
    const ends = new Map(open.ends.map((each) => [`${each.from}\n${each.to}`, each]));
    for (const { facts, ...of } of cases) {
      const { change, ...end } = replay(from, to, facts);
      count(ends, end);
      if (change !== null) changes.push({ ...of, ...change });
    }
    await this.store.addChanges(tx, open, changes);
    const over = cases.length < CASES_AT_ONCE;
    const done = open.done + cases.length;
    await this.store.advance(tx, {
      ...open,
      // A case that was opened between the count and its turn, with an earlier time, is one more.
      total: over ? done : Math.max(total, done),
      done,
      changed: open.changed + changes.length,
      reached: cases.at(-1)?.incidentId ?? open.reached,
      ends: [...ends.values()],
      finishedAt: over ? this.clock.now().toISOString() : null,
    });
  }
}

function count(ends: Map<string, ReplayEnds>, { from, to }: Pick<ReplayEnds, 'from' | 'to'>): void {
  const key = `${from}\n${to}`;
  ends.set(key, { from, to, cases: (ends.get(key)?.cases ?? 0) + 1 });
}
