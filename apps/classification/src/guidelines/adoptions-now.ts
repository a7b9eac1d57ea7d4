import { Injectable } from '@nestjs/common';
import type { Adoption } from '@sekisho/guideline';
import { Database } from '@sekisho/service';
import type { Tx } from '../database.js';
import { adopted } from './adoption.store.js';

const FRESH_MS = 1_000;

/**
 * What is adopted, for answers that nobody keeps: at most a second old, so that a preview asks the database nothing. What is stored
 * reads it in its own transaction.
 */
@Injectable()
export class AdoptionsNow {
  private known: Promise<readonly Adoption[]> | undefined;
  private readAt = -Infinity;

  constructor(private readonly database: Database) {}

  /** @throws where the database does not answer; the next caller asks it again. */
  async read(): Promise<readonly Adoption[]> {
    const now = performance.now();
    if (this.known === undefined || now - this.readAt >= FRESH_MS) {
      this.readAt = now;
      this.known = this.database.$transaction((tx) => adopted(tx as Tx));
      this.known.catch(() => (this.known = undefined));
    }
    return this.known;
  }
}
