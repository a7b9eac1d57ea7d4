import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { migrate } from '@sekisho/persistence';
import { type TestDatabase, testDatabase } from '@sekisho/testing';

const require = createRequire(import.meta.url);
const own = join(import.meta.dirname, '../prisma/migrations');
const platform = ['@sekisho/messaging', '@sekisho/service'].map((name) =>
  join(dirname(require.resolve(`${name}/package.json`)), 'prisma/migrations'),
);

/** A database as it was before one of intake's migrations, and how it comes to be as it is now. */
export async function databaseBefore(
  migration: string,
): Promise<{ database: TestDatabase; migrateOn(): Promise<readonly string[]> }> {
  const database = await testDatabase();
  const before = mkdtempSync(join(tmpdir(), 'sekisho-before-'));
  try {
    for (const name of readdirSync(own).filter((each) => each < migration)) {
      cpSync(join(own, name), join(before, name), { recursive: true });
    }
    await migrate({ ownerUrl: database.owner, directories: [...platform, before] });
  } finally {
    rmSync(before, { recursive: true, force: true });
  }
  return { database, migrateOn: () => migrate({ ownerUrl: database.owner, directories: [...platform, own] }) };
}
