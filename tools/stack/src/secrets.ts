import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { AGENCIES, SERVICES } from '@sekisho/contracts';
import { z } from 'zod';
import { ALL_CLIENTS } from './clients.js';
import { DATABASE_ROLES, type DatabasePasswords } from './databases.js';
import { Fault } from './fault.js';
import { readJson, RESET, writeJson } from './json-file.js';
import { SUPER_USERS } from './kafka-properties.js';
import { filesIn, SHORT_NAMES } from './layout.js';

const named = z.record(z.string(), z.string());
const secretsFile = z.object({
  superuser: z.string(),
  databases: z.record(z.string(), named),
  kafka: named,
  clients: named,
  contactMasterKeys: z.string().optional(),
});
export type Secrets = z.infer<typeof secretsFile> & {
  databases: Record<string, DatabasePasswords>;
  /** Value of CONTACT_MASTER_KEYS. */
  contactMasterKeys: string;
};

const random = () => randomBytes(24).toString('base64url');
const randomFor = (names: readonly string[], held: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(names.map((name) => [name, held[name] ?? random()]));

/** A new entry of CONTACT_MASTER_KEYS. */
export const newMasterKey = (): string => `${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64url')}`;

/** The state folder's passwords, made at random the first time. A name that is new since then gets one too. */
export function loadSecrets(directory: string): Secrets {
  const files = filesIn(directory);
  const held = readJson(files.secrets, secretsFile);
  if (!held && [files.postgres, files.kafka].some((folder) => existsSync(folder))) {
    throw new Fault(`${files.secrets} is missing, and with it the passwords of the data that is there.`, RESET);
  }
  const databases = Object.values(SHORT_NAMES).map((name): [string, DatabasePasswords] => [
    name,
    randomFor(DATABASE_ROLES, held?.databases[name]) as DatabasePasswords,
  ]);
  const secrets: Secrets = {
    superuser: held?.superuser ?? random(),
    databases: Object.fromEntries(databases),
    kafka: randomFor([...SUPER_USERS, ...SERVICES, ...AGENCIES], held?.kafka),
    clients: randomFor(Object.keys(ALL_CLIENTS), held?.clients),
    contactMasterKeys: held?.contactMasterKeys ?? newMasterKey(),
  };
  writeJson(files.secrets, secrets);
  return secrets;
}
