import type { Transaction } from '@sekisho/persistence';

export interface TransactionOptions {
  readonly maxWait?: number;
  readonly timeout?: number;
}

/** Injection token for an app's Prisma client; the platform needs of it no more than its interactive transaction. */
export abstract class Database {
  abstract $transaction<Result>(
    work: (tx: Transaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  abstract $disconnect(): Promise<void>;
}
