import pg from 'pg';

/** Rows of a query in one of the stack's databases, as its superuser. */
export async function rowsOf<Row extends pg.QueryResultRow>(
  superuserUrl: string,
  database: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: inDatabase(superuserUrl, database) });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

export const inDatabase = (superuserUrl: string, database: string): string =>
  Object.assign(new URL(superuserUrl), { pathname: `/${database}` }).href;
