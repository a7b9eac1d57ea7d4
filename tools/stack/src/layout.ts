import { join } from 'node:path';
import { SERVICES, type Service } from '@sekisho/contracts';

export const USUAL_PORT_BASE = 4100;

/** A service's name in `endpoints.json`, of its database and of its roles. */
export const SHORT_NAMES: Readonly<Record<Service, string>> = {
  'incident-intake': 'intake',
  classification: 'classification',
  'nsc-scheduling': 'scheduling',
  'agency-tasking': 'tasking',
  'oversight-reporting': 'oversight',
};

export interface Ports {
  services: Readonly<Record<Service, number>>;
  issuer: number;
  postgres: number;
  kafka: number;
  kafkaController: number;
}

/** Every port of a stack follows from one number, so that a second stack can run beside the first. */
export function portsFrom(base: number): Ports {
  const services = SERVICES.map((service, index) => [service, base + 1 + index]);
  return {
    services: Object.fromEntries(services) as Record<Service, number>,
    issuer: base + 10,
    postgres: base + 32,
    kafka: base + 92,
    kafkaController: base + 93,
  };
}

/** Where everything lies in a state folder. */
export function filesIn(directory: string) {
  return {
    state: join(directory, 'state.json'),
    lock: join(directory, 'lock'),
    secrets: join(directory, 'secrets.json'),
    endpoints: join(directory, 'endpoints.json'),
    issuer: join(directory, 'issuer.json'),
    postgres: join(directory, 'postgres'),
    kafka: join(directory, 'kafka'),
    keys: (name: string) => join(directory, 'keys', `${name}.json`),
    log: (name: string) => join(directory, 'log', `${name}.log`),
  };
}
