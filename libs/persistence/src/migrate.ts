import pg from 'pg';
import type { MigrationFile } from './migration-files.js';
import { readMigrations } from './migration-files.js';
import { schemaEngine } from './schema-engine.js';

export interface MigrateOptions {
  /** URL of the database as its owner: services connect as another role, which owns nothing. */
  readonly ownerUrl: string;
  /** Folders in Prisma's layout. Their migrations are one history, in the order of their names. */
  readonly directories: readonly string[];
}

/** A history that cannot go on: an applied migration was edited, is missing, or failed half-way. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

/**
 * Brings the database up to date and returns the names of the migrations that it applied. Several may be started at once: an advisory
 * lock lets one work at a time. Forward only: an applied migration is never edited.
 */
export async function migrate({ ownerUrl, directories }: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(directories);
  const guard = new pg.Client({ connectionString: ownerUrl, application_name: 'migrate' });
  const pool = new pg.Pool({ connectionString: ownerUrl, application_name: 'migrate', max: 2 });
  pool.on('error', () => undefined);
  try {
    await guard.connect();
    // Whoever migrates may take longer than the role waits for a lock.
    await guard.query(`SET lock_timeout = 0`);
    await guard.query(`SELECT pg_advisory_lock(hashtextextended('sekisho/migrate', 0))`);
    await withdrawDefaults(guard);
    const applied = await apply(pool, migrations);
    await refusePublicGrants(guard);
    return applied;
  } finally {
    await Promise.allSettled([guard.end(), pool.end()]);
  }
}

async function apply(pool: pg.Pool, migrations: readonly MigrationFile[]): Promise<string[]> {
  const engine = await schemaEngine(pool);
  try {
    const migrationsList = {
      baseDir: '/migrations',
      lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
      shadowDbInitScript: '',
      migrationDirectories: migrations.map(({ name, script }) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
      })),
    };
    const filters = { externalTables: [], externalEnums: [] };
    const { editedMigrationNames, failedMigrationNames, history } = await engine.diagnoseMigrationHistory({
      migrationsList,
      filters,
      optInToShadowDatabase: false,
    });
    const missing = history && 'unpersistedMigrationNames' in history ? history.unpersistedMigrationNames : [];
    refuse(failedMigrationNames, 'failed half-way in this database; repair it by hand');
    refuse(editedMigrationNames, 'edited after it was applied; restore it and write a new one');
    refuse(missing, 'applied to this database but not among the files');
    return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
  } finally {
    engine.free();
  }
}

function refuse(names: readonly string[], fault: string): void {
  if (names.length > 0) throw new MigrationRefused(`migration ${names.join(', ')}: ${fault}`);
}

async function withdrawDefaults(owner: pg.Client): Promise<void> {
  await owner.query(`
    ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM PUBLIC;
    ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM PUBLIC;
  `);
}

/** Rights are given to roles by name. Something that everybody may do in `public` is a mistake in a migration. */
async function refusePublicGrants(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ name: string; privilege: string }>(`
    SELECT c.relname AS name, a.privilege_type AS privilege
      FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
     WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 0
    UNION ALL
    SELECT d.defaclobjtype::text || ' by default', a.privilege_type
      FROM pg_default_acl d CROSS JOIN LATERAL aclexplode(d.defaclacl) a
     WHERE a.grantee = 0 AND d.defaclobjtype IN ('r', 'S') AND d.defaclnamespace IN (0, 'public'::regnamespace)
     ORDER BY 1, 2`);
  if (rows.length === 0) return;
  throw new MigrationRefused(`granted to PUBLIC: ${rows.map((row) => `${row.privilege} on ${row.name}`).join(', ')}`);
}
