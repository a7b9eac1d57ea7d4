import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from '@sekisho/contracts';
import { generateKeySet } from '@sekisho/signing';
import { freePorts } from '@sekisho/stack';
import type { TestDatabase } from './database.js';
import { infrastructure } from './infrastructure.js';
import type { TestIssuer } from './issuer.js';

/** What a service's environment would say, for a service under test: as `KEY: text` for a process, or parsed by its own schema. */
export async function serviceEnvironment(
  service: Service,
  database: TestDatabase,
  issuer: TestIssuer,
): Promise<Record<string, string>> {
  const { brokers, ca, users } = infrastructure().kafka;
  const [port] = await freePorts(1);
  const keys = join(mkdtempSync(join(tmpdir(), 'sekisho-keys-')), `${service}.json`);
  writeFileSync(keys, JSON.stringify(await generateKeySet()), { mode: 0o600 });
  return {
    PORT: String(port),
    DATABASE_URL: database.app,
    RELAY_DATABASE_URL: database.relay,
    KAFKA_BROKERS: brokers.join(','),
    KAFKA_USERNAME: service,
    KAFKA_PASSWORD: users[service]!,
    KAFKA_CA: ca,
    // All tests of a run share the topics: each service under test reads them as a group of its own, under its own name.
    KAFKA_GROUP: `${service}.${randomBytes(4).toString('hex')}`,
    SEKISHO_ISSUERS: JSON.stringify(issuer.issuers),
    SEKISHO_SIGNING_KEYS: keys,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
  };
}
