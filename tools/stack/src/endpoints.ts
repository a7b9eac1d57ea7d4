import { AGENCIES } from '@sekisho/contracts';
import { z } from 'zod';
import { readJson, writeJson } from './json-file.js';
import { filesIn } from './layout.js';
import { jwksOf, type Surroundings, urlOf } from './services.js';

const endpointsFile = z.object({
  intake: z.string(),
  classification: z.string(),
  scheduling: z.string(),
  tasking: z.string(),
  oversight: z.string(),
  issuer: z.string(),
  tokenEndpoint: z.string(),
  jwks: z.object({ receipts: z.string(), orders: z.string() }),
  postgres: z.string(),
  kafka: z.object({
    brokers: z.array(z.string()),
    mechanism: z.literal('scram-sha-512'),
    ca: z.string(),
    users: z.record(z.string(), z.string()),
  }),
  agencyKeys: z.record(z.string(), z.string()),
  clients: z.record(
    z.string(),
    z.object({ id: z.string(), secret: z.string(), roles: z.array(z.string()), organisation: z.string() }),
  ),
});

/** `endpoints.json`: what other programs are written against. */
export type Endpoints = z.infer<typeof endpointsFile>;

export function endpointsOf(at: Surroundings, postgres: string, issuer: string): Endpoints {
  const { keys } = filesIn(at.directory);
  const agencies = <Value>(value: (agency: string) => Value) =>
    Object.fromEntries(AGENCIES.map((agency) => [agency, value(agency)]));
  return {
    intake: urlOf(at.ports, 'incident-intake'),
    classification: urlOf(at.ports, 'classification'),
    scheduling: urlOf(at.ports, 'nsc-scheduling'),
    tasking: urlOf(at.ports, 'agency-tasking'),
    oversight: urlOf(at.ports, 'oversight-reporting'),
    issuer,
    tokenEndpoint: at.tokenEndpoint,
    jwks: { receipts: jwksOf(at.ports, 'incident-intake'), orders: jwksOf(at.ports, 'agency-tasking') },
    postgres,
    kafka: {
      brokers: [...at.kafka.brokers],
      mechanism: 'scram-sha-512',
      ca: at.kafka.ca,
      users: agencies((agency) => at.kafka.users[agency]!),
    },
    agencyKeys: agencies(keys),
    clients: { ...at.clients },
  };
}

export const writeEndpoints = (directory: string, endpoints: Endpoints): void =>
  writeJson(filesIn(directory).endpoints, endpoints);

export const readEndpoints = (directory: string): Endpoints | undefined =>
  readJson(filesIn(directory).endpoints, endpointsFile);
