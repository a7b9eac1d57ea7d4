import { PrismaPg } from '@prisma/adapter-pg';
import { statementNames } from './statement-names.js';

/** What a service's Prisma client talks to its database through: at most so many connections, on which its statements have names. */
export const databaseAdapter = (connectionString: string, connections: number): PrismaPg =>
  new PrismaPg({ connectionString, max: connections }, { statementNameGenerator: statementNames() });
