import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { type IHeaders, type ISocketFactory, Kafka, logLevel, Partitioners } from 'kafkajs';
import type { Logger } from './ports.js';

// The one file that imports kafkajs, so that its successor is a one-file change.

export interface KafkaOptions {
  /** The principal's name. */
  readonly clientId: string;
  readonly brokers: readonly string[];
  readonly username: string;
  readonly password: string;
  /** Path of a PEM file: the certificate authority of the brokers. */
  readonly ca: string;
  readonly logger: Logger;
  /** How long an answer of a broker may take, in milliseconds. */
  readonly requestTimeout?: number;
  /** Where to connect for a broker's advertised address, if not to that: a tunnel, or a test that stands in the way. */
  readonly route?: (address: { host: string; port: number }) => { host: string; port: number };
}

export interface OutgoingMessage {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A message as the broker has it: nothing in it is to be trusted yet. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, readonly Buffer[]>>;
}

export interface EventProducer {
  /** Resolves once all in-sync replicas have the messages, in their order. A rejection leaves open which of them are stored. */
  send(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  close(): Promise<void>;
}

/** Consecutive messages of one partition. */
export interface Delivery {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly IncomingMessage[];
  /** Keeps the group membership alive. Rejects when the partition may belong to somebody else by now: stop then. */
  heartbeat(): Promise<void>;
  /** Everything up to and with `offset` is done for good: it is not delivered to this group again (but for a crash or a lost commit). */
  done(offset: string): Promise<void>;
  /** False when the consumer is being stopped: finish what is begun, begin nothing new. */
  active(): boolean;
}

export interface Membership {
  /** Finishes the deliveries under way and leaves the group. */
  stop(): Promise<void>;
  /** Settles when the client has given up, which it does for good. */
  readonly ended: Promise<Error>;
}

export interface ConsumeOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** Called for several partitions at once, but never twice at once for one of them. */
  take(delivery: Delivery): Promise<void>;
}

export interface KafkaConnection {
  /** A new producer that has sent nothing yet. */
  openProducer(): Promise<EventProducer>;
  /** Joins the group; begins at the beginning where the group has no offset. */
  consume(options: ConsumeOptions): Promise<Membership>;
}

const PARTITIONS_AT_ONCE = 3;

/** A connection as one SCRAM principal over TLS. Nothing is opened yet. */
export async function connectKafka(options: KafkaOptions): Promise<KafkaConnection> {
  const requestTimeout = options.requestTimeout ?? 15_000;
  const kafka = new Kafka({
    clientId: options.clientId,
    brokers: [...options.brokers],
    ssl: { ca: [await readFile(options.ca, 'utf8')] },
    sasl: { mechanism: 'scram-sha-512', username: options.username, password: options.password },
    connectionTimeout: 5_000,
    requestTimeout,
    ...(options.route !== undefined && { socketFactory: routed(options.route) }),
    // Whoever uses the connection tries again in his own way: see relay and consumer.
    retry: { retries: 0 },
    logLevel: logLevel.INFO,
    logCreator: () => logTo(options.logger),
  });
  return {
    openProducer: () => openProducer(kafka, requestTimeout),
    consume: (consume) => join(kafka, consume),
  };
}

function routed(route: NonNullable<KafkaOptions['route']>): ISocketFactory {
  return ({ host, port, ssl, onConnect }) => {
    const servername = isIP(host) === 0 ? { servername: host } : {};
    return connect({ ...ssl, ...servername, ...route({ host, port }) }, onConnect);
  };
}

/** kafkajs calls an error what it then tries again: that is a warning here. Its messages name brokers and topics, never payloads. */
function logTo(logger: Logger) {
  return ({ level, namespace, log }: { level: logLevel; namespace: string; log: Record<string, unknown> }): void => {
    const { message, error, broker, groupId, topic } = log;
    const fields = { namespace, detail: message, error, broker, groupId, topic };
    if (level <= logLevel.WARN) logger.warn(fields, 'kafka client');
    else logger.debug(fields, 'kafka client');
  };
}

async function openProducer(kafka: Kafka, timeout: number): Promise<EventProducer> {
  // As few retries of its own as it allows: after a failed send its count of what the broker has may be wrong, and it would give the
  // next event the number of one that is stored already, which the broker then drops as a duplicate. Its user throws it away instead.
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { retries: 1 },
  });
  try {
    await producer.connect();
  } catch (error) {
    await producer.disconnect().catch(() => undefined);
    throw error;
  }
  return {
    send: async (topic, messages) => {
      await producer.send({ topic, acks: -1, timeout, messages: messages.map((message) => ({ ...message })) });
    },
    close: () => producer.disconnect(),
  };
}

async function join(kafka: Kafka, { group, topics, take }: ConsumeOptions): Promise<Membership> {
  const consumer = kafka.consumer({
    groupId: group,
    // So long after a crash its partitions are nobody's. Whoever takes long over a delivery calls `heartbeat` meanwhile.
    sessionTimeout: 12_000,
    rebalanceTimeout: 60_000,
    heartbeatInterval: 2_000,
    maxWaitTimeInMs: 500,
    allowAutoTopicCreation: false,
    // After a crash kafkajs restarts itself, but only for what it takes to be passing. Here every crash ends the membership.
    retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 3_000, restartOnFailure: async () => false },
  });
  const ended = new Promise<Error>((resolve) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: ({ batch, heartbeat, resolveOffset, commitOffsetsIfNecessary, isRunning, isStale }) => {
        const { topic, partition } = batch;
        return take({
          topic,
          partition,
          messages: batch.messages.map(({ offset, key, value, headers }) => ({
            topic,
            partition,
            offset,
            key,
            value,
            headers: buffers(headers),
          })),
          heartbeat,
          done: async (offset) => {
            resolveOffset(offset);
            const next = (BigInt(offset) + 1n).toString();
            await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: next }] }] });
          },
          active: () => isRunning() && !isStale(),
        });
      },
    });
  } catch (error) {
    await consumer.disconnect().catch(() => undefined);
    throw error;
  }
  return { stop: () => consumer.disconnect(), ended };
}

function buffers(headers: IHeaders | undefined): Record<string, readonly Buffer[]> {
  const entries = Object.entries(headers ?? {}).map(([name, value]) => {
    const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
    return [name, values.map((one) => Buffer.from(one))] as const;
  });
  return Object.fromEntries(entries);
}
