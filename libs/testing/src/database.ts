import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { migrate } from '@sekisho/persistence';
import { createDatabase, type DatabaseUrls, dropDatabase, randomPasswords } from '@sekisho/stack';
import pg from 'pg';
import { infrastructure } from './infrastructure.js';

export interface TestDatabase extends DatabaseUrls {
  readonly name: string;
  /** Rows of a query as one of its roles, or as the superuser. */
  query<Row extends pg.QueryResultRow>(
    as: keyof DatabaseUrls | 'superuser',
    sql: string,
    values?: unknown[],
  ): Promise<Row[]>;
  drop(): Promise<void>;
}

const require = createRequire(import.meta.url);

/** Folder of the migrations in a workspace package. */
const migrationsOf = (name: string): string =>
  join(dirname(require.resolve(`${name}/package.json`)), 'prisma/migrations');

/** A database of its own with its roles, migrated as the service's would be: the platform's migrations and `packages`' own. */
export async function testDatabase(...packages: string[]): Promise<TestDatabase> {
  const { superuserUrl } = infrastructure().postgres;
  const name = `test_${randomBytes(5).toString('hex')}`;
  const urls = await createDatabase(superuserUrl, name, randomPasswords());
  const names = ['@sekisho/messaging', '@sekisho/service', ...packages];
  await migrate({ ownerUrl: urls.owner, directories: names.map(migrationsOf) });
  const superuser = Object.assign(new URL(superuserUrl), { pathname: `/${name}` }).href;
  return {
    ...urls,
    name,
    query: (as, sql, values) => query(as === 'superuser' ? superuser : urls[as], sql, values),
    drop: () => dropDatabase(superuserUrl, name),
  };
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string, values?: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
