import { randomBytes } from 'node:crypto';
import pg from 'pg';
import {
  createDatabase,
  type DatabasePasswords,
  type DatabaseUrls,
  dropDatabase,
  randomPasswords,
} from '../src/databases.js';
import { readInfrastructure } from '../src/infrastructure.js';

const { superuserUrl } = readInfrastructure().postgres;
const suffix = randomBytes(4).toString('hex');
const [first, second] = [`first_${suffix}`, `second_${suffix}`];
const passwords: DatabasePasswords = randomPasswords();
let urls: DatabaseUrls;
let others: DatabaseUrls;

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  urls = await createDatabase(superuserUrl, first, passwords);
  others = await createDatabase(superuserUrl, second, randomPasswords());
});

afterAll(async () => {
  for (const name of [first, second]) await dropDatabase(superuserUrl, name);
});

const inDatabase = (url: string, database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href;

describe('a service’s database and its roles', () => {
  it.each(['owner', 'app', 'relay', 'writer', 'staff'] as const)(
    'gives %s no power beyond its database',
    async (role) => {
      const [found] = await query(
        urls[role],
        `SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user`,
      );
      const nothing = { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false };
      expect(found).toEqual({ ...nothing, rolreplication: false });
    },
  );

  it.each(['owner', 'app', 'relay', 'writer', 'staff'] as const)(
    'keeps %s out of another service’s database',
    async (role) => {
      await expect(query(inDatabase(urls[role], second), 'SELECT 1')).rejects.toThrow(/permission denied/);
      await expect(query(inDatabase(others[role], first), 'SELECT 1')).rejects.toThrow(/permission denied/);
    },
  );

  it('lets the app make nothing and own nothing', async () => {
    await expect(query(urls.app, 'CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(query(urls.app, 'CREATE SCHEMA mine')).rejects.toThrow(/permission denied/);
    await expect(query(urls.app, 'CREATE TEMP TABLE mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(query(urls.app, `SET ROLE "${first}_owner"`)).rejects.toThrow(/permission denied/);
  });

  it('binds the app to row-level security', async () => {
    await query(
      urls.owner,
      `CREATE TABLE guarded (organisation text); ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
       ALTER TABLE guarded FORCE ROW LEVEL SECURITY;
       CREATE POLICY own ON guarded USING (organisation = current_setting('app.organisation', true));
       GRANT SELECT, INSERT ON guarded TO "${first}_app"`,
    );
    await expect(query(urls.app, `INSERT INTO guarded VALUES ('another')`)).rejects.toThrow(/row-level security/);
    await query(urls.app, `SET app.organisation = 'mine'; INSERT INTO guarded VALUES ('mine')`);
    expect(await query(urls.app, 'SELECT * FROM guarded')).toEqual([]);
  });

  it('names the roles to grant to, for migrations', async () => {
    const [settings] = await query(
      urls.owner,
      `SELECT current_setting('sekisho.app_role') AS app, current_setting('sekisho.relay_role') AS relay,
              current_setting('sekisho.writer_role') AS writer, current_setting('sekisho.staff_role') AS staff`,
    );
    expect(settings).toEqual({
      app: `${first}_app`,
      relay: `${first}_relay`,
      writer: `${first}_writer`,
      staff: `${first}_staff`,
    });
  });

  it('can be made again, with the data kept and a new password taken', async () => {
    const changed = { ...passwords, app: 'another-password' };
    const again = await createDatabase(superuserUrl, first, changed);
    const kept = await query(
      again.app,
      `SELECT set_config('app.organisation', 'mine', false), (SELECT count(*)::int FROM guarded) AS rows`,
    );
    expect(kept).toMatchObject([{ rows: 1 }]);
    await expect(query(urls.app, 'SELECT 1')).rejects.toThrow(/password/);
  });
});
