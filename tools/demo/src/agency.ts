import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type JSONWebKeySet, KeySet, loadKeySet, verify } from '@sekisho/signing';
import { type Consumer, Kafka, type KafkaMessage, logLevel, type Producer } from 'kafkajs';
import { UnexpectedAnswer } from './caller.js';
import type { Endpoints } from './endpoints.js';

export interface ReceivedOrder {
  readonly orderId: string;
  readonly version: number;
  readonly servers: readonly { readonly ref: string; readonly address: string }[];
  readonly conditions: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
}

/** A message on the agency's topic, with what its seal held where it was sealed. */
export interface Received {
  readonly id: string;
  readonly type: string;
  readonly incidentId: string;
  readonly orderId: string | null;
  /** What an order says, once opened and verified. */
  readonly order: ReceivedOrder | null;
  /** Why something is stopped, suspended or rejected. */
  readonly reason: string | null;
}

export interface AgencyOptions {
  /** What tells its consumer group from other programs of the same agency. */
  readonly group: string;
  /** Told of each message once, as it comes. */
  readonly received?: (message: Received, agency: Agency) => Promise<void> | void;
  /** Milliseconds for which it waits for a message, or for the broker to take a return. */
  readonly patience?: number;
}

const SEALED: Readonly<Record<string, string>> = {
  'order-issued.v1': 'sekisho-order+jws',
  'order-stopped.v1': 'sekisho-stop+jws',
};

/**
 * An agency's own client on Kafka, with the agency's user and keys, that knows `endpoints.json` and nothing else: it opens and verifies
 * what it gets and signs what it returns. What an agency does to a server is outside this software: here nothing is done to any.
 */
export class Agency {
  private readonly messages: Received[] = [];
  private readonly patience: number;

  private constructor(
    readonly name: 'npa' | 'sdf',
    private readonly keys: KeySet,
    private readonly publicKeys: JSONWebKeySet,
    private readonly producer: Producer,
    private readonly consumer: Consumer,
    private readonly options: AgencyOptions,
  ) {
    this.patience = options.patience ?? 30_000;
  }

  static async connect(endpoints: Endpoints, name: 'npa' | 'sdf', options: AgencyOptions): Promise<Agency> {
    const user = `agency-${name}`;
    const keys = await loadKeySet(endpoints.agencyKeys[user]!);
    const kafka = new Kafka({
      clientId: `${user}-station`,
      brokers: endpoints.kafka.brokers,
      ssl: { ca: [await readFile(endpoints.kafka.ca, 'utf8')] },
      sasl: { mechanism: endpoints.kafka.mechanism, username: user, password: endpoints.kafka.users[user]! },
      logLevel: logLevel.NOTHING,
    });
    const producer = kafka.producer();
    const consumer = kafka.consumer({ groupId: `${user}.${options.group}`, maxWaitTimeInMs: 200 });
    await Promise.all([producer.connect(), consumer.connect()]);
    await consumer.subscribe({ topic: `tasking.${name}.v1`, fromBeginning: true });
    const publicKeys = (await (await fetch(endpoints.jwks.orders)).json()) as JSONWebKeySet;
    const agency = new Agency(name, keys, publicKeys, producer, consumer, options);
    await consumer.run({ eachMessage: ({ message }) => agency.take(message) });
    return agency;
  }

  /** Everything about an incident so far, in the order of its coming. */
  about(incidentId: string): readonly Received[] {
    return this.messages.filter((message) => message.incidentId === incidentId);
  }

  /** Waits for the message about an incident that is wanted. */
  async receives(incidentId: string, what: string, wanted: (message: Received) => boolean): Promise<Received> {
    const end = Date.now() + this.patience;
    for (;;) {
      const found = this.about(incidentId).find(wanted);
      if (found) return found;
      if (Date.now() > end) throw new UnexpectedAnswer(`agency-${this.name} waited in vain for ${what}`);
      await pause(50);
    }
  }

  /** A signed return, sent until the broker has it: the same one each time, so that it counts once. */
  async returns(incidentId: string, orderId: string, kind: string, over: object = {}): Promise<void> {
    const said = {
      jti: randomUUID(),
      kind,
      orderId,
      at: new Date().toISOString(),
      serversTouched: [],
      unintendedEffects: null,
      newFacts: null,
      ...over,
    };
    const value = JSON.stringify({ return: await this.keys.sign(said, 'sekisho-return+jws') });
    const end = Date.now() + this.patience;
    for (;;) {
      try {
        await this.producer.send({ topic: `agency.${this.name}.v1`, acks: -1, messages: [{ key: incidentId, value }] });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        await pause(250);
      }
    }
  }

  async stop(): Promise<void> {
    await this.consumer.disconnect();
    await this.producer.disconnect();
  }

  private async take(message: KafkaMessage): Promise<void> {
    const id = message.headers?.['ce_id']?.toString();
    const type = message.headers?.['ce_type']?.toString();
    // The platform delivers at least once: what has come is known by its id.
    if (id === undefined || type === undefined || !message.value || this.messages.some((one) => one.id === id)) return;
    const said = JSON.parse(message.value.toString()) as { order?: string; orderId?: string; reason?: string };
    const typ = SEALED[type];
    const opened =
      typ === undefined || said.order === undefined
        ? undefined
        : ((await verify(await this.keys.open(said.order), this.publicKeys, typ)) as ReceivedOrder & {
            reason?: string;
          });
    const received: Received = {
      id,
      type,
      incidentId: message.key?.toString() ?? '',
      orderId: opened?.orderId ?? said.orderId ?? null,
      order: type === 'order-issued.v1' ? (opened ?? null) : null,
      reason: opened?.reason ?? said.reason ?? null,
    };
    this.messages.push(received);
    await this.options.received?.(received, this);
  }
}
