import { readFile } from 'node:fs/promises';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { contactDesk, day, sector } from '@sekisho/contracts';
import type { Logger } from '@sekisho/observability';
import { Clock, Database, LOGGER, whenDatabaseAnswers } from '@sekisho/service';
import { z } from 'zod';
import { onDuty, type Tx } from '../database.js';
import { dateOf, dayOf } from './designation.js';

export const REGISTER_FILE = Symbol('register file');

const register = z.strictObject({
  reason: z.string(),
  organisations: z.array(
    z
      .strictObject({
        id: z.string().min(1),
        nameJa: z.string(),
        nameEn: z.string(),
        sector,
        designated: z.boolean(),
        designatedSince: day.optional(),
        contactDesk: contactDesk.optional(),
      })
      .refine(({ designated, designatedSince }) => designated || designatedSince === undefined, {
        path: ['designatedSince'],
        message: 'is for a designated organisation alone',
      }),
  ),
});

/** An organisation as a report is held to it. */
export interface Organisation {
  readonly id: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly sector: z.infer<typeof sector>;
  readonly designated: boolean;
  /** The day in Japan from which on it is designated; null also where it is not known, and then it always was. */
  readonly designatedSince: string | null;
}

/** The organisations that may report, as registered: what a report itself says of its operator is only what was reported. */
@Injectable()
export class OrganisationRegister implements OnApplicationBootstrap {
  constructor(
    @Inject(REGISTER_FILE) private readonly file: string,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Fills the register in with what the file has and the register has not: what is in it is for two people to change. */
  async onApplicationBootstrap(): Promise<void> {
    const told = register.parse(JSON.parse(await readFile(this.file, 'utf8')));
    await whenDatabaseAnswers(this.logger, () => this.fillIn(told));
  }

  private fillIn({ reason, organisations }: z.infer<typeof register>): Promise<void> {
    const recorded = { reason, recordedBy: '/incident-intake', recordedAt: this.clock.now() };
    return this.database.$transaction(async (transaction) => {
      const tx = transaction as Tx;
      await onDuty(tx, 'register');
      await tx.organisation.createMany({
        data: organisations.map(({ designatedSince, contactDesk: desk, ...entry }) => ({
          ...entry,
          ...(designatedSince === undefined ? {} : { designatedSince: dateOf(designatedSince) }),
          ...(desk === undefined ? {} : { contactDesk: desk as object }),
          ...recorded,
        })),
        skipDuplicates: true,
      });
    });
  }

  /** The organisation as registered, or null. */
  async find(tx: Tx, id: string): Promise<Organisation | null> {
    const row = await tx.organisation.findUnique({ where: { id } });
    return row && { ...row, sector: sector.parse(row.sector), designatedSince: dayOf(row.designatedSince) };
  }
}
