import type { Transaction, TransactionalDatabase } from '@sekisho/persistence';
import pg from 'pg';

/** `pg` in the shape of a Prisma client's interactive transaction, so that this library is tested without a service's client. */
export class PgDatabase implements TransactionalDatabase {
  private readonly pool: pg.Pool;

  constructor(url: string) {
    this.pool = new pg.Pool({ connectionString: url, max: 12 });
    this.pool.on('error', () => undefined);
    // A connection that is lost while it is lent out says so by the next query.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async $transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(transactionOf(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((reason: unknown) => {
        broken = reason as Error;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  end(): Promise<void> {
    return this.pool.end();
  }
}

function transactionOf(client: pg.PoolClient): Transaction {
  const text = (parts: TemplateStringsArray): string => parts.reduce((sql, part, index) => `${sql}$${index}${part}`);
  const query = async <T>(sql: string, values: unknown[]): Promise<T> => (await client.query(sql, values)).rows as T;
  const execute = async (sql: string, values: unknown[]): Promise<number> =>
    (await client.query(sql, values)).rowCount ?? 0;
  return {
    $queryRaw: (parts, ...values) => query(text(parts), values),
    $executeRaw: (parts, ...values) => execute(text(parts), values),
    $queryRawUnsafe: (sql, ...values) => query(sql, values),
    $executeRawUnsafe: (sql, ...values) => execute(sql, values),
  };
}
