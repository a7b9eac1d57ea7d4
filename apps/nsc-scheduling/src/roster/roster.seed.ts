import { readFile } from 'node:fs/promises';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@sekisho/observability';
import { lockKeys } from '@sekisho/persistence';
import { Clock, Database, Ids, LOGGER, whenDatabaseAnswers } from '@sekisho/service';
import { z } from 'zod';
import type { Tx } from '../database.js';
import { ITSELF } from '../provenance.js';
import { MEETINGS_LOCK } from '../refusal.js';
import { roster, type Roster } from './roster.js';
import { RosterStore } from './roster.store.js';

/** Injection token: path of the file with members, compositions and settings. */
export const SEED = Symbol('seed');

/** Reads the council's data when the service starts. A file that has changed becomes a new edition; earlier ones stay. */
@Injectable()
export class RosterSeed implements OnApplicationBootstrap {
  constructor(
    @Inject(SEED) private readonly path: string,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly database: Database,
    private readonly store: RosterStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const seed = await readSeed(this.path);
    const provenance = { by: ITSELF, at: this.clock.now(), correlationId: this.ids.next() };
    const added = await whenDatabaseAnswers(this.logger, () =>
      this.database.$transaction(async (tx) => {
        await lockKeys(tx, [MEETINGS_LOCK]);
        return this.store.add(tx as Tx, seed, provenance);
      }),
    );
    if (added) this.logger.info({ members: seed.members.length }, 'roster seeded');
  }
}

async function readSeed(path: string): Promise<Roster> {
  const parsed = roster.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${path} has faults:\n${z.prettifyError(parsed.error)}`);
}
