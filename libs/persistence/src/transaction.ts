/**
 * What the shared libraries need of a transaction: any Prisma interactive transaction client has this shape.
 *
 * Transactions run at READ COMMITTED. Under a stricter level the snapshot would be older than the locks of `lockKeys`, and what is
 * loaded behind a lock could be stale.
 */
export interface Transaction {
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: unknown[]): Promise<T>;
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): Promise<number>;
  $queryRawUnsafe<T = unknown>(query: string, ...values: unknown[]): Promise<T>;
  $executeRawUnsafe(query: string, ...values: unknown[]): Promise<number>;
}

export interface TransactionOptions {
  /** Longest wait for a connection, in milliseconds. */
  readonly maxWait?: number;
  /** Longest life of the transaction, in milliseconds, waiting for locks included. */
  readonly timeout?: number;
}

/** Anything that can open a transaction: a Prisma client, or a wrapper of one. */
export interface TransactionalDatabase {
  $transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** Prisma's own defaults (2 s and 5 s) are short for a batch that waits for its locks. What runs out is P2028: 503 or a retry. */
export const transactionLimits = { maxWait: 5_000, timeout: 15_000 } as const;

/**
 * Takes the advisory locks of `keys` until the end of the transaction. Whoever writes to a key takes its lock *before it loads*: so one
 * key's events are positioned in the outbox in the order of their commits.
 *
 * One statement, in the order of the hashes and not of the names, so that two transactions never wait for each other in a circle.
 */
export async function lockKeys(tx: Transaction, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.$executeRawUnsafe(
    `SELECT pg_advisory_xact_lock(hash)
       FROM (SELECT DISTINCT hashtextextended(key, 0) AS hash FROM unnest($1::text[]) AS key ORDER BY 1) AS wanted`,
    [...keys],
  );
}
