import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Service, TopicName } from '@sekisho/contracts';
import { lockKeys } from '@sekisho/persistence';
import {
  infrastructure,
  readTopic,
  type SeenMessage,
  startAtTheEnd,
  type TestDatabase,
  testDatabase,
} from '@sekisho/testing';
import { uuidv7 } from 'uuidv7';
import { type AnyNewEvent, type Consumer, Outbox, Relay } from '../src/index.js';
import { clock, consumerOf, type Fixture, kafkaOf, logger } from './fixture.js';
import { PgDatabase } from './pg-database.js';

export const DIGEST = `sha256:${'0'.repeat(64)}`;
export const AT = '2026-11-20T09:00:00.000Z';

/** The simplest event of intake. */
export const withheld = (
  key: string,
  over: { subject?: string; id?: string; dependsOn?: string } = {},
): AnyNewEvent => ({
  topic: 'intake.reports.v1',
  type: 'report-withheld.v1',
  key,
  subject: key,
  data: { reportId: key, receivedAt: AT, digest: DIGEST },
  ...over,
});

/** The simplest event of classification. */
export const lapsed = (key: string, over: { subject?: string; id?: string; dependsOn?: string } = {}): AnyNewEvent => ({
  topic: 'classification.determinations.v1',
  type: 'confirmation-lapsed.v1',
  key,
  subject: key,
  data: { incidentId: key, digest: DIGEST, scopeDigest: null, reason: 'FACTS_CHANGED', lapsedAt: AT },
  ...over,
});

/** One service's database with what the fixture's handler needs, and everything that a test starts on it. */
export class Rig {
  readonly app: PgDatabase;
  readonly outbox: Outbox;
  readonly kafkaGroup: string;
  private readonly children: ChildProcess[] = [];
  private readonly running: { stop(): Promise<void> }[] = [];

  private constructor(
    readonly service: Service,
    readonly database: TestDatabase,
  ) {
    this.app = new PgDatabase(database.app);
    this.outbox = new Outbox(`/${service}`, clock);
    this.kafkaGroup = `${service}.${uuidv7()}`;
  }

  static async of(service: Service): Promise<Rig> {
    const database = await testDatabase();
    await database.query(
      'owner',
      `CREATE TABLE work (position bigint GENERATED ALWAYS AS IDENTITY, topic text, event_id text, key text, subject text,
                          traceparent text, process int);
       CREATE TABLE trouble (subject text PRIMARY KEY, kind text NOT NULL);
       DO $$ BEGIN
         EXECUTE format('GRANT SELECT, INSERT ON work TO %1$I; GRANT SELECT ON trouble TO %1$I', current_setting('sekisho.app_role'));
       END $$`,
    );
    return new Rig(service, database);
  }

  /** Lets this rig's group begin at the end of `topics`. */
  skipPast(...topics: readonly TopicName[]): Promise<void> {
    return startAtTheEnd(this.kafkaGroup, topics);
  }

  fixture(topics: readonly TopicName[], dieAt?: Fixture['dieAt']): Fixture {
    const { brokers, ca, users } = infrastructure().kafka;
    const { service, kafkaGroup, database } = this;
    const kafka = { brokers, ca, username: service, password: users[service]! };
    const urls = { databaseUrl: database.app, relayUrl: database.relay };
    return { service, kafkaGroup, topics, kafka, ...urls, ...(dieAt && { dieAt }) };
  }

  /** Appends events in one transaction that holds their keys. */
  append(...events: AnyNewEvent[]): Promise<string[]> {
    return this.app.$transaction(async (tx) => {
      await lockKeys(
        tx,
        events.map(({ key }) => key),
      );
      return this.outbox.append(
        tx,
        { correlationId: 'test', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
        ...events,
      );
    });
  }

  async consumer(topics: readonly TopicName[]): Promise<Consumer> {
    const consumer = await consumerOf(this.fixture(topics), this.app);
    consumer.start();
    this.running.push(consumer);
    return consumer;
  }

  async relay(over: Partial<ConstructorParameters<typeof Relay>[0]> = {}): Promise<Relay> {
    const kafka = over.kafka ?? (await kafkaOf(this.fixture([])));
    const relay = new Relay({ databaseUrl: this.database.relay, logger, ...over, kafka });
    relay.start();
    this.running.push(relay);
    return relay;
  }

  /** A process of its own. `exited` gives the signal that ended it. */
  async process(
    program: 'consumer-process' | 'relay-process',
    fixture: Fixture,
  ): Promise<ChildProcess & { exited: Promise<string> }> {
    const file = join(import.meta.dirname, '..', 'dist', 'test', `${program}.js`);
    const child = spawn(process.execPath, [file], {
      env: { ...process.env, FIXTURE: JSON.stringify(fixture), NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.children.push(child);
    const exited = once(child, 'exit').then(([code, signal]) => String(signal ?? code));
    await once(child.stdout!, 'data');
    return Object.assign(child, { exited });
  }

  /** Subjects of the work done for these keys, in its order. */
  async work(...keys: string[]): Promise<string[]> {
    const rows = await this.database.query<{ subject: string }>(
      'owner',
      `SELECT subject FROM work WHERE key = ANY($1) ORDER BY position`,
      [keys],
    );
    return rows.map(({ subject }) => subject);
  }

  /** State and subject of what is kept aside for these keys, in the order of the topic. */
  async aside(...keys: string[]): Promise<string[]> {
    const rows = await this.database.query<{ text: string }>(
      'owner',
      `SELECT state || ' ' || coalesce(headers->>'ce_subject', '-') AS text FROM parked WHERE key = ANY($1) ORDER BY topic, partition, "offset"`,
      [keys],
    );
    return rows.map(({ text }) => text);
  }

  async trouble(subject: string, kind: 'rejected' | 'bug' | 'data' | 'death' | 'away' | null): Promise<void> {
    await this.database.query('owner', `DELETE FROM trouble WHERE subject = $1`, [subject]);
    if (kind) await this.database.query('owner', `INSERT INTO trouble VALUES ($1, $2)`, [subject, kind]);
  }

  /** Messages with these keys, as somebody else reads them. */
  seen(
    reader: string,
    topic: TopicName,
    keys: readonly string[],
    enough: (messages: SeenMessage[]) => boolean,
  ): Promise<SeenMessage[]> {
    return readTopic(reader, topic, ({ key }) => key !== null && keys.includes(key), enough);
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map((one) => one.stop()));
    for (const child of this.children) {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await Promise.race([exited, pause(10_000, undefined, { ref: false })]);
        child.kill('SIGKILL');
      }
    }
    await this.app.end();
    await this.database.drop();
  }
}
