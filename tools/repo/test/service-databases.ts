import { type Service, SERVICES } from '@sekisho/contracts';
import { type TestDatabase, testDatabase } from '@sekisho/testing';
import pg from 'pg';

const ROLES = ['app', 'relay', 'writer', 'staff', 'owner'] as const;
export type DatabaseRole = (typeof ROLES)[number];

/** A service's database with a connection of each of its roles. */
export interface ServiceDatabase {
  readonly database: TestDatabase;
  /** Tries statements in a transaction that is undone again: `done`, or the SQLSTATE that refused one, with the constraint's name. */
  attempt(role: DatabaseRole, ...sql: string[]): Promise<string>;
  close(): Promise<void>;
}

async function serviceDatabase(name: Service): Promise<ServiceDatabase> {
  const database = await testDatabase(`@sekisho/${name}`);
  const clients = {} as Record<DatabaseRole, pg.Client>;
  for (const role of ROLES) {
    clients[role] = new pg.Client({ connectionString: database[role] });
    await clients[role].connect();
  }
  return {
    database,
    attempt: async (role, ...sql) => {
      const client = clients[role];
      await client.query('BEGIN');
      try {
        for (const statement of sql) await client.query(statement);
        // What is checked at the end of a transaction is checked now.
        await client.query('SET CONSTRAINTS ALL IMMEDIATE');
        return 'done';
      } catch (error) {
        const { code, constraint, message } = error as { code?: string; constraint?: string; message: string };
        return [code ?? message, constraint].filter(Boolean).join(' ');
      } finally {
        await client.query('ROLLBACK');
      }
    },
    close: async () => {
      await Promise.all(Object.values(clients).map((client) => client.end()));
      await database.drop();
    },
  };
}

export type ServiceDatabases = Readonly<Record<Service, ServiceDatabase>>;

/** The databases of all five services, as their migrations make them. */
export async function serviceDatabases(): Promise<ServiceDatabases> {
  const made = {} as Record<Service, ServiceDatabase>;
  for (const name of SERVICES) made[name] = await serviceDatabase(name);
  return made;
}

/** What was tried, by which role, what it should end with, and the statements. */
export type Try = readonly [role: DatabaseRole, expected: string, ...sql: string[]];

/** Tries each and answers what did not end as it should. */
export async function surprises({ attempt }: ServiceDatabase, tries: readonly Try[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const [role, expected, ...sql] of tries) {
    const got = await attempt(role, ...sql);
    if (got !== expected) wrong.push(`${role}: ${sql.join('; ')}: ${got} instead of ${expected}`);
  }
  return wrong;
}
