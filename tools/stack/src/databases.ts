import { randomBytes } from 'node:crypto';
import pg from 'pg';

export const DATABASE_ROLES = ['owner', 'app', 'relay', 'writer', 'staff'] as const;
/** Those that a running service connects as. */
const SERVING = ['app', 'relay', 'writer', 'staff'] as const;
export type DatabaseRole = (typeof DATABASE_ROLES)[number];
export type DatabaseUrls = Record<DatabaseRole, string>;
export type DatabasePasswords = Record<DatabaseRole, string>;

export function randomPasswords(): DatabasePasswords {
  const password = () => randomBytes(24).toString('base64url');
  return { owner: password(), app: password(), relay: password(), writer: password(), staff: password() };
}

const { escapeIdentifier, escapeLiteral } = pg;

/** What no role of a service may do: everything that would let it step round grants and row-level security. */
const POWERLESS = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT';

/** A service waits for nobody for ever: a statement or a lock that takes longer is an error that it can answer with. */
const LIMITS: Record<DatabaseRole, Record<string, string>> = {
  owner: { lock_timeout: '30s' },
  app: { statement_timeout: '15s', lock_timeout: '10s', idle_in_transaction_session_timeout: '30s' },
  relay: { statement_timeout: '30s', lock_timeout: '10s', idle_in_transaction_session_timeout: '30s' },
  writer: { statement_timeout: '15s', lock_timeout: '10s', idle_in_transaction_session_timeout: '30s' },
  staff: { statement_timeout: '15s', lock_timeout: '10s', idle_in_transaction_session_timeout: '30s' },
};

/**
 * Makes (or brings up to date) one service's database and its roles: `<name>_owner` owns and migrates, `<name>_app` is the service,
 * `<name>_relay` empties its outbox, `<name>_writer` writes and `<name>_staff` reads across organisations where the service has somebody
 * who may, and may do nothing where it has not. Nobody else may connect. Can be repeated.
 */
export async function createDatabase(
  superuserUrl: string,
  name: string,
  passwords: DatabasePasswords,
): Promise<DatabaseUrls> {
  await withClient(superuserUrl, async (client) => {
    for (const role of DATABASE_ROLES) await ensureRole(client, `${name}_${role}`, passwords[role], LIMITS[role]);
    const database = escapeIdentifier(name);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) {
      // A superuser that is none (a managed server) may hand a database only to a role that it is a member of.
      const owner = escapeIdentifier(`${name}_owner`);
      await client.query(`GRANT ${owner} TO CURRENT_USER`);
      await client.query(`CREATE DATABASE ${database} OWNER ${owner}`);
      await client.query(`REVOKE ${owner} FROM CURRENT_USER`);
    }
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    for (const role of DATABASE_ROLES) {
      await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${escapeIdentifier(`${name}_${role}`)}`);
    }
    // Migrations grant to the roles that these settings name, and so fit test databases of any name.
    for (const role of SERVING) {
      await client.query(`ALTER DATABASE ${database} SET sekisho.${role}_role = ${escapeLiteral(`${name}_${role}`)}`);
    }
    await client.query(`ALTER DATABASE ${database} SET timezone = 'UTC'`);
  });
  await withClient(inDatabase(superuserUrl, name), async (client) => {
    await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    await client.query(`ALTER SCHEMA public OWNER TO ${escapeIdentifier(`${name}_owner`)}`);
    for (const role of SERVING) {
      await client.query(`GRANT USAGE ON SCHEMA public TO ${escapeIdentifier(`${name}_${role}`)}`);
    }
  });
  const url = (role: DatabaseRole) => inDatabase(superuserUrl, name, `${name}_${role}`, passwords[role]);
  return { owner: url('owner'), app: url('app'), relay: url('relay'), writer: url('writer'), staff: url('staff') };
}

/** Takes a test's database and its roles away again, cutting whoever is still connected. */
export async function dropDatabase(superuserUrl: string, name: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    for (const role of DATABASE_ROLES) await client.query(`DROP ROLE IF EXISTS ${escapeIdentifier(`${name}_${role}`)}`);
  });
}

async function ensureRole(client: pg.Client, role: string, password: string, limits: Record<string, string>) {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${escapeIdentifier(role)} ${POWERLESS} PASSWORD ${escapeLiteral(password)}`);
  for (const [setting, value] of Object.entries(limits)) {
    await client.query(`ALTER ROLE ${escapeIdentifier(role)} SET ${setting} = ${escapeLiteral(value)}`);
  }
}

function inDatabase(url: string, database: string, user?: string, password?: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (user !== undefined) changed.username = user;
  if (password !== undefined) changed.password = password;
  return changed.href;
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
