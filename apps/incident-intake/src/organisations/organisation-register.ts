import { readFile } from 'node:fs/promises';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { sector } from '@sekisho/contracts';
import type { Logger } from '@sekisho/observability';
import { Clock, Database, LOGGER, whenDatabaseAnswers } from '@sekisho/service';
import { z } from 'zod';
import type { Tx } from '../database.js';

export const REGISTER_FILE = Symbol('register file');

const register = z.strictObject({
  reason: z.string(),
  organisations: z.array(
    z.strictObject({ id: z.string().min(1), nameJa: z.string(), nameEn: z.string(), sector, designated: z.boolean() }),
  ),
});

export type Organisation = z.infer<typeof register>['organisations'][number];

/** The organisations that may report, as registered: what a report itself says of its operator is only what was reported. */
@Injectable()
export class OrganisationRegister implements OnApplicationBootstrap {
  constructor(
    @Inject(REGISTER_FILE) private readonly file: string,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Takes over the register's file: what is new or has changed. */
  async onApplicationBootstrap(): Promise<void> {
    const told = register.parse(JSON.parse(await readFile(this.file, 'utf8')));
    await whenDatabaseAnswers(this.logger, () => this.takeOver(told));
  }

  private takeOver({ reason, organisations }: z.infer<typeof register>): Promise<void> {
    return this.database.$transaction(async (transaction) => {
      const tx = transaction as Tx;
      for (const { id, ...entry } of organisations) {
        const told = { ...entry, reason };
        const known = await tx.organisation.findUnique({ where: { id } });
        if ((Object.keys(told) as (keyof typeof told)[]).every((field) => known?.[field] === told[field])) continue;
        const row = { ...told, recordedBy: '/incident-intake', recordedAt: this.clock.now() };
        await tx.organisation.upsert({ where: { id }, create: { id, ...row }, update: row });
      }
    });
  }

  /** The organisation as registered, or null. */
  async find(tx: Tx, id: string): Promise<Organisation | null> {
    const row = await tx.organisation.findUnique({ where: { id } });
    return row && { ...row, sector: sector.parse(row.sector) };
  }
}
