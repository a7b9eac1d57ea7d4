import { databaseAdapter } from '@sekisho/persistence';
import type { ServiceConfig } from '@sekisho/service';
import { type Prisma, PrismaClient } from './generated/prisma/client.js';

/** A transaction of this service. */
export type Tx = Prisma.TransactionClient;

/** The service's own database, as the role that owns nothing. */
export const createDatabase = (config: Pick<ServiceConfig, 'DATABASE_URL' | 'DATABASE_CONNECTIONS'>): PrismaClient =>
  new PrismaClient({ adapter: databaseAdapter(config.DATABASE_URL, config.DATABASE_CONNECTIONS) });
