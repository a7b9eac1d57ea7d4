import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { KafkaConnection } from './kafka.js';
import type { Logger, MessagingMetrics } from './ports.js';
import { Lane, type LaneStore } from './relay-lane.js';
import { backlog, markSent, NUMBERED_AT_ONCE, numberEvents, unsentEvents, unsentTopics } from './relay-store.js';
import { backOff, Signal } from './signal.js';

export interface RelayOptions {
  /** As the role that alone reads the outbox, straight to the server: no pooler may share the connection that holds the lock. */
  readonly databaseUrl: string;
  readonly kafka: KafkaConnection;
  readonly logger: Logger;
  readonly metrics?: Pick<MessagingMetrics, 'outboxBacklog'>;
  /** Notifications may be lost: so often it looks by itself, in milliseconds. */
  readonly pollInterval?: number;
  /** For tests of a crash between committing the numbers and sending. */
  readonly afterNumbering?: () => void | Promise<void>;
}

const POLL_MS = 1_000;
const STAND_BY_MS = 1_000;
const COUNT_MS = 5_000;
/**
 * How many came tells how many come. For each of them the relay waits a little before it looks again, and what has come by then is sent
 * together: one alone is on its way at once, and under load an event costs a fraction.
 */
const GATHER_MS = 8;
const GATHER_AT_MOST_MS = 200;
const LONGEST_BACK_OFF_MS = 10_000;

/**
 * Carries a service's outbox to Kafka. Any number of instances may be started: one works, the others stand by. Numbers are committed
 * before anything is sent, so that an event keeps its number however often it is sent.
 */
export class Relay {
  /** Whether it is started and not stopped; it need not be the instance that works. */
  running = false;
  /** Whether it holds the lock. */
  active = false;
  private readonly signal = new Signal();
  private stopping = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(private readonly options: RelayOptions) {}

  start(): void {
    this.running = true;
    this.ended = this.run();
  }

  /** Numbers what is there, tries once to send it, and ends. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.signal.raise();
    await this.ended;
    this.running = false;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping;) {
      try {
        await this.connected();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.options.logger.warn({ err: error, failures }, 'relay has lost its database; it tries again');
        if (!this.stopping) await this.signal.wait(backOff(failures, 100, LONGEST_BACK_OFF_MS));
      }
    }
  }

  /** The life of one connection. The lock lives as long: whoever loses the connection has lost the lock, and sends nothing more. */
  private async connected(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.options.databaseUrl,
      application_name: `relay ${process.pid}`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      // A server that no longer answers must not leave two instances believing that they hold the lock.
      query_timeout: 30_000,
    });
    let lost: { error: unknown } | undefined;
    const lose = (error: unknown): void => {
      lost ??= { error };
      this.signal.raise();
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('the connection has ended')));
    client.on('notification', () => this.signal.raise());
    try {
      await client.connect();
      while (!(await tryLock(client))) {
        await this.signal.wait(STAND_BY_MS);
        if (this.stopping) return;
        if (lost) throw lost.error;
      }
      this.active = true;
      await client.query('LISTEN outbox');
      await this.holding(client, lose, () => lost);
    } finally {
      this.active = false;
      await client.end().catch(() => undefined);
    }
  }

  private async holding(
    client: pg.Client,
    lose: (error: unknown) => void,
    lost: () => { error: unknown } | undefined,
  ): Promise<void> {
    const { kafka, logger, metrics, afterNumbering, pollInterval = POLL_MS } = this.options;
    const turn = inTurn();
    const store: LaneStore = {
      unsent: (topic) => turn(() => unsentEvents(client, topic)),
      sent: (topic, events) => turn(() => markSent(client, topic, events)),
      holding: () => lost() === undefined,
      lost: lose,
    };
    const lanes = new Map<string, Lane>();
    let countAgain = 0;
    try {
      for (;;) {
        const last = this.stopping;
        const numbered = await turn(() => numberEvents(client));
        if (numbered > 0) await afterNumbering?.();
        if (metrics && Date.now() >= countAgain) {
          metrics.outboxBacklog.set(await turn(() => backlog(client)));
          countAgain = Date.now() + COUNT_MS;
        }
        for (const topic of await turn(() => unsentTopics(client))) {
          const lane = lanes.get(topic) ?? new Lane(topic, store, kafka, logger);
          lanes.set(topic, lane);
          lane.wake();
        }
        if (last) {
          await Promise.all([...lanes.values()].map((lane) => lane.idle()));
          return;
        }
        if (numbered < NUMBERED_AT_ONCE) {
          if (numbered > 1 && !this.stopping) await pause(Math.min(numbered * GATHER_MS, GATHER_AT_MOST_MS));
          // What was appended meanwhile has rung.
          await this.signal.wait(pollInterval);
        }
        const loss = lost();
        if (loss) throw loss.error;
      }
    } catch (error) {
      lose(error);
      throw error;
    } finally {
      await Promise.all([...lanes.values()].map((lane) => lane.close()));
    }
  }
}

/** One connection answers one question at a time: lanes and relay take turns. */
function inTurn(): <T>(ask: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const answer = last.then(ask);
    last = answer.catch(() => undefined);
    return answer;
  };
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `SELECT pg_try_advisory_lock(hashtextextended('sekisho/relay', 0)) AS held`,
  );
  return rows[0]?.held === true;
}
