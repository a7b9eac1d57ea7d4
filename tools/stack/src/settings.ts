import { existsSync } from 'node:fs';
import { z } from 'zod';
import { Fault } from './fault.js';
import { USUAL_PORT_BASE } from './layout.js';

const optional = z.string().min(1).optional();

/** What may be set from outside: other ports, or a PostgreSQL, a Kafka and issuers of one's own. */
const environment = z.object({
  SEKISHO_PORT_BASE: z.coerce.number().int().min(1024).max(65_000).default(USUAL_PORT_BASE),
  SEKISHO_POSTGRES_URL: z.url().optional(),
  SEKISHO_KAFKA_BROKERS: optional,
  SEKISHO_KAFKA_USERNAME: z.string().default('provisioner'),
  SEKISHO_KAFKA_PASSWORD: optional,
  SEKISHO_KAFKA_CA: optional,
  SEKISHO_KAFKA_USERS: optional,
  SEKISHO_ISSUERS: optional,
  SEKISHO_CLIENTS: optional,
});
type Variable = keyof z.infer<typeof environment>;

export interface StackSettings {
  portBase: number;
  /** Where our own Kafka listens, if something else stands at the port where clients are told to find it. */
  kafkaListenPort?: number;
  /** As a superuser, or as a role that may create databases and roles. */
  postgresUrl?: string;
  /** A Kafka of one's own: `users` is the path of a JSON file with each principal's password. */
  kafka?: { brokers: string[]; username: string; password: string; ca: string; users: string };
  /** Issuers of one's own: `clients` is the path of a JSON file like `clients` in endpoints.json. */
  identity?: { issuers: string; clients: string };
  /** Modules of drafts of the guideline under which stored cases can be replayed. */
  drafts?: readonly string[];
}

/** Reads the environment; throws a fault that names every variable that is wrong or missing. */
export function readSettings(env: NodeJS.ProcessEnv): StackSettings {
  const parsed = environment.safeParse(env);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const values = parsed.data;
  const together = (first: Variable, ...others: Variable[]) => {
    if (!values?.[first]) return;
    for (const other of others) if (!values[other]) faults.push(`${other}: needed with ${first}`);
  };
  together('SEKISHO_KAFKA_BROKERS', 'SEKISHO_KAFKA_PASSWORD', 'SEKISHO_KAFKA_CA', 'SEKISHO_KAFKA_USERS');
  together('SEKISHO_ISSUERS', 'SEKISHO_CLIENTS');
  for (const file of ['SEKISHO_KAFKA_CA', 'SEKISHO_KAFKA_USERS', 'SEKISHO_CLIENTS'] as const) {
    const path = values?.[file];
    if (path && !existsSync(path)) faults.push(`${file}: there is no file ${path}`);
  }
  if (!values || faults.length > 0) {
    throw new Fault(
      `The environment has faults:\n  ${faults.join('\n  ')}`,
      'Correct them or leave them out: what the environment does not name is started here.',
    );
  }
  return {
    portBase: values.SEKISHO_PORT_BASE,
    ...(values.SEKISHO_POSTGRES_URL ? { postgresUrl: values.SEKISHO_POSTGRES_URL } : {}),
    ...(values.SEKISHO_KAFKA_BROKERS
      ? {
          kafka: {
            brokers: values.SEKISHO_KAFKA_BROKERS.split(','),
            username: values.SEKISHO_KAFKA_USERNAME,
            password: values.SEKISHO_KAFKA_PASSWORD!,
            ca: values.SEKISHO_KAFKA_CA!,
            users: values.SEKISHO_KAFKA_USERS!,
          },
        }
      : {}),
    ...(values.SEKISHO_ISSUERS
      ? { identity: { issuers: values.SEKISHO_ISSUERS, clients: values.SEKISHO_CLIENTS! } }
      : {}),
  };
}
