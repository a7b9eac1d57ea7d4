import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { type JSONWebKeySet, KeySet, loadKeySet, verify } from '@sekisho/signing';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import type { Endpoints } from './endpoints.js';

export interface ReceivedOrder {
  readonly orderId: string;
  readonly servers: { readonly ref: string; readonly address: string }[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly stop?: boolean;
}

export interface AgencyStation {
  stop(): Promise<void>;
}

/**
 * An agency's own station: a Kafka client with the agency's user and keys that knows `endpoints.json` and nothing else.
 * It opens and verifies each order that it gets, accepts it, starts when the window is open, and reports completion.
 * What an agency does to a server is outside this software: here nothing is done to any.
 */
export async function agencyStation(
  endpoints: Endpoints,
  agency: 'npa' | 'sdf',
  tell: (line: object) => void,
): Promise<AgencyStation> {
  const user = `agency-${agency}`;
  const keys = await loadKeySet(endpoints.agencyKeys[user]!);
  const kafka = new Kafka({
    clientId: `${user}-station`,
    brokers: endpoints.kafka.brokers,
    ssl: { ca: [await readFile(endpoints.kafka.ca, 'utf8')] },
    sasl: { mechanism: endpoints.kafka.mechanism, username: user, password: endpoints.kafka.users[user]! },
    logLevel: logLevel.NOTHING,
  });
  const producer = kafka.producer();
  const consumer = kafka.consumer({ groupId: `${user}.station` });
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topic: `tasking.${agency}.v1`, fromBeginning: true });
  const publicKeys = await orderKeys(endpoints);
  tell({ station: user, ready: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const type = message.headers?.['ce_type']?.toString();
      if (type !== 'order-issued.v1' || !message.value) return;
      const { order: sealed } = JSON.parse(message.value.toString()) as { order: string };
      const order = (await verify(await keys.open(sealed), publicKeys, 'sekisho-order+jws')) as ReceivedOrder;
      tell({ station: user, orderId: order.orderId, opened: true, servers: order.servers.length });
      await answer({ producer, keys, agency, key: message.key }, order, tell);
    },
  });
  return {
    stop: async () => {
      await consumer.disconnect();
      await producer.disconnect();
    },
  };
}

async function orderKeys(endpoints: Endpoints): Promise<JSONWebKeySet> {
  return (await (await fetch(endpoints.jwks.orders)).json()) as JSONWebKeySet;
}

interface Desk {
  readonly producer: Producer;
  readonly keys: KeySet;
  readonly agency: 'npa' | 'sdf';
  readonly key: Buffer | null;
}

async function answer(desk: Desk, order: ReceivedOrder, tell: (line: object) => void): Promise<void> {
  const refs = order.servers.map((server) => server.ref);
  for (const [kind, serversTouched] of [
    ['ACKNOWLEDGED', []],
    ['STARTED', []],
    ['COMPLETED', refs],
  ] as const) {
    const jws = await desk.keys.sign(
      {
        jti: randomUUID(),
        kind,
        orderId: order.orderId,
        at: new Date().toISOString(),
        serversTouched,
        unintendedEffects: null,
        newFacts: null,
      },
      'sekisho-return+jws',
    );
    await desk.producer.send({
      topic: `agency.${desk.agency}.v1`,
      acks: -1,
      messages: [{ key: desk.key, value: JSON.stringify({ return: jws }) }],
    });
    tell({ station: `agency-${desk.agency}`, orderId: order.orderId, returned: kind });
  }
}
