import { agencyTasking, taskingConfig } from '@sekisho/agency-tasking';
import { classification, classificationConfig } from '@sekisho/classification';
import { incidentIntake, intakeConfig } from '@sekisho/incident-intake';
import { scheduling, schedulingConfig } from '@sekisho/nsc-scheduling';
import { oversightConfig, oversightReporting } from '@sekisho/oversight-reporting';
import { readConfig, type ServiceDefinition } from '@sekisho/service';

// Enough of a configuration to describe a service; nothing of it is connected to.
const nowhere = {
  PORT: '1',
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  RELAY_DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  WRITER_DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  STAFF_DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  KAFKA_BROKERS: '127.0.0.1:1',
  KAFKA_USERNAME: 'nobody',
  KAFKA_PASSWORD: 'none',
  KAFKA_CA: 'none',
  LOG_LEVEL: 'silent',
  SEKISHO_ISSUERS: JSON.stringify([
    { issuer: 'none', jwksUri: 'http://127.0.0.1:1/', roles: ['operator'], organisations: '*', persons: false },
  ]),
  SEKISHO_SIGNING_KEYS: 'none',
  SEKISHO_SEED: 'none',
  CONTACT_MASTER_KEYS: `none:${'A'.repeat(43)}`,
  SEKISHO_AGENCIES: JSON.stringify({ npa: { jwks: { keys: [{}] } }, sdf: { jwks: { keys: [{}] } } }),
  SEKISHO_PEERS: JSON.stringify({
    classification: 'http://127.0.0.1:1',
    scheduling: 'http://127.0.0.1:1',
    oversight: 'http://127.0.0.1:1',
  }),
  SEKISHO_TOKEN_ENDPOINT: 'http://127.0.0.1:1',
  SEKISHO_CLIENT_ID: 'none',
  SEKISHO_CLIENT_SECRET: 'none',
};

/** The five services, described but not started. */
export const services = (): ServiceDefinition[] => [
  incidentIntake(readConfig(intakeConfig, nowhere)),
  classification(readConfig(classificationConfig, nowhere)),
  scheduling(readConfig(schedulingConfig, nowhere)),
  agencyTasking(readConfig(taskingConfig, nowhere)),
  oversightReporting(readConfig(oversightConfig, nowhere)),
];
