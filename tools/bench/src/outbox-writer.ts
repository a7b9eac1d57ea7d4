import type { AnyNewEvent, Outbox } from '@sekisho/messaging';
import { lockKeys, type Transaction } from '@sekisho/persistence';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { inDatabase } from './rows.js';

/** Writes events into a service's outbox as the service does: through the library, as its own role, behind the locks of their keys. */
export class OutboxWriter {
  private constructor(
    private readonly clients: readonly pg.Client[],
    private readonly outbox: Outbox,
  ) {}

  static async connect(
    superuserUrl: string,
    database: string,
    connections: number,
    outbox: Outbox,
  ): Promise<OutboxWriter> {
    const connectionString = inDatabase(superuserUrl, database);
    const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString }));
    for (const client of clients) {
      await client.connect();
      await client.query(`SET ROLE ${pg.escapeIdentifier(`${database}_app`)}`);
    }
    return new OutboxWriter(clients, outbox);
  }

  /** So many events, so many in one transaction, over all connections at once. */
  async write(events: number, atOnce: number, next: () => AnyNewEvent): Promise<void> {
    let left = events;
    const work = async (client: pg.Client): Promise<void> => {
      while (left > 0) {
        const some = Array.from({ length: Math.min(atOnce, left) }, next);
        left -= some.length;
        await this.append(client, some);
      }
    };
    await Promise.all(this.clients.map(work));
  }

  async end(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end()));
  }

  private async append(client: pg.Client, events: AnyNewEvent[]): Promise<void> {
    await client.query('BEGIN');
    const tx = transactionOf(client);
    await lockKeys(
      tx,
      events.map(({ key }) => key),
    );
    await this.outbox.append(tx, { correlationId: uuidv7() }, ...events);
    await client.query('COMMIT');
  }
}

/** The outbox needs no more of a transaction than to run statements with their values. */
function transactionOf(client: pg.Client): Transaction {
  const run = async (sql: string, values: unknown[]): Promise<pg.QueryResult> => client.query(sql, values);
  const plain = (parts: TemplateStringsArray): string => parts.reduce((sql, part, index) => `${sql}$${index}${part}`);
  return {
    $queryRaw: async <T>(parts: TemplateStringsArray, ...values: unknown[]) =>
      (await run(plain(parts), values)).rows as T,
    $executeRaw: async (parts, ...values) => (await run(plain(parts), values)).rowCount ?? 0,
    $queryRawUnsafe: async <T>(sql: string, ...values: unknown[]) => (await run(sql, values)).rows as T,
    $executeRawUnsafe: async (sql, ...values) => (await run(sql, values)).rowCount ?? 0,
  };
}
