export { databaseAdapter, lastingPool } from './database-adapter.js';
export { constraintName, isTransient, sqlState } from './errors.js';
export { MigrationRefused, migrate } from './migrate.js';
export type { MigrateOptions } from './migrate.js';
export { statementNames } from './statement-names.js';
export { lockKeys, transactionLimits } from './transaction.js';
export type { Transaction, TransactionOptions, TransactionalDatabase } from './transaction.js';
