import { databaseAdapter, lastingPool } from '@sekisho/persistence';
import type { ServiceConfig } from '@sekisho/service';
import type pg from 'pg';
import { type Prisma, PrismaClient } from './generated/prisma/client.js';

/** A transaction of this service. */
export type Tx = Prisma.TransactionClient;

/** What a transaction may be about, for all organisations together: the policies of the tables say what it then reaches. */
export type Duty = 'clock-sweep' | 'clock-watch' | 'contact-erasure' | 'contact-upkeep' | 'draft-sweep' | 'register';

/** From here on the transaction is about this, whosever rows these are. */
export async function onDuty(tx: Tx, duty: Duty): Promise<void> {
  await tx.$executeRaw`SELECT set_config('app.duty', ${duty}, true)`;
}

/** The service's own database, as the role that owns nothing. */
export const createDatabase = (config: Pick<ServiceConfig, 'DATABASE_URL' | 'DATABASE_CONNECTIONS'>): PrismaClient =>
  new PrismaClient({ adapter: databaseAdapter(config.DATABASE_URL, config.DATABASE_CONNECTIONS) });

/** Longer than the server itself gives a statement: only a server that does not answer any more comes to it. */
const SILENCE_MS = 20_000;
const CONNECT_MS = 5_000;

/**
 * The writer finds everything by a key. A plan that was made while the tables were small, and kept for the life of the connection, would
 * go through them whole later on.
 */
const BY_KEY_ALONE = '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off';

/** Connections of the role that writes new reports, for whichever organisation they are. */
export function createWriterPool(connectionString: string, connections: number): pg.Pool {
  return lastingPool({
    connectionString,
    max: connections,
    // Each keeps its statements planned.
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: SILENCE_MS,
    options: BY_KEY_ALONE,
    keepAlive: true,
    application_name: 'incident-intake writer',
  });
}
