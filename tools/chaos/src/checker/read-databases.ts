import { type Service, SERVICES } from '@sekisho/contracts';
import { migrate } from '@sekisho/persistence';
import { createDatabase, dropDatabase, randomPasswords, SHORT_NAMES } from '@sekisho/stack';
import pg from 'pg';
import type { Database, Row } from './world.js';

/** The folders of migrations of each service, by the one who starts them. */
export type Migrations = (service: Service) => string[];

/** Reads all five databases whole, each in one snapshot, without writing anything to them. */
export async function readDatabases(superuserUrl: string, migrations: Migrations): Promise<Record<Service, Database>> {
  const read: [Service, Database][] = [];
  for (const service of SERVICES) {
    const { tables, rules } = await inSnapshot(inDatabase(superuserUrl, SHORT_NAMES[service]), readAll);
    const rulesAsMade = await rulesOfNew(superuserUrl, migrations(service));
    read.push([service, { tables, rules, rulesAsMade }]);
  }
  return Object.fromEntries(read) as Record<Service, Database>;
}

async function readAll(client: pg.Client): Promise<{ tables: Record<string, Row[]>; rules: string[] }> {
  const names = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE '\\_prisma%'`,
  );
  const tables: Record<string, Row[]> = {};
  for (const { name } of names.rows) {
    const table = pg.escapeIdentifier(name);
    const { rows } = await client.query<{ row: Row }>(`SELECT to_jsonb(t) AS row FROM public.${table} AS t`);
    tables[name] = rows.map(({ row }) => row);
  }
  return { tables, rules: await rulesOf(client) };
}

async function rulesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ rule: string }>(
    `SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) || CASE WHEN convalidated THEN '' ELSE ' not valid' END
            AS rule FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
     UNION ALL
     SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE%'
     UNION ALL
     SELECT tgrelid::regclass::text || ' ' || pg_get_triggerdef(pg_trigger.oid) || ' ' || tgenabled::text FROM pg_trigger
       JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
     UNION ALL
     SELECT tablename || ' ' || policyname || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '') FROM pg_policies
      WHERE schemaname = 'public'
     ORDER BY 1`,
  );
  return rows.map(({ rule }) => rule);
}

/** What the same migrations make today, in a database of its own that is thrown away again. */
async function rulesOfNew(superuserUrl: string, directories: string[]): Promise<string[]> {
  const name = 'chaos_as_made';
  await dropDatabase(superuserUrl, name);
  const { owner } = await createDatabase(superuserUrl, name, randomPasswords());
  try {
    await migrate({ ownerUrl: owner, directories });
    return await inSnapshot(inDatabase(superuserUrl, name), rulesOf);
  } finally {
    await dropDatabase(superuserUrl, name);
  }
}

async function inSnapshot<Result>(url: string, read: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await read(client);
  } finally {
    await client.end();
  }
}

export function inDatabase(superuserUrl: string, name: string): string {
  const url = new URL(superuserUrl);
  url.pathname = `/${name}`;
  return url.href;
}
