import type { Service } from '@sekisho/contracts';
import type { Transaction } from '@sekisho/persistence';
import type { ReceivedEvent } from './event.js';
import type { Fault } from './failure.js';
import type { Inbound } from './inbound.js';
import { awaited } from './inbox-store.js';
import { describe, type Inbox, type Plan } from './inbox.js';
import type { Prepared } from './inbox.js';
import type { Identity } from './decode.js';
import type { Outbox } from './outbox.js';
import { changeState, type Head, headOf, type HeadRow, keepAside } from './parked-store.js';
import type { Clock, Logger, MessagingMetrics } from './ports.js';

export interface IntakeOptions {
  readonly group: Service;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics?: Pick<MessagingMetrics, 'messages'>;
}

/** What a transaction did, to be told once it is committed. */
export interface Taken {
  readonly topic: string;
  readonly plan: Plan;
  /** Events for which there was a handler. */
  readonly handled: number;
  /** Something waits for one of these events. */
  readonly awaited: boolean;
}

export type Resumed = 'done' | 'parked' | 'waiting' | 'not-head';

/** The two transactions of taking in: messages as they come, and one message that was kept aside. */
export class Intake {
  constructor(
    private readonly inbox: Inbox,
    private readonly options: IntakeOptions,
  ) {}

  /** Takes in consecutive messages of one partition: all of it happens, or nothing. */
  async take(tx: Transaction, batch: readonly Prepared[]): Promise<Taken> {
    const { group, clock } = this.options;
    const at = clock.now();
    const plan = await this.inbox.plan(tx, batch);
    for (const { message, decoded, state } of plan.aside) {
      const { fault } = decoded;
      const id = await keepAside(
        tx,
        group,
        message,
        decoded,
        state,
        state === 'PARKED' ? (fault?.detail ?? null) : null,
        at,
      );
      if (state === 'PARKED' && fault !== undefined) await this.report(tx, id, message, decoded, fault, at);
    }
    const handled = await this.inbox.handle(tx, plan.due, at);
    return { topic: batch[0]!.message.topic, plan, handled, awaited: await awaited(tx, plan.due) };
  }

  /**
   * Lets the first open message of a topic and key go on: handled, waiting (still or again), or parked because it cannot be read.
   * Does nothing if it is not the first any more, or an operator has to say something first.
   */
  async resume(tx: Transaction, head: Head): Promise<{ resumed: Resumed; events: readonly ReceivedEvent[] }> {
    const row = await this.locked(tx, head);
    if (row === undefined || row.state === 'PARKED') return { resumed: 'not-head', events: [] };
    const { group, clock } = this.options;
    const at = clock.now();
    const prepared = this.inbox.prepare(row.message);
    const { event, fault } = prepared.decoded;
    if (event === undefined) {
      await this.parkRow(tx, row, fault, at);
      return { resumed: 'parked', events: [] };
    }
    const standing = await this.inbox.standingOf(tx, prepared);
    if (standing === 'waiting' && !row.waitWaived) {
      if (row.state !== 'WAITING') await changeState(tx, row.id, { state: 'WAITING', by: group, at });
      return { resumed: 'waiting', events: [] };
    }
    if (standing !== 'taken-in') await this.inbox.handle(tx, [event], at);
    await changeState(tx, row.id, { state: 'DONE', by: group, at });
    return { resumed: 'done', events: [event] };
  }

  /** Parks the first open message of a topic and key, if nobody has touched it since. */
  async park(tx: Transaction, head: Head, fault: Fault): Promise<void> {
    const row = await this.locked(tx, head);
    if (row !== undefined && row.state !== 'PARKED') await this.parkRow(tx, row, fault, this.options.clock.now());
  }

  /** Logs and counts what was committed. */
  tell({ topic, plan, handled }: Pick<Taken, 'topic' | 'plan' | 'handled'>): void {
    const { logger, metrics } = this.options;
    const counts = {
      handled,
      skipped: plan.due.length - handled,
      duplicate: plan.duplicates.length,
      waiting: 0,
      parked: 0,
      held: 0,
    };
    for (const aside of plan.aside) {
      counts[({ WAITING: 'waiting', PARKED: 'parked', HELD: 'held' } as const)[aside.state]] += 1;
      const fields = { ...describe(aside), reason: aside.decoded.fault?.summary, dependsOn: aside.decoded.dependsOn };
      if (aside.state === 'PARKED') logger.error(fields, 'message parked');
      else logger.info({ ...fields, state: aside.state }, 'message kept aside');
    }
    for (const [result, count] of Object.entries(counts))
      if (count > 0) metrics?.messages.inc({ topic, result }, count);
  }

  private async locked(tx: Transaction, head: Head): Promise<HeadRow | undefined> {
    await this.inbox.lockPartition(tx, head.topic, head.partition);
    const row = await headOf(tx, head.topic, head.key);
    return row?.id === head.id ? row : undefined;
  }

  private async parkRow(tx: Transaction, row: HeadRow, fault: Fault, at: Date): Promise<void> {
    await changeState(tx, row.id, { state: 'PARKED', error: fault.detail, by: this.options.group, at });
    await this.report(tx, row.id, row.message, row, fault, at);
    const { topic, partition, offset } = row.message;
    const place = `${topic}/${partition}/${offset}`;
    this.options.logger.error(
      { place, messageId: row.eventId, type: row.type, reason: fault.summary },
      'message parked',
    );
    this.options.metrics?.messages.inc({ topic, result: 'parked' });
  }

  /** For operators' tools: ids and the error, never the payload. */
  private async report(
    tx: Transaction,
    parkedId: string,
    message: Inbound,
    { eventId, type }: Identity,
    fault: Fault,
    at: Date,
  ): Promise<void> {
    const { group, outbox } = this.options;
    const { topic, partition, offset, key } = message;
    const data = {
      parkedId,
      group,
      topic,
      partition,
      offset,
      key,
      eventId,
      type,
      error: fault.summary,
      parkedAt: at.toISOString(),
    };
    const context = { correlationId: parkedId, ...(eventId !== null && { causationId: eventId }) };
    await outbox.append(tx, context, {
      topic: `${group}.parked.v1`,
      type: 'message-parked.v1',
      key: parkedId,
      subject: parkedId,
      data,
    });
  }
}
