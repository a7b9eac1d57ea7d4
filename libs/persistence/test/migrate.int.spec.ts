import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { lockKeys, migrate, MigrationRefused, type Transaction } from '../src/index.js';

// The testing library stands on this one: here the run's PostgreSQL is asked for directly.
const { postgres } = JSON.parse(readFileSync(process.env['SEKISHO_TEST_INFRA']!, 'utf8')) as {
  postgres: { superuserUrl: string };
};

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  const name = `test_${randomBytes(5).toString('hex')}`;
  let ownerUrl: string;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sekisho-migrations-'));
    await ask(postgres.superuserUrl, `CREATE ROLE ${name} LOGIN NOSUPERUSER PASSWORD '${name}'`);
    await ask(postgres.superuserUrl, `CREATE DATABASE ${name} OWNER ${name}`);
    ownerUrl = Object.assign(new URL(postgres.superuserUrl), { pathname: name, username: name, password: name }).href;
  });

  afterEach(async () => {
    await ask(postgres.superuserUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    await ask(postgres.superuserUrl, `DROP ROLE ${name}`);
    await rm(folder, { recursive: true });
  });

  const write = async (directory: string, migration: string, sql: string): Promise<string> => {
    await mkdir(join(folder, directory, migration), { recursive: true });
    await writeFile(join(folder, directory, migration, 'migration.sql'), sql);
    return join(folder, directory);
  };
  const query = <Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> => ask(ownerUrl, sql);

  test('folders are one history in the order of their names, applied once however many begin at once', async () => {
    const own = await write('own', '20260102000000_second', 'ALTER TABLE a ADD COLUMN two int;');
    const shared = await write('shared', '20260101000000_first', `CREATE TABLE a (one int);`);
    await write(
      'shared',
      '20260103000000_third',
      `DO $$ BEGIN PERFORM 1; EXECUTE 'ALTER TABLE a ADD COLUMN three int'; END $$; SELECT ';';`,
    );
    const runs = await Promise.all([1, 2, 3].map(() => migrate({ ownerUrl, directories: [own, shared] })));
    expect(runs.flat()).toEqual(['20260101000000_first', '20260102000000_second', '20260103000000_third']);
    const columns = await query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'a'::regclass AND attnum > 0 ORDER BY attnum`,
    );
    expect(columns.map((column) => column.name)).toEqual(['one', 'two', 'three']);
    expect(await migrate({ ownerUrl, directories: [own, shared] })).toEqual([]);
  });

  test('an applied migration that was edited, or is gone, is refused by name', async () => {
    const directory = await write('own', '20260101000000_first', 'CREATE TABLE a (one int);');
    await migrate({ ownerUrl, directories: [directory] });
    await write('own', '20260101000000_first', 'CREATE TABLE a (one text);');
    await expect(migrate({ ownerUrl, directories: [directory] })).rejects.toThrow(
      new MigrationRefused(
        'migration 20260101000000_first: edited after it was applied; restore it and write a new one',
      ),
    );
    await rm(join(directory, '20260101000000_first'), { recursive: true });
    await expect(migrate({ ownerUrl, directories: [directory] })).rejects.toThrow(
      'applied to this database but not among the files',
    );
  });

  test('a migration that fails leaves nothing of itself, and is named until it is repaired', async () => {
    const directory = await write('own', '20260101000000_first', 'CREATE TABLE a (one int); SELECT nothing;');
    await expect(migrate({ ownerUrl, directories: [directory] })).rejects.toThrow(/20260101000000_first/);
    expect(await query(`SELECT 1 FROM pg_class WHERE relname = 'a'`)).toEqual([]);
    await expect(migrate({ ownerUrl, directories: [directory] })).rejects.toThrow(
      '20260101000000_first: failed half-way',
    );
  });

  test('nothing in public may be open to everybody', async () => {
    const directory = await write(
      'own',
      '20260101000000_first',
      'CREATE TABLE a (one int); GRANT SELECT ON a TO PUBLIC;',
    );
    await expect(migrate({ ownerUrl, directories: [directory] })).rejects.toThrow('granted to PUBLIC: SELECT on a');
  });

  test('two folders may not have the same migration', async () => {
    const directories = [await write('a', '20260101000000_first', ''), await write('b', '20260101000000_first', '')];
    await expect(migrate({ ownerUrl, directories })).rejects.toThrow(/20260101000000_first is both in/);
  });

  test('keys are locked in one order, however they are named: nobody waits in a circle', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);
    const turn = async (own: string[]): Promise<void> => {
      const client = new pg.Client({ connectionString: ownerUrl });
      await client.connect();
      try {
        for (let round = 0; round < 15; round += 1) {
          await client.query('BEGIN');
          await lockKeys(
            {
              $executeRawUnsafe: async (sql: string, ...values: unknown[]) =>
                (await client.query(sql, values)).rowCount ?? 0,
            } as Transaction,
            own,
          );
          await client.query('COMMIT');
        }
      } finally {
        await client.end();
      }
    };
    await Promise.all([
      turn(keys),
      turn([...keys].reverse()),
      turn([...keys, ...keys]),
      turn(keys.filter((_, index) => index % 2)),
    ]);
  });
});
