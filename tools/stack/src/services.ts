import { join } from 'node:path';
import type { Service } from '@sekisho/contracts';
import type { JSONWebKeySet } from '@sekisho/signing';
import type { Client } from './clients.js';
import type { DatabaseUrls } from './databases.js';
import { filesIn, type Ports, SHORT_NAMES } from './layout.js';

/** Everything that is known once the infrastructure stands; each service is told its part of it. */
export interface Surroundings {
  root: string;
  directory: string;
  ports: Ports;
  databases: Readonly<Record<string, DatabaseUrls>>;
  kafka: { brokers: readonly string[]; ca: string; users: Readonly<Record<string, string>> };
  /** Value of SEKISHO_ISSUERS. */
  issuers: string;
  tokenEndpoint: string;
  clients: Readonly<Record<string, Client>>;
  /** Value of CONTACT_MASTER_KEYS. */
  contactMasterKeys: string;
  agencies: Readonly<Record<string, { jwks: JSONWebKeySet }>>;
  /** Paths of modules of drafts of the guideline. */
  drafts: readonly string[];
}

export const urlOf = (ports: Ports, service: Service): string => `http://127.0.0.1:${ports.services[service]}`;
export const jwksOf = (ports: Ports, service: Service): string => `${urlOf(ports, service)}/.well-known/jwks.json`;
export const programOf = (root: string, service: Service): string => join(root, 'apps', service, 'dist/src/main.js');

/** The environment of one service. */
export function environmentOf(service: Service, at: Surroundings): Record<string, string> {
  const database = at.databases[SHORT_NAMES[service]]!;
  const common = {
    NODE_ENV: 'production',
    PORT: String(at.ports.services[service]),
    DATABASE_URL: database.app,
    RELAY_DATABASE_URL: database.relay,
    KAFKA_BROKERS: at.kafka.brokers.join(','),
    KAFKA_USERNAME: service,
    KAFKA_PASSWORD: at.kafka.users[service]!,
    KAFKA_CA: at.kafka.ca,
    SEKISHO_ISSUERS: at.issuers,
    SEKISHO_SIGNING_KEYS: filesIn(at.directory).keys(service),
  };
  return { ...common, ...particularTo(service, at) };
}

function particularTo(service: Service, at: Surroundings): Record<string, string> {
  const seed = (name: string) => join(at.root, 'tools/stack/seed', `${name}.json`);
  switch (service) {
    case 'incident-intake':
      return {
        WRITER_DATABASE_URL: at.databases[SHORT_NAMES[service]]!.writer,
        STAFF_DATABASE_URL: at.databases[SHORT_NAMES[service]]!.staff,
        SEKISHO_SEED: seed('organisations'),
        CONTACT_MASTER_KEYS: at.contactMasterKeys,
      };
    case 'classification':
      return at.drafts.length > 0 ? { SEKISHO_DRAFT_GUIDELINES: at.drafts.join(',') } : {};
    case 'nsc-scheduling':
      return { SEKISHO_SEED: seed('members') };
    case 'agency-tasking': {
      const client = at.clients['svc-agency-tasking'];
      const peers = ['classification', 'nsc-scheduling', 'oversight-reporting'] as const;
      return {
        SEKISHO_AGENCIES: JSON.stringify(at.agencies),
        SEKISHO_PEERS: JSON.stringify(
          Object.fromEntries(peers.map((peer) => [SHORT_NAMES[peer], urlOf(at.ports, peer)])),
        ),
        SEKISHO_TOKEN_ENDPOINT: at.tokenEndpoint,
        SEKISHO_CLIENT_ID: client?.id ?? '',
        SEKISHO_CLIENT_SECRET: client?.secret ?? '',
      };
    }
    default:
      return {};
  }
}

/** The folders of migrations that make up one service's database: the platform's and its own. */
export function migrationsOf(root: string, service: Service): string[] {
  return ['libs/messaging', 'libs/service', `apps/${service}`].map((folder) => join(root, folder, 'prisma/migrations'));
}
