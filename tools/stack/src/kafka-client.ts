import { readFileSync } from 'node:fs';
import kafkajs, { type Kafka } from 'kafkajs';

export interface KafkaAccess {
  brokers: string[];
  /** Path of the PEM file of the authority; undefined for one that the system trusts. */
  ca?: string | undefined;
  username: string;
  password: string;
}

/** A client for administration and for tests; the services have theirs in `@sekisho/messaging`. */
export function kafkaClient(access: KafkaAccess, clientId = access.username): Kafka {
  return new kafkajs.Kafka({
    clientId,
    brokers: access.brokers,
    ssl: access.ca === undefined ? true : { ca: [readFileSync(access.ca, 'utf8')] },
    sasl: { mechanism: 'scram-sha-512', username: access.username, password: access.password },
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { retries: 3, initialRetryTime: 200 },
  });
}
