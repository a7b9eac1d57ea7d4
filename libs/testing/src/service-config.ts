import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Service, type TopicName, TOPICS } from '@sekisho/contracts';
import { generateKeySet } from '@sekisho/signing';
import { freePorts, newMasterKey } from '@sekisho/stack';
import { startAtTheEnd } from './broker.js';
import type { TestDatabase } from './database.js';
import { folderOfRun, infrastructure } from './infrastructure.js';
import type { TestIssuer } from './issuer.js';

const contactMasterKeys = new Map<string, string>();
/** The same for every service that a test starts on one database. */
function contactMasterKeysOf(database: string): string {
  const keys = contactMasterKeys.get(database) ?? newMasterKey();
  contactMasterKeys.set(database, keys);
  return keys;
}

/**
 * What a service's environment would say, for a service under test: as `KEY: text` for a process, or parsed by its own schema. All
 * tests of a run share the topics: it reads them with a group of its own, from where they end now.
 */
export async function serviceEnvironment(
  service: Service,
  database: TestDatabase,
  issuer: TestIssuer,
): Promise<Record<string, string>> {
  const { brokers, ca, users } = infrastructure().kafka;
  const [port] = await freePorts(1);
  const group = `${service}.${randomBytes(4).toString('hex')}`;
  const topics = (Object.keys(TOPICS) as TopicName[]).filter((topic) => TOPICS[topic].readers.includes(service));
  await startAtTheEnd(group, topics);
  const keys = join(folderOfRun('keys'), `${service}.json`);
  writeFileSync(keys, JSON.stringify(await generateKeySet()), { mode: 0o600 });
  return {
    PORT: String(port),
    DATABASE_URL: database.app,
    RELAY_DATABASE_URL: database.relay,
    ...(service === 'incident-intake' && {
      WRITER_DATABASE_URL: database.writer,
      STAFF_DATABASE_URL: database.staff,
      CONTACT_MASTER_KEYS: contactMasterKeysOf(database.name),
    }),
    KAFKA_BROKERS: brokers.join(','),
    KAFKA_USERNAME: service,
    KAFKA_PASSWORD: users[service]!,
    KAFKA_CA: ca,
    KAFKA_GROUP: group,
    SEKISHO_ISSUERS: JSON.stringify(issuer.issuers),
    SEKISHO_SIGNING_KEYS: keys,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
  };
}
