import type { Principal } from '@sekisho/identity';
import type { EventContext } from '@sekisho/messaging';
import { lockKeys, sqlState, type Transaction, transactionLimits } from '@sekisho/persistence';
import type { Answer } from './answer.js';
import type { Database } from './database.js';
import { idempotencyOf, type KeptAnswer, replay, requestDigest } from './idempotency.js';
import type { WorkRequest } from './work-request.js';

const CONCURRENCY_FAILURES = ['40001', '40P01'];
const ATTEMPTS = 3;

/**
 * The one way in which a service changes its state: in a transaction that knows the caller's organisation, holds the
 * locks of the keys that it writes before it loads anything, and keeps its answer under the Idempotency-Key.
 */
export class Work<Tx extends Transaction = Transaction> {
  constructor(private readonly database: Database) {}

  /**
   * Runs `work` once, or answers what was answered before under the same key. Throwing undoes all of it, and nothing is
   * kept; what must stay on record although it is refused is returned as an {@link Answer} with that status.
   */
  run<Body>(
    request: WorkRequest,
    keys: readonly string[],
    work: (tx: Tx, context: EventContext) => Promise<Answer<Body>>,
  ): Promise<Answer<Body>> {
    const context = { correlationId: request.correlationId, traceparent: request.traceparent };
    return this.transact(request.principal, async (tx) => {
      const idempotency = idempotencyOf(request);
      await lockKeys(tx, idempotency === undefined ? [...keys] : [...keys, `idempotency ${idempotency.join(' ')}`]);
      if (idempotency === undefined) return work(tx, context);
      const digest = requestDigest(request.content);
      const kept = await this.kept(tx, idempotency);
      if (kept !== undefined) return replay<Body>(kept, digest);
      const answer = await work(tx, context);
      await tx.$executeRawUnsafe(
        `INSERT INTO idempotency (organisation_id, principal, route, key, request_digest, status, headers, body, correlation_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9)`,
        ...idempotency,
        digest,
        answer.status,
        JSON.stringify(answer.headers),
        JSON.stringify(answer.body ?? null),
        request.correlationId,
      );
      return answer;
    });
  }

  /** Reads with the caller's organisation set, so that row-level security shows what is the caller's own. */
  read<Result>(principal: Principal, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.transact(principal, work);
  }

  private async transact<Result>(principal: Principal, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.database.$transaction(async (tx) => {
          await tx.$executeRawUnsafe(`SELECT set_config('app.organisation', $1, true)`, principal.organisation);
          return work(tx as Tx);
        }, transactionLimits);
      } catch (error) {
        if (attempt === ATTEMPTS || !CONCURRENCY_FAILURES.includes(sqlState(error) ?? '')) throw error;
      }
    }
  }

  private async kept(tx: Tx, idempotency: readonly string[]): Promise<KeptAnswer | undefined> {
    const [row] = await tx.$queryRawUnsafe<KeptAnswer[]>(
      `SELECT request_digest, status::int, headers, body FROM idempotency
       WHERE organisation_id = $1 AND principal = $2 AND route = $3 AND key = $4`,
      ...idempotency,
    );
    return row;
  }
}
