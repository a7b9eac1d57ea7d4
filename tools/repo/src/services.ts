import { agencyTasking, taskingConfig } from '@sekisho/agency-tasking';
import { classification, classificationConfig } from '@sekisho/classification';
import { incidentIntake, intakeConfig } from '@sekisho/incident-intake';
import { nscScheduling, schedulingConfig } from '@sekisho/nsc-scheduling';
import { oversightConfig, oversightReporting } from '@sekisho/oversight-reporting';
import { readConfig, type ServiceDefinition } from '@sekisho/service';

// Enough of a configuration to describe a service; nothing of it is connected to.
const nowhere = {
  PORT: '1',
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  RELAY_DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  KAFKA_BROKERS: '127.0.0.1:1',
  KAFKA_USERNAME: 'nobody',
  KAFKA_PASSWORD: 'none',
  KAFKA_CA: 'none',
  LOG_LEVEL: 'silent',
  SEKISHO_ISSUERS: JSON.stringify([
    { issuer: 'none', jwksUri: 'http://127.0.0.1:1/', roles: ['operator'], organisations: '*', persons: false },
  ]),
  SEKISHO_SIGNING_KEYS: 'none',
};

/** The five services, described but not started. */
export const services = (): ServiceDefinition[] => [
  incidentIntake(readConfig(intakeConfig, nowhere)),
  classification(readConfig(classificationConfig, nowhere)),
  nscScheduling(readConfig(schedulingConfig, nowhere)),
  agencyTasking(readConfig(taskingConfig, nowhere)),
  oversightReporting(readConfig(oversightConfig, nowhere)),
];
