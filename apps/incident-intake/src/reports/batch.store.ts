import { Inject, Injectable } from '@nestjs/common';
import type { ReportAccepted } from '@sekisho/contracts';
import { isTransient, sqlState } from '@sekisho/persistence';
import type { Answer } from '@sekisho/service';
import pg from 'pg';
import { type Known, lookUp, type NewAnswer, type NewReport, write } from './batch-statements.js';
import type { Entry } from './entry.js';
import { ReceiptDesk, type Received } from './receipt-desk.js';

export const WRITER_POOL = Symbol('writer pool');

/** What became of an entry: answered, refused or failed; or to be tried again, since another of its batch went before it. */
export type Outcome = { readonly answer: Answer<ReportAccepted> } | { readonly error: unknown } | 'again';

const [UNIQUE_VIOLATION, SERIALISATION, DEADLOCK] = ['23505', '40001', '40P01'];
/** Another instance was at the same keys at the same time: what it has written is on record now. */
const CROSSED: readonly (string | undefined)[] = [UNIQUE_VIOLATION, SERIALISATION, DEADLOCK];
const ATTEMPTS = 4;

/** Writes entries, each whole or not at all, as many as there are in one transaction. */
@Injectable()
export class BatchStore {
  constructor(
    @Inject(WRITER_POOL) private readonly pool: pg.Pool,
    private readonly desk: ReceiptDesk,
  ) {}

  /** The outcomes, in the order of the entries. What is answered is committed. */
  async store(entries: readonly Entry[]): Promise<Outcome[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.transact(entries);
      } catch (error) {
        if (CROSSED.includes(sqlState(error)) && attempt < ATTEMPTS) continue;
        // Lost connections and the like are nobody's fault, and would only be met again.
        if (entries.length === 1 || isTransient(error)) return entries.map(() => ({ error }));
        return this.apart(entries);
      }
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  /** One of them the database does not take: halved until it is alone, it fails alone. */
  private async apart(entries: readonly Entry[]): Promise<Outcome[]> {
    const middle = entries.length >> 1;
    const first = await this.store(entries.slice(0, middle));
    return [...first, ...(await this.store(entries.slice(middle)))];
  }

  private async transact(entries: readonly Entry[]): Promise<Outcome[]> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const received = await this.receive(entries, await lookUp(client, entries));
      const rows = received.filter((one): one is Received => one !== 'again' && 'answer' in one);
      const reports = rows.map(({ report }) => report).filter((one): one is NewReport => one !== undefined);
      const answers = rows.map(({ kept }) => kept).filter((one): one is NewAnswer => one !== undefined);
      if (reports.length + answers.length === 0) await client.query('ROLLBACK');
      else {
        await write(client, reports, answers);
        await client.query('COMMIT');
      }
      return received;
    } catch (error) {
      // What the server did not say itself leaves the connection in a state that nobody knows.
      if (sqlState(error) === undefined) broken = error as Error;
      else await client.query('ROLLBACK').catch((failed: Error) => (broken = failed));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** What each is to be answered with. All receipts are signed side by side. */
  private receive(entries: readonly Entry[], known: readonly Known[]): Promise<(Received | Outcome)[]> {
    const taken = new Set<string>();
    return Promise.all(
      entries.map((entry, place) => {
        const keys = keysWritten(entry, known[place]!);
        if (keys.some((key) => taken.has(key))) return 'again';
        for (const key of keys) taken.add(key);
        return this.desk.receive(entry, known[place]!).catch((error: unknown) => ({ error }));
      }),
    );
  }
}

/** The keys under which something will be written of it: none where it was answered before, and no new report where there is one. */
function keysWritten({ keys }: Entry, { kept, earlier }: Known): readonly string[] {
  if (kept) return [];
  const { idempotency, externalId } = keys;
  return [idempotency, earlier ? undefined : externalId].filter((key): key is string => key !== undefined);
}
