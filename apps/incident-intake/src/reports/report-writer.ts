import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ReportAccepted, ReportForm } from '@sekisho/contracts';
import { Metrics } from '@sekisho/observability';
import { type Answer, ProblemError, type WorkRequest } from '@sekisho/service';
import { BatchStore, type Outcome } from './batch.store.js';
import type { Entry } from './entry.js';
import { type Arrival, ReceiptDesk } from './receipt-desk.js';

/** Two, so that one is prepared and signed while the database is busy with the other. */
export const BATCHES_AT_ONCE = 2;
const REPORTS_IN_A_BATCH = 200;
const CHARACTERS_IN_A_BATCH = 2 ** 22;
/** What waits is in memory, and whoever waits longer than a second is better served by being told. */
const MOST_WAITING = 1_000;
const MOST_CHARACTERS = 2 ** 25;

interface Waiting {
  readonly entry: Entry;
  /** It was passed over for another with one of its keys, and so will be found on record when its turn comes. */
  follows: boolean;
  settle(outcome: Exclude<Outcome, 'again'>): void;
}

/**
 * The one way in which new reports are stored. Those that come while others are being written are written together, in one statement
 * and with one commit: the more come, the less each costs.
 */
@Injectable()
export class ReportWriter implements OnApplicationShutdown {
  private waiting: Waiting[] = [];
  private characters = 0;
  /** Keys under which reports are being written. */
  private readonly held = new Set<string>();
  private readonly underWay = new Set<Promise<void>>();
  private woken = false;
  /** Whoever has many to write, and waits until half of the places are free. */
  private readonly patient: (() => void)[] = [];

  constructor(
    private readonly store: BatchStore,
    private readonly desk: ReceiptDesk,
    metrics: Metrics,
  ) {
    metrics.watch('sekisho_reports_waiting', 'Reports that came in and are not stored yet', () => this.waiting.length);
  }

  /**
   * Stores a report, of the organisation that sends it or that staff enter it for, and answers once that is durable. Rejects with what
   * kept it out; with `unavailable`, and before anything is done, where too many wait already.
   */
  write(request: WorkRequest, report: ReportForm, arrival?: Arrival): Promise<Answer<ReportAccepted>> {
    if (this.waiting.length >= MOST_WAITING || this.characters >= MOST_CHARACTERS) return Promise.reject(tooMany());
    const entry = this.desk.enter(request, report, arrival);
    return new Promise((resolve, reject) => {
      const settle = (outcome: Exclude<Outcome, 'again'>): void =>
        'answer' in outcome ? resolve(outcome.answer) : reject(outcome.error as Error);
      this.characters += entry.content.length;
      this.waiting.push({ entry, follows: false, settle });
      this.wake();
    });
  }

  /** Resolves when there is room for many more: half of it is kept for those that come one by one and are answered at once. */
  async room(): Promise<void> {
    while (this.waiting.length >= MOST_WAITING / 2 || this.characters >= MOST_CHARACTERS / 2) {
      await new Promise<void>((resolve) => this.patient.push(resolve));
    }
  }

  /** HTTP has ended by now: what it took in is written to the end. */
  async onApplicationShutdown(): Promise<void> {
    while (this.underWay.size > 0 || this.waiting.length > 0) {
      if (this.underWay.size > 0) await Promise.race(this.underWay);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await this.store.close();
  }

  /** Not at once: what else this turn of the event loop brings goes along. */
  private wake(): void {
    if (this.woken || this.underWay.size >= BATCHES_AT_ONCE) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      while (this.underWay.size < BATCHES_AT_ONCE) {
        const batch = this.next();
        if (batch.length === 0) return;
        const written = this.writeBatch(batch).finally(() => {
          this.underWay.delete(written);
          this.wake();
        });
        this.underWay.add(written);
      }
    });
  }

  /** The first that wait, but not two at once of which one must see the other on record. */
  private next(): Waiting[] {
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    const taken = new Set<string>();
    let characters = 0;
    for (const one of this.waiting) {
      const { content } = one.entry;
      const keys = Object.values(one.entry.keys);
      const busy = keys.some((key) => this.held.has(key)) || (!one.follows && keys.some((key) => taken.has(key)));
      one.follows ||= busy;
      if (busy || batch.length >= REPORTS_IN_A_BATCH || characters >= CHARACTERS_IN_A_BATCH) {
        left.push(one);
        continue;
      }
      for (const key of keys) taken.add(key);
      characters += content.length;
      batch.push(one);
    }
    this.waiting = left;
    return batch;
  }

  private async writeBatch(batch: readonly Waiting[]): Promise<void> {
    const keys = batch.flatMap(({ entry }) => Object.values(entry.keys));
    for (const key of keys) this.held.add(key);
    const outcomes = await this.store.store(batch.map(({ entry }) => entry));
    for (const key of keys) this.held.delete(key);
    const again: Waiting[] = [];
    for (const [place, outcome] of outcomes.entries()) {
      const one = batch[place]!;
      if (outcome === 'again') again.push(one);
      else {
        this.characters -= one.entry.content.length;
        one.settle(outcome);
      }
    }
    this.waiting.unshift(...again);
    for (const goOn of this.patient.splice(0)) goOn();
  }
}

const tooMany = (): ProblemError =>
  new ProblemError('unavailable', { code: 'too-many-waiting' }, {}, { 'retry-after': '1' });
