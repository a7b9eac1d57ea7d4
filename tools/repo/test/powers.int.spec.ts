import { SERVICES } from '@sekisho/contracts';
import { type ServiceDatabases, serviceDatabases, surprises, type Try } from './service-databases.js';

let databases: ServiceDatabases;

beforeAll(async () => {
  databases = await serviceDatabases();
}, 180_000);
afterAll(async () => {
  for (const each of Object.values(databases ?? {})) await each.close();
}, 60_000);

const DENIED = '42501';

/** What would let a role step round everything else: becoming another, changing what guards it, reaching out of the database. */
const tricks = (database: string, role: 'app' | 'relay'): string[] => [
  `SET ROLE "${database}_owner"`,
  `SET ROLE postgres`,
  `SET ROLE pg_read_all_data`,
  `SET SESSION AUTHORIZATION "${database}_owner"`,
  `SET SESSION AUTHORIZATION postgres`,
  `GRANT "${database}_owner" TO "${database}_${role}"`,
  `GRANT pg_write_all_data TO "${database}_${role}"`,
  `ALTER ROLE "${database}_${role}" SUPERUSER`,
  `ALTER ROLE "${database}_${role}" BYPASSRLS`,
  `ALTER ROLE "${database}_${role}" CREATEROLE`,
  `ALTER ROLE "${database}_owner" PASSWORD 'known'`,
  `CREATE ROLE another LOGIN`,
  `SET session_replication_role = replica`,
  `ALTER TABLE outbox DISABLE TRIGGER ALL`,
  `ALTER TABLE inbox DISABLE TRIGGER inbox_stays`,
  `ALTER TABLE outbox DROP CONSTRAINT outbox_id_unique`,
  `ALTER TABLE outbox ALTER COLUMN data DROP NOT NULL`,
  `ALTER TABLE outbox OWNER TO CURRENT_USER`,
  `ALTER TABLE idempotency NO FORCE ROW LEVEL SECURITY`,
  `ALTER TABLE idempotency DISABLE ROW LEVEL SECURITY`,
  `CREATE POLICY everything ON idempotency USING (true)`,
  `DROP POLICY own_organisation ON idempotency`,
  `DROP TRIGGER outbox_stays ON outbox`,
  `CREATE TRIGGER mine BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION messaging_refuse()`,
  `CREATE RULE mine AS ON INSERT TO outbox DO INSTEAD NOTHING`,
  `DROP TABLE parked_change`,
  `CREATE INDEX mine ON outbox (key)`,
  `CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
  `CREATE OR REPLACE FUNCTION public.messaging_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
  `CREATE OR REPLACE FUNCTION public.same_person(one text, other text) RETURNS boolean LANGUAGE sql AS 'SELECT false'`,
  `DROP FUNCTION public.same_person(text, text) CASCADE`,
  `CREATE TABLE public.mine (id int)`,
  `CREATE VIEW public.mine AS SELECT 1`,
  `CREATE TYPE public.mine AS (id int)`,
  `CREATE TEMP TABLE mine (id int)`,
  `CREATE SCHEMA mine`,
  `DROP SCHEMA public CASCADE`,
  `CREATE EXTENSION dblink`,
  `ALTER DATABASE "${database}" SET sekisho.app_role = 'mine'`,
  `CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION messaging_refuse()`,
  `SELECT * FROM pg_authid`,
  `SELECT * FROM pg_shadow`,
  `SELECT umoptions FROM pg_user_mapping`,
  `SELECT pg_read_file('PG_VERSION')`,
  `SELECT pg_ls_dir('.')`,
  `SELECT lo_import('/etc/passwd')`,
  `COPY (SELECT 1) TO PROGRAM 'true'`,
  `COPY (SELECT 1) TO '/tmp/mine'`,
  `COPY outbox FROM PROGRAM 'true'`,
  `SELECT pg_reload_conf()`,
  `SELECT pg_switch_wal()`,
  `SELECT pg_create_restore_point('mine')`,
  `SELECT pg_create_logical_replication_slot('mine', 'pgoutput')`,
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' OR usename IS NULL`,
];

describe.each(SERVICES)('the roles of %s', (service) => {
  it.each(['app', 'relay'] as const)('the %s cannot step round what guards the database', async (role) => {
    const { name } = databases[service].database;
    const tries = tricks(name, role).map((sql): Try => [role, DENIED, sql]);
    expect(await surprises(databases[service], tries)).toEqual([]);
  });

  it('the owner, which migrates, cannot turn triggers off for a session, nor become anything more', async () => {
    const { name } = databases[service].database;
    const tries = [
      'SET session_replication_role = replica',
      'SET ROLE postgres',
      `ALTER ROLE "${name}_owner" SUPERUSER`,
      `ALTER ROLE "${name}_owner" BYPASSRLS`,
      'SELECT * FROM pg_authid',
      `COPY (SELECT 1) TO PROGRAM 'true'`,
    ].map((sql): Try => ['owner', DENIED, sql]);
    expect(await surprises(databases[service], tries)).toEqual([]);
  });

  it('no right can be handed on', async () => {
    // Of a right that cannot be handed on PostgreSQL says so in a warning, and grants nothing.
    const grantable = await databases[service].database.query(
      'superuser',
      `SELECT relname, acl.privilege_type FROM pg_class CROSS JOIN LATERAL aclexplode(relacl) acl
        WHERE relnamespace = 'public'::regnamespace AND acl.is_grantable AND acl.grantee <> relowner
       UNION ALL
       SELECT attname, acl.privilege_type FROM pg_attribute CROSS JOIN LATERAL aclexplode(attacl) acl WHERE acl.is_grantable`,
    );
    expect(grantable).toEqual([]);
  });

  it('no function runs as its owner but with a search path of its own', async () => {
    const loose = await databases[service].database.query(
      'superuser',
      `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
          AND NOT coalesce(array_to_string(proconfig, ' ') LIKE '%search_path=%', false)`,
    );
    expect(loose).toEqual([]);
  });
});
