import type { Service } from '@sekisho/contracts';
import {
  Consumer,
  connectKafka,
  type Handler,
  type KafkaConnection,
  Outbox,
  Rejected,
  type Subscription,
} from '../src/index.js';
import { TOPICS, type TopicName } from '@sekisho/contracts';
import { PgDatabase } from './pg-database.js';

/** What the fixture programs are told, as JSON in the variable FIXTURE. */
export interface Fixture {
  readonly service: Service;
  readonly kafkaGroup: string;
  readonly topics: readonly TopicName[];
  readonly databaseUrl: string;
  readonly relayUrl: string;
  readonly kafka: {
    readonly brokers: readonly string[];
    readonly ca: string;
    readonly username: string;
    readonly password: string;
  };
  /** Where the process ends itself with SIGKILL, the first time it comes by. */
  readonly dieAt?: 'after-commit' | 'after-numbering';
  /** Messages of this key make it come by. */
  readonly dieWith?: string;
}

const log = (level: string) => (fields: object, message: string) => {
  if (process.env['TEST_LOG_LEVEL']) process.stderr.write(`${level} ${message} ${JSON.stringify(fields, errors)}\n`);
};
const errors = (_: string, value: unknown): unknown =>
  value instanceof Error ? (value.stack ?? value.message) : value;

export const logger = { debug: () => undefined, info: log('info'), warn: log('warn'), error: log('error') };

export const clock = { now: () => new Date() };

export const kafkaOf = ({ service, kafka }: Fixture): Promise<KafkaConnection> =>
  connectKafka({ ...kafka, clientId: service, logger, requestTimeout: 4_000 });

/**
 * Writes a row of its own for each event, without any guard against doing it twice, and fails as the table `trouble` says for the
 * event's subject.
 */
const recording: Handler = {
  keys: (event) => [event.key],
  handle: async (tx, event, context) => {
    const [trouble] = await tx.$queryRawUnsafe<{ kind: string }[]>(
      `SELECT kind FROM trouble WHERE subject = $1`,
      event.subject,
    );
    await tx.$executeRawUnsafe(
      `INSERT INTO work (topic, event_id, key, subject, traceparent, process) VALUES ($1, $2, $3, $4, $5, $6::int)`,
      event.topic,
      event.id,
      event.key,
      event.subject,
      context.traceparent,
      process.pid,
    );
    if (trouble?.kind === 'death') die();
    if (trouble?.kind === 'away') await tx.$executeRawUnsafe(`SELECT pg_terminate_backend(pg_backend_pid())`);
    if (trouble?.kind === 'rejected') throw new Rejected('not acceptable');
    if (trouble?.kind === 'bug') throw new TypeError('a bug');
    if (trouble?.kind === 'data') await tx.$executeRawUnsafe(`SELECT 'no number'::int`);
  },
};

const subscriptionsOf = (topics: readonly TopicName[]): Subscription[] =>
  topics.map((topic) => ({
    topic,
    handlers: Object.fromEntries(Object.keys(TOPICS[topic].events).map((type) => [type, recording])),
  }));

export async function consumerOf(
  fixture: Fixture,
  database: PgDatabase,
  afterCommit?: (keys: readonly string[]) => void,
): Promise<Consumer> {
  const { service, kafkaGroup, topics } = fixture;
  return new Consumer({
    group: service,
    kafkaGroup,
    subscriptions: subscriptionsOf(topics),
    kafka: await kafkaOf(fixture),
    database,
    outbox: new Outbox(`/${service}`, clock),
    clock,
    logger,
    sweepInterval: 200,
    ...(afterCommit && { afterCommit }),
  });
}

/** Tells the parent, and lives until SIGTERM. */
export function serve(stop: () => Promise<void>): void {
  process.once('SIGTERM', () => void stop().then(() => process.exit(0)));
  process.stdout.write('started\n');
}

export const told = (): Fixture => JSON.parse(process.env['FIXTURE'] ?? '') as Fixture;

export const die = (): void => process.kill(process.pid, 'SIGKILL') as unknown as void;
