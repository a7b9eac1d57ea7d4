import { type Service, SERVICES } from '@sekisho/contracts';
import { type ServiceDatabases, serviceDatabases, surprises, type Try } from './service-databases.js';

interface Mutable {
  readonly by: 'app' | 'relay';
  readonly columns: readonly string[];
  readonly deletable?: true;
}

/** All that may ever change in a database, and by whom. A table that is not here is history: rows are added, and stay. */
const MUTABLE: Readonly<Record<string, Mutable>> = {
  // What the relay says of an event, once each: its number, and that it was sent.
  outbox: { by: 'relay', columns: ['sequence', 'sent_at'] },
  outbox_counter: { by: 'relay', columns: ['last'] },
  // A parked message's way until it is closed; each step is kept in parked_change.
  parked: {
    by: 'app',
    columns: ['state', 'error', 'depends_on', 'wait_waived', 'changed_at', 'changed_by', 'reason'],
  },
  // How far a replay has come; what it found is kept in guideline_replay_change.
  guideline_replay: { by: 'app', columns: ['total', 'done', 'changed', 'reached', 'ends', 'finished_at'] },
  // How far an adoption has been brought to the cases; each of their determinations is kept.
  guideline_adoption_effect: { by: 'app', columns: ['reached', 'changed', 'finished_at'] },
  // The register as it is now, which is what was confirmed last; what it was before is kept in organisation_entry.
  organisation: {
    by: 'app',
    columns:
      'name_ja name_en sector designated recorded_at recorded_by reason version designated_since contact_desk change_id'.split(
        ' ',
      ),
  },
  // What a clock has come to, each once. When it wakes follows from the rest: the database writes that itself.
  report_clock: {
    by: 'app',
    columns:
      'applies met_by_stages met_at met_by_revision near_told_at missed_told_at stopped_at forwarded wakes_at'.split(
        ' ',
      ),
  },
  // Contacts of before they were sealed are sealed, once each.
  contact: { by: 'app', columns: ['sealed', 'name', 'email', 'phone'] },
  // The key of a report's contacts, under the current master key. It goes where two persons erase it.
  contact_key: { by: 'app', columns: ['master', 'wrapped'], deletable: true },
  // Not sent yet, and so no record; where it came from stays.
  report_draft: {
    by: 'app',
    columns: ['version', 'sealed', 'master', 'wrapped', 'changed_at', 'changed_by', 'report_id'],
    deletable: true,
  },
  // What each client may still ask for.
  rate_bucket: { by: 'app', columns: ['tokens', 'granted', 'refilled_at'] },
  incident: { by: 'app', columns: ['version'] },
  // The members' time as it is taken now.
  booking: { by: 'app', columns: ['ends_at'], deletable: true },
  // The way of an order, and of an agency's part of it, along the legal steps.
  tasking_order: {
    by: 'app',
    columns: 'state version issued_actor issued_at not_before not_after acknowledge_by conditions reason'.split(' '),
  },
  order_part: { by: 'app', columns: ['state'] },
};
/** Kept by whoever migrates; the service has no right to it. */
const MIGRATIONS = '_prisma_migrations';
const RELAY_READS = ['outbox', 'outbox_counter'];
/** The number that a receipt signs is taken before the report is written, by the role that writes new reports. */
const WRITERS_NUMBER = { column: 'report.number', sequence: 'report_number_seq' };
/** Not for an event's writer to say. */
const RELAYS_COLUMNS = ['sequence', 'sent_at', 'recorded_at'];

const [DENIED, STAYS, NOT_NULL] = ['42501', '23001', '23502'];

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** Numbered by the database. */
  readonly identity: boolean;
  /** Its value is the database's own: it takes DEFAULT alone. */
  readonly own: boolean;
}

let databases: ServiceDatabases;
const columns = {} as Record<Service, Column[]>;
const tablesOf = (service: Service): string[] => [...new Set(columns[service].map(({ table }) => table))];
const changing = ({ table, column, own }: Column): string =>
  `UPDATE "${table}" SET "${column}" = ${own ? 'DEFAULT' : 'NULL'} WHERE false`;

beforeAll(async () => {
  databases = await serviceDatabases();
  for (const service of SERVICES) {
    columns[service] = await databases[service].database.query<Column & Record<string, unknown>>(
      'superuser',
      `SELECT nspname AS schema, relname AS "table", attname AS "column", attidentity <> '' AS identity,
              attgenerated <> '' OR attidentity = 'a' AS own
         FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relkind IN ('r', 'p', 'f', 'v', 'm') AND nspname !~ '^(pg_|information_schema$)' AND attnum > 0 AND NOT attisdropped
        ORDER BY relname, attnum`,
    );
  }
}, 180_000);
afterAll(async () => {
  for (const each of Object.values(databases ?? {})) await each.close();
}, 60_000);

describe.each(SERVICES)('the database of %s', (service) => {
  it('lets none of its roles change anything but what is declared to change, and empties nothing', async () => {
    const tries = (['app', 'relay', 'writer', 'staff'] as const).flatMap((role): Try[] => [
      ...columns[service].map((each): Try => {
        const { by, columns: declared = [] } = MUTABLE[each.table] ?? {};
        return [role, by === role && declared.includes(each.column) ? 'done' : DENIED, changing(each)];
      }),
      ...tablesOf(service).flatMap((table): Try[] => {
        const { by, deletable } = MUTABLE[table] ?? {};
        return [
          [role, by === role && deletable ? 'done' : DENIED, `DELETE FROM "${table}"`],
          [role, DENIED, `TRUNCATE "${table}" CASCADE`],
        ];
      }),
    ]);
    expect(tries.length).toBeGreaterThan(150);
    expect(await surprises(databases[service], tries)).toEqual([]);
  });

  it('keeps history also from its owner', async () => {
    const declared = ({ table, column }: Column) => MUTABLE[table]?.columns.includes(column) ?? false;
    const kept = columns[service].filter((each) => each.table !== MIGRATIONS && !declared(each));
    const tables = tablesOf(service).filter((table) => table !== MIGRATIONS);
    const tries = [
      ...kept.map((each): Try => ['owner', STAYS, changing(each)]),
      ...tables.map((table): Try => ['owner', STAYS, `TRUNCATE "${table}" CASCADE`]),
      ...tables
        .filter((table) => !MUTABLE[table]?.deletable)
        .map((table): Try => ['owner', STAYS, `DELETE FROM "${table}"`]),
    ];
    expect(await surprises(databases[service], tries)).toEqual([]);
  });

  it('gives places and numbers itself', async () => {
    const own = columns[service].filter(
      ({ table, column, identity }) => identity || (table === 'outbox' && RELAYS_COLUMNS.includes(column)),
    );
    expect(own.length).toBeGreaterThan(RELAYS_COLUMNS.length);
    const sequences = await databases[service].database.query<{ name: string }>(
      'superuser',
      `SELECT relname AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace`,
    );
    const tries = [
      ...own.map(({ table, column }) => ({
        sql: `INSERT INTO "${table}" ("${column}") OVERRIDING SYSTEM VALUE VALUES (DEFAULT)`,
        // All that is wrong with it is that the row has nothing else.
        asWriter: `${table}.${column}` === WRITERS_NUMBER.column ? NOT_NULL : DENIED,
      })),
      ...sequences.map(({ name }) => ({
        sql: `SELECT nextval('"${name}"')`,
        asWriter: name === WRITERS_NUMBER.sequence ? 'done' : DENIED,
      })),
      ...sequences.map(({ name }) => ({ sql: `SELECT setval('"${name}"', 1)`, asWriter: DENIED })),
    ].flatMap(({ sql, asWriter }): Try[] => [
      ['app', DENIED, sql],
      ['relay', DENIED, sql],
      ['writer', asWriter, sql],
      ['staff', DENIED, sql],
    ]);
    expect(await surprises(databases[service], tries)).toEqual([]);
  });

  it('shows the relay events alone, the service no event’s content, writer and staff no table whole, and none anything of the migrations', async () => {
    const tries = [
      ...tablesOf(service).map((table): Try => {
        return ['relay', RELAY_READS.includes(table) ? 'done' : DENIED, `SELECT * FROM "${table}"`];
      }),
      ...['SELECT data FROM outbox', 'SELECT * FROM outbox_counter', `SELECT * FROM ${MIGRATIONS}`].map((sql): Try => {
        return ['app', DENIED, sql];
      }),
      ...tablesOf(service).flatMap((table): Try[] => [
        ['writer', DENIED, `SELECT * FROM "${table}"`],
        ['staff', DENIED, `SELECT * FROM "${table}"`],
      ]),
    ];
    expect(await surprises(databases[service], tries)).toEqual([]);
  });

  it('forces row-level security on every table with an organisation’s rows: nobody can turn it off', async () => {
    const { database } = databases[service];
    const open = await database.query(
      'superuser',
      `SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organisation_id'
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
    const own = columns[service].filter(({ column }) => column === 'organisation_id');
    const tries = own.flatMap(({ table }): Try[] => [
      ['app', DENIED, 'SET LOCAL row_security = off', `SELECT * FROM "${table}"`],
      ['owner', DENIED, 'SET LOCAL row_security = off', `SELECT * FROM "${table}"`],
    ]);
    expect(tries.length).toBeGreaterThan(0);
    expect(await surprises(databases[service], tries)).toEqual([]);
  });

  it('has everything in one schema, of its owner, and every time with its zone, to the millisecond', async () => {
    expect(new Set(columns[service].map(({ schema }) => schema))).toEqual(new Set(['public']));
    const { database } = databases[service];
    const foreign = await database.query(
      'superuser',
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
          AND pg_get_userbyid(relowner) <> current_database() || '_owner'`,
    );
    const odd = await database.query(
      'superuser',
      `SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> '${MIGRATIONS}' AND data_type ~ '^(time|interval)'
          AND NOT (data_type = 'timestamp with time zone' AND datetime_precision = 3)`,
    );
    expect([foreign, odd]).toEqual([[], []]);
  });
});

it('nothing is declared as changing that is not there', () => {
  const known = new Set(
    SERVICES.flatMap((service) => columns[service].map(({ table, column }) => `${table}.${column}`)),
  );
  const declared = Object.entries(MUTABLE).flatMap(([table, { columns: names }]) =>
    names.map((column) => `${table}.${column}`),
  );
  expect(declared.filter((column) => !known.has(column))).toEqual([]);
});
