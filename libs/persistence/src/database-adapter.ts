import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { statementNames } from './statement-names.js';

/**
 * A pool whose process outlives its connections. One that is lost while it is asked nothing says so in an event, and an event of that kind
 * that nobody hears ends the process; a pool listens only while a connection is idle. Whoever asks it next is told what is wrong.
 */
export function lastingPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** What a service's Prisma client talks to its database through: at most so many connections, on which its statements have names. */
export const databaseAdapter = (connectionString: string, connections: number): PrismaPg =>
  new PrismaPg(lastingPool({ connectionString, max: connections }), {
    statementNameGenerator: statementNames(),
    disposeExternalPool: true,
  });
